// The generator. What it makes is valid; addresses stay within the data, divisors are odd.
#include "tests/support/ir/random.h"

#include "wasm/ir/make.h"

namespace millrace::test {
namespace {

using namespace ir;
using abi::Entry;

class Random {
 public:
  explicit Random(uint32_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 1) {}
  uint32_t below(uint32_t limit) { return next() % limit; }
  bool oneIn(uint32_t n) { return below(n) == 0; }
  uint32_t next() {
    state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
    return static_cast<uint32_t>(state_ >> 16);
  }

 private:
  uint64_t state_;
};

class Generator {
 public:
  Generator(const RandomOptions& options, Module& module)
      : options_(options), module_(module), make_(module.arena), random_(options.seed) {}

  void run() {
    module_.tableBase = random_.below(3);
    module_.addFunction("main", module_.signatureOf({{}, {ValueType::I64}}));
    std::vector<uint32_t> signatures;
    for (int i = 0; i < 4; i++) {
      SignatureType type;
      for (uint32_t n = random_.below(4); n > 0; n--) type.parameters.push_back(randomType());
      for (uint32_t n = random_.below(4); n > 0; n--) type.results.push_back(randomType());
      signatures.push_back(module_.signatureOf(type));
    }
    while (module_.functions.size() < options_.functions) {
      auto id = module_.addFunction("f" + std::to_string(module_.functions.size()), signatures[random_.below(4)]);
      if (random_.oneIn(8)) module_.functions[id]->flags |= kNoPoll;
      if (random_.oneIn(4)) module_.functions[id]->flags |= kNoInline;
    }
    failing_ = module_.addFunction("fail", module_.signatureOf({{ValueType::I32}, {}}));
    module_.tableIndexOf(0);
    for (FunctionId id = 1; id < failing_; id++) {
      if (!random_.oneIn(3)) module_.tableIndexOf(id);
    }
    for (FunctionId id = 0; id < failing_; id++) function(id);
    failingFunction();
  }

 private:
  ValueType randomType() {
    constexpr ValueType kTypes[] = {ValueType::I32, ValueType::I32, ValueType::I64,
                                    ValueType::I64, ValueType::F64, ValueType::F32};
    return kTypes[random_.below(6)];
  }

  // ------------------------------------------------------------------------------------------------- functions

  BlockId newBlock() {
    function_->blocks.emplace_back();
    return static_cast<BlockId>(function_->blocks.size() - 1);
  }
  LocalId newLocal(ValueType type) {
    function_->locals.push_back({type});
    return static_cast<LocalId>(function_->locals.size() - 1);
  }
  void append(const Stmt& s) {
    function_->blocks[block_].statements.push_back(s);
    function_->blocks[block_].statements.back().pos = {++position_};
  }
  void finish(TerminatorKind kind, std::vector<BlockId> targets, Expr* value = nullptr,
              std::vector<Expr*> values = {}) {
    Terminator& t = function_->blocks[block_].terminator;
    t.kind = kind;
    t.targets = module_.arena.copy(targets);
    t.value = value;
    t.values = module_.arena.copy(values);
  }

  // The last function: notes its argument and panics, sometimes after parking.
  void failingFunction() {
    function_ = module_.functions[failing_];
    id_ = failing_;
    block_ = newBlock();
    if (random_.oneIn(2)) entry(Entry::yield, {}, kNone);
    entry(Entry::panic, {local(0), make_.i32(7)}, kNone);
    finish(TerminatorKind::Unreachable, {});
  }

  void function(FunctionId id) {
    function_ = module_.functions[id];
    id_ = id;
    position_ = id * 10000;
    const SignatureType type = module_.signatures[function_->signature];
    for (uint32_t n = 2 + random_.below(8); n > 0; n--) newLocal(randomType());
    plainLocals_ = static_cast<uint32_t>(function_->locals.size());
    counter_ = newLocal(ValueType::I32);
    record_ = newLocal(ValueType::I32);

    uint32_t count = 2 + random_.below(options_.blocks);
    starts_.clear();
    newBlock();  // the entry: jumps to the first
    for (uint32_t i = 0; i < count; i++) starts_.push_back(newBlock());
    out_ = newBlock();
    block_ = 0;
    finish(TerminatorKind::Jump, {starts_[0]});
    for (BlockId start : starts_) {
      block_ = start;
      burnFuel();
      for (uint32_t n = 1 + random_.below(6); n > 0; n--) statement();
      terminator();
    }
    block_ = out_;
    returnRandom();
    if (random_.oneIn(2)) handler();
  }

  void burnFuel() {
    Expr* address = make_.i32(kFuelAddress);
    Expr* left = make_.binary(Op::I32Sub, make_.load(Op::I32Load, make_.i32(kFuelAddress), 0), make_.i32(1));
    store(Op::I32Store, address, 0, left);
    BlockId on = newBlock();
    finish(TerminatorKind::Branch, {on, out_},
           make_.binary(Op::I32GtS, make_.load(Op::I32Load, make_.i32(kFuelAddress), 0), make_.i32(0)));
    block_ = on;
  }

  void handler() {
    BlockId start = newBlock();
    block_ = start;
    entry(Entry::panicCatch, {local(record_)}, record_);
    if (random_.oneIn(2)) {
      burnFuel();
      for (uint32_t n = random_.below(4); n > 0; n--) statement();
    }
    if (random_.oneIn(2)) {
      finish(TerminatorKind::Rethrow, {}, nullptr, {local(record_)});
    } else {
      burnFuel();
      terminator();
    }
    function_->handler = start;
  }

  void returnRandom() {
    std::vector<Expr*> values;
    for (ValueType type : module_.signatures[function_->signature].results) values.push_back(expr(type, 2));
    finish(TerminatorKind::Return, {}, nullptr, values);
  }

  BlockId anyBlock() { return starts_[random_.below(static_cast<uint32_t>(starts_.size()))]; }

  void terminator() {
    switch (random_.below(8)) {
      case 0: return returnRandom();
      case 1:
      case 2: return finish(TerminatorKind::Jump, {anyBlock()});
      case 3: {
        std::vector<BlockId> targets;
        for (uint32_t n = 2 + random_.below(6); n > 0; n--) targets.push_back(anyBlock());
        return finish(TerminatorKind::Switch, targets, make_.binary(Op::I32And, expr(ValueType::I32, 2), make_.i32(7)));
      }
      default: return finish(TerminatorKind::Branch, {anyBlock(), anyBlock()}, expr(ValueType::I32, 2));
    }
  }

  // ------------------------------------------------------------------------------------------------ statements

  // A local of the type that statements may set; kNone if there is none.
  LocalId someLocal(ValueType type) {
    uint32_t start = random_.below(plainLocals_);
    for (uint32_t i = 0; i < plainLocals_; i++) {
      LocalId id = (start + i) % plainLocals_;
      if (function_->locals[id].type == type) return id;
    }
    return kNone;
  }
  LocalId resultLocal(ValueType type) { return random_.oneIn(5) ? kNone : someLocal(type); }

  void store(Op op, Expr* address, uint32_t offset, Expr* value) {
    Stmt s = {};
    s.kind = StmtKind::Store, s.op = op, s.address = address, s.offset = offset, s.value = value;
    append(s);
  }

  void call(CalleeKind kind, FunctionId function, Entry entry, Expr* index, uint32_t signature,
            std::vector<Expr*> arguments, std::vector<LocalId> results, Expr* condition = nullptr) {
    Stmt s = {};
    s.kind = condition == nullptr ? StmtKind::Call : StmtKind::Check;
    s.value = condition;
    s.call = module_.arena.make<Call>();
    *s.call = {kind, function, entry, index, signature, module_.arena.copy(arguments), module_.arena.copy(results)};
    append(s);
  }
  void entry(Entry entry, std::vector<Expr*> arguments, LocalId result) {
    std::vector<LocalId> results;
    if (abi::entryPoint(entry).signature[0] != 'v') results.push_back(result);
    call(CalleeKind::Entry, 0, entry, nullptr, 0, std::move(arguments), results);
  }

  void callFunction(uint32_t signature, CalleeKind kind, FunctionId function, Expr* index) {
    const SignatureType type = module_.signatures[signature];
    std::vector<Expr*> arguments;
    std::vector<LocalId> results;
    for (ValueType parameter : type.parameters) arguments.push_back(expr(parameter, 2));
    for (ValueType result : type.results) {
      LocalId local = resultLocal(result);
      for (LocalId other : results) {
        if (other == local) local = kNone;
      }
      results.push_back(local);
    }
    call(kind, function, Entry::yield, index, signature, arguments, results);
  }

  void callThroughTable() {
    FunctionId some = module_.table[random_.below(static_cast<uint32_t>(module_.table.size()))];
    uint32_t signature = module_.functions[some]->signature;
    std::vector<uint32_t> choices;
    for (uint32_t i = 0; i < module_.table.size(); i++) {
      if (module_.functions[module_.table[i]]->signature == signature) choices.push_back(module_.tableBase + i);
    }
    auto choice = [&] {
      return make_.i32(static_cast<int32_t>(choices[random_.below(static_cast<uint32_t>(choices.size()))]));
    };
    Expr* index = random_.oneIn(3) ? choice() : make_.select(expr(ValueType::I32, 1), choice(), choice());
    callFunction(signature, CalleeKind::Table, 0, index);
  }

  void statement() {
    switch (random_.below(16)) {
      case 0:
      case 1:
      case 2: {
        ValueType type = randomType();
        LocalId to = someLocal(type);
        if (to == kNone) return;
        Stmt s = {};
        s.kind = StmtKind::Set, s.local = to, s.value = expr(type, 3);
        return append(s);
      }
      case 3: {
        constexpr Op kOps[] = {Op::I32Store, Op::I32Store8, Op::I32Store16, Op::I64Store, Op::I64Store32};
        Op op = kOps[random_.below(5)];
        return store(op, address(), kDataBegin,
                     expr(op >= Op::I64Store8 || op == Op::I64Store ? ValueType::I64 : ValueType::I32, 2));
      }
      case 4: {
        // Mostly calls of later functions; now and then of any, which recurses.
        uint32_t from = random_.oneIn(3) || id_ + 1 >= failing_ ? 0 : id_ + 1;
        FunctionId callee = from + random_.below(failing_ - from);
        return callFunction(module_.functions[callee]->signature, CalleeKind::Function, callee, nullptr);
      }
      case 5: return callThroughTable();
      case 6: return entry(Entry::yield, {}, kNone);
      case 7:
        return entry(Entry::chanRecv, {expr(ValueType::I32, 2), expr(ValueType::I32, 1)}, resultLocal(ValueType::I32));
      case 8: return entry(Entry::goMaxProcs, {expr(ValueType::I64, 2)}, resultLocal(ValueType::I64));
      case 9: return entry(Entry::printInt, {expr(ValueType::I64, 3)}, kNone);
      case 10: return entry(Entry::stageGrow, {make_.worker()}, resultLocal(ValueType::I32));
      case 11: {
        Expr* rare =
            make_.binary(Op::I32Eq, make_.binary(Op::I32And, expr(ValueType::I32, 2), make_.i32(3)), make_.i32(2));
        if (random_.oneIn(2))
          return call(CalleeKind::Function, failing_, {}, nullptr, 0, {expr(ValueType::I32, 2)}, {}, rare);
        return call(CalleeKind::Entry, 0, Entry::panic, nullptr, 0, {expr(ValueType::I32, 2), make_.i32(3)}, {}, rare);
      }
      case 12: {
        Stmt s = {};
        s.kind = random_.oneIn(2) ? StmtKind::MemoryCopy : StmtKind::MemoryFill;
        s.address = make_.add(address(), make_.i32(kDataBegin));
        s.value =
            s.kind == StmtKind::MemoryCopy ? make_.add(address(), make_.i32(kDataBegin)) : expr(ValueType::I32, 1);
        s.size = make_.i32(static_cast<int32_t>(random_.below(24)));
        return append(s);
      }
      case 13: return atomic();
      default: return countedLoop();
    }
  }

  void atomic() {
    bool wide = random_.oneIn(2);
    ValueType type = wide ? ValueType::I64 : ValueType::I32;
    Stmt s = {};
    s.kind = StmtKind::Atomic, s.address = address(), s.offset = kDataBegin, s.local = resultLocal(type);
    switch (random_.below(5)) {
      case 0: s.op = wide ? Op::I64AtomicLoad : Op::I32AtomicLoad; break;
      case 1: s.op = wide ? Op::I64AtomicStore : Op::I32AtomicStore16, s.local = kNone; break;
      case 2: s.op = wide ? Op::I64AtomicRmwAdd : Op::I32AtomicRmw8AddU; break;
      case 3: s.op = wide ? Op::I64AtomicRmw32XchgU : Op::I32AtomicRmwXchg; break;
      default: s.op = wide ? Op::I64AtomicRmwCmpxchg : Op::I32AtomicRmwCmpxchg, s.size = expr(type, 1);
    }
    if (s.op != Op::I64AtomicLoad && s.op != Op::I32AtomicLoad) s.value = expr(type, 2);
    append(s);
  }

  void countedLoop() {
    if (inLoop_) return;
    inLoop_ = true;
    Stmt s = {};
    s.kind = StmtKind::Set, s.local = counter_, s.value = make_.i32(0);
    append(s);
    BlockId head = newBlock(), body = newBlock(), after = newBlock();
    finish(TerminatorKind::Jump, {head});
    block_ = head;
    finish(TerminatorKind::Branch, {body, after},
           make_.binary(Op::I32LtS, local(counter_), make_.i32(static_cast<int32_t>(random_.below(4)))));
    block_ = body;
    for (uint32_t n = random_.below(3); n > 0; n--) statement();
    s.value = make_.add(local(counter_), make_.i32(1));
    append(s);
    finish(TerminatorKind::Jump, {head});
    block_ = after;
    inLoop_ = false;
  }

  // ----------------------------------------------------------------------------------------------- expressions

  Expr* local(LocalId id) { return make_.local(id, function_->locals[id].type); }
  Expr* address() { return make_.binary(Op::I32And, expr(ValueType::I32, 1), make_.i32(0xFE8)); }

  Expr* leaf(ValueType type) {
    if (!random_.oneIn(3)) {
      LocalId id = someLocal(type);
      if (id != kNone) return local(id);
    }
    auto value = static_cast<int32_t>(random_.below(40)) - 10;
    switch (type) {
      case ValueType::I32: return make_.i32(random_.oneIn(8) ? static_cast<int32_t>(random_.next()) : value);
      case ValueType::I64:
        return make_.i64(random_.oneIn(8) ? static_cast<int64_t>(uint64_t{random_.next()} << 20) : value);
      case ValueType::F32: return make_.f32(static_cast<float>(value) / 4);
      case ValueType::F64: return make_.f64(static_cast<double>(value) / 8);
    }
    return nullptr;
  }

  Expr* expr(ValueType type, int depth) {
    if (depth == 0 || random_.oneIn(4)) return leaf(type);
    if (random_.oneIn(8))
      return make_.select(expr(ValueType::I32, depth - 1), expr(type, depth - 1), expr(type, depth - 1));
    switch (type) {
      case ValueType::I32: return expr32(depth - 1);
      case ValueType::I64: return expr64(depth - 1);
      case ValueType::F32: {
        constexpr Op kOps[] = {Op::F32Add, Op::F32Sub, Op::F32Min};
        if (random_.oneIn(3))
          return make_.unary(Op::F32ConvertI32S,
                             make_.binary(Op::I32And, expr(ValueType::I32, depth - 1), make_.i32(255)));
        return make_.binary(kOps[random_.below(3)], expr(type, depth - 1), expr(type, depth - 1));
      }
      case ValueType::F64: {
        constexpr Op kOps[] = {Op::F64Add, Op::F64Sub, Op::F64Max};
        if (random_.oneIn(3)) return make_.unary(Op::F64PromoteF32, expr(ValueType::F32, depth - 1));
        return make_.binary(kOps[random_.below(3)], expr(type, depth - 1), expr(type, depth - 1));
      }
    }
    return nullptr;
  }

  Expr* expr32(int depth) {
    constexpr Op kOps[] = {Op::I32Add, Op::I32Sub, Op::I32Mul,  Op::I32And, Op::I32Or,
                           Op::I32Xor, Op::I32Shl, Op::I32ShrU, Op::I32LtS, Op::I32Eq};
    constexpr Op kWide[] = {Op::I64Eq, Op::I64LtS, Op::I64GeU, Op::I64Ne};
    switch (random_.below(8)) {
      case 0: return make_.load(Op::I32Load, address(), kDataBegin + random_.below(8));
      case 1: return make_.load(Op::I32Load8U, address(), kDataBegin + random_.below(8));
      case 2: return make_.unary(Op::I32WrapI64, expr(ValueType::I64, depth));
      case 3: return make_.binary(kWide[random_.below(4)], expr(ValueType::I64, depth), expr(ValueType::I64, depth));
      case 4: return make_.unary(Op::I32Eqz, expr(ValueType::I32, depth));
      case 5: {
        Expr* odd = make_.binary(Op::I32Or, expr(ValueType::I32, depth), make_.i32(1));
        return make_.binary(Op::I32RemU, expr(ValueType::I32, depth), odd);
      }
      default: return make_.binary(kOps[random_.below(10)], expr(ValueType::I32, depth), expr(ValueType::I32, depth));
    }
  }

  Expr* expr64(int depth) {
    constexpr Op kOps[] = {Op::I64Add, Op::I64Sub, Op::I64Mul, Op::I64And, Op::I64Or, Op::I64Xor, Op::I64Rotl};
    switch (random_.below(7)) {
      case 0: return make_.load(Op::I64Load, address(), kDataBegin);
      case 1: return make_.load(Op::I64Load16S, address(), kDataBegin + 2);
      case 2: return make_.unary(Op::I64ExtendI32S, expr(ValueType::I32, depth));
      case 3: return make_.unary(Op::I64TruncSatF64S, expr(ValueType::F64, depth));
      default: return make_.binary(kOps[random_.below(7)], expr(ValueType::I64, depth), expr(ValueType::I64, depth));
    }
  }

  RandomOptions options_;
  Module& module_;
  Make make_;
  Random random_;
  FunctionId failing_ = 0, id_ = 0;
  Function* function_ = nullptr;
  uint32_t position_ = 0;
  BlockId block_ = 0, out_ = 0;  // where statements go; where one goes when the fuel is used up
  std::vector<BlockId> starts_;
  uint32_t plainLocals_ = 0;
  LocalId counter_ = 0, record_ = 0;
  bool inLoop_ = false;
};

}  // namespace

void randomModule(const RandomOptions& options, Module& module) { Generator(options, module).run(); }

}  // namespace millrace::test
