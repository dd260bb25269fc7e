// Function bodies: locals, statements and expressions, on the structure that structure.cpp finds.
//
// A function with a handler becomes
//
//   block                          so that a rethrow is outside of the try
//     loop
//       try
//         branch caught: handler, else entry    (structure.cpp adds this to the entry block)
//         all the function's code
//       catch panic                it only jumps: suspension works in a try's body but not in its catch
//         caught = 1;  next turn of the loop
//       end
//     end
//   end
//   rt_panicRethrow(record)
#include "wasm/emit/function.h"

#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/emit/stackify.h"
#include "wasm/emit/structure.h"
#include "wasm/ir/live.h"
#include "wasm/ir/op-names.h"
#include "wasm/ir/walk.h"

namespace millrace::emit {
namespace {

using ir::BlockId;
using ir::Expr;
using ir::ExprKind;
using ir::kNone;
using ir::LocalId;
using ir::Op;
using ir::Stmt;
using ir::StmtKind;
using ir::Terminator;
using ir::TerminatorKind;
using ir::ValueType;

// What V8, SpiderMonkey and JavaScriptCore have agreed to take (the JavaScript API's implementation limits).
constexpr size_t kMostLocals = 50'000;
constexpr size_t kLargestBody = 7'654'321;

enum Code : uint8_t {
  kUnreachable = 0x00,
  kBlock = 0x02,
  kLoop = 0x03,
  kIf = 0x04,
  kElse = 0x05,
  kTry = 0x06,
  kCatch = 0x07,
  kEnd = 0x0B,
  kBr = 0x0C,
  kBrIf = 0x0D,
  kBrTable = 0x0E,
  kReturn = 0x0F,
  kCall = 0x10,
  kCallIndirect = 0x11,
  kDrop = 0x1A,
  kSelect = 0x1B,
  kLocalGet = 0x20,
  kLocalSet = 0x21,
  kLocalTee = 0x22,
  kGlobalGet = 0x23,
  kI32Const = 0x41,
  kI64Const = 0x42,
  kF32Const = 0x43,
  kF64Const = 0x44,
  kVoid = 0x40,
};
constexpr uint8_t kTypeCodes[] = {0x7F, 0x7E, 0x7D, 0x7C};  // by ValueType

// The comparison that holds exactly when `op` does not; None for floats, where it could be neither.
Op opposite(Op op) {
  switch (op) {
    case Op::I32Eq: return Op::I32Ne;
    case Op::I32Ne: return Op::I32Eq;
    case Op::I32LtS: return Op::I32GeS;
    case Op::I32LtU: return Op::I32GeU;
    case Op::I32GtS: return Op::I32LeS;
    case Op::I32GtU: return Op::I32LeU;
    case Op::I32LeS: return Op::I32GtS;
    case Op::I32LeU: return Op::I32GtU;
    case Op::I32GeS: return Op::I32LtS;
    case Op::I32GeU: return Op::I32LtU;
    case Op::I64Eq: return Op::I64Ne;
    case Op::I64Ne: return Op::I64Eq;
    case Op::I64LtS: return Op::I64GeS;
    case Op::I64LtU: return Op::I64GeU;
    case Op::I64GtS: return Op::I64LeS;
    case Op::I64GtU: return Op::I64LeU;
    case Op::I64LeS: return Op::I64GtS;
    case Op::I64LeU: return Op::I64GtU;
    case Op::I64GeS: return Op::I64LtS;
    case Op::I64GeU: return Op::I64LtU;
    default: return Op::None;
  }
}

class FunctionEmitter {
 public:
  FunctionEmitter(const ir::Module& module, ir::FunctionId id, const Indices& indices, Bytes& code,
                  std::vector<CodePosition>& positions)
      : module_(module),
        function_(*module.functions[id]),
        id_(id),
        indices_(indices),
        code_(code),
        positions_(positions) {}

  // The body without its size, at the end of `code`. False: too many locals.
  bool run() {
    const ir::Graph graph(function_);
    graph_ = &graph;
    parameters_ = module_.signatures[function_.signature].parameters.size();
    counts_ = countLocals(function_, graph);
    inPlace_ = stackify(function_, graph, parameters_, counts_);
    if (!assignLocals(graph)) return false;
    std::vector<Item> tape = structure(function_, graph);
    dropUnusedBlocks(tape);
    bool hasHandler = function_.handler != kNone;
    bool rethrows = false;
    if (hasHandler) {
      for (BlockId block : graph.order) rethrows |= function_.blocks[block].terminator.kind == TerminatorKind::Rethrow;
      if (rethrows) open(kBlock, kTypeCodes[0]);
      rethrowDepth_ = depth_;
      open(kLoop, kVoid);
      open(kTry, kVoid);
    }
    for (const Item& item : tape) write(item);
    if (tape.back().kind != ItemKind::Leave || depth_ > 0) code_.byte(kUnreachable);
    if (hasHandler) {
      code_.byte(kCatch);
      code_.number(0);
      integer(ValueType::I32, 1);
      localSet(caught_);
      code_.byte(kBr);
      code_.number(1);
      close();
      close();
      code_.byte(kUnreachable);
      if (rethrows) {
        close();
        callFunction(indices_.entries[static_cast<size_t>(abi::Entry::panicRethrow)], function_.pos, kNone);
        code_.byte(kUnreachable);
      }
    }
    code_.byte(kEnd);
    return true;
  }

 private:
  // --------------------------------------------------------------------------------------------------- locals

  bool assignLocals(const ir::Graph& graph) {
    const ir::Liveness liveness(function_, graph, parameters_);
    std::vector<bool> candidates(function_.locals.size());
    for (LocalId local = 0; local < candidates.size(); local++) {
      candidates[local] =
          inPlace_[local] == nullptr && (local < parameters_ || isSet(local) || counts_.reads[local] > 0);
    }
    std::vector<LocalId> slots = ir::shareLocals(function_, liveness, candidates);
    // Numbered by type, as that is how they are declared.
    index_.assign(function_.locals.size(), kNone);
    auto next = static_cast<uint32_t>(parameters_);
    for (LocalId local = 0; local < parameters_; local++) index_[local] = local;
    uint32_t declared[4] = {};
    for (size_t type = 0; type < 4; type++) {
      uint32_t first = next;
      for (LocalId local = static_cast<LocalId>(parameters_); local < candidates.size(); local++) {
        bool owns = candidates[local] && slots[local] == local && !liveness.range(local).empty();
        if (owns && static_cast<size_t>(function_.locals[local].type) == type) index_[local] = next++;
      }
      if (type == 0 && function_.handler != kNone) caught_ = next++;
      declared[type] = next - first;
    }
    for (LocalId local = 0; local < candidates.size(); local++) index_[local] = index_[slots[local]];
    if (next > kMostLocals) return false;
    code_.number(static_cast<uint64_t>(std::count_if(declared, declared + 4, [](uint32_t n) { return n > 0; })));
    for (size_t type = 0; type < 4; type++) {
      if (declared[type] == 0) continue;
      code_.number(declared[type]);
      code_.byte(kTypeCodes[type]);
    }
    return true;
  }

  // Is there a set that will be written? Values nobody reads are dropped.
  bool isSet(LocalId local) const { return counts_.sets[local] > 0 && counts_.reads[local] > 0; }

  void localGet(uint32_t index) {
    if (setAt_ != 0 && setEnd_ == code_.size() && setIndex_ == index) {
      code_[setAt_] = kLocalTee;
      setAt_ = 0;
      return;
    }
    code_.byte(kLocalGet);
    code_.number(index);
  }
  void localSet(uint32_t index) {
    setAt_ = code_.size();
    code_.byte(kLocalSet);
    code_.number(index);
    setEnd_ = code_.size();
    setIndex_ = index;
  }
  void setOrDrop(LocalId local) {
    if (local == kNone || !isSet(local)) {
      code_.byte(kDrop);
    } else {
      localSet(index_[local]);
    }
  }

  // ------------------------------------------------------------------------------------------------ structure

  // Labels nobody jumps to need no Block.
  void dropUnusedBlocks(std::vector<Item>& tape) {
    std::vector<bool> used(function_.blocks.size());
    for (const Item& item : tape) {
      if ((item.kind == ItemKind::Jump || item.kind == ItemKind::JumpIf) && !item.backward) used[item.target] = true;
      if (item.kind != ItemKind::JumpTable) continue;
      for (BlockId target : function_.blocks[item.block].terminator.targets) used[target] = true;
    }
    std::erase_if(tape, [&](const Item& item) {
      return (item.kind == ItemKind::Block || item.kind == ItemKind::End) && item.target != kNone && !used[item.target];
    });
    endOf_.assign(used.size(), 0);
    beginOf_.assign(used.size(), 0);
  }

  void open(uint8_t code, uint8_t type) {
    code_.byte(code);
    code_.byte(type);
    depth_++;
  }
  void close() {
    code_.byte(kEnd);
    depth_--;
  }
  // How many labels out the label is that was opened at depth `at`.
  void label(uint32_t at) { code_.number(depth_ - at); }

  void write(const Item& item) {
    switch (item.kind) {
      case ItemKind::Block:
        open(kBlock, kVoid);
        endOf_[item.target] = depth_;
        break;
      case ItemKind::Loop:
        open(kLoop, kVoid);
        beginOf_[item.target] = depth_;
        break;
      case ItemKind::If:
        condition(item.block, item.negated);
        open(kIf, kVoid);
        break;
      case ItemKind::Else: code_.byte(kElse); break;
      case ItemKind::End: close(); break;
      case ItemKind::Statements:
        for (const Stmt& s : function_.blocks[item.block].statements) statement(s);
        break;
      case ItemKind::Jump:
        code_.byte(kBr);
        label(item.backward ? beginOf_[item.target] : endOf_[item.target]);
        break;
      case ItemKind::JumpIf:
        condition(item.block, item.negated);
        code_.byte(kBrIf);
        label(item.backward ? beginOf_[item.target] : endOf_[item.target]);
        break;
      case ItemKind::JumpTable: jumpTable(item.block); break;
      case ItemKind::Leave: leave(item.block); break;
    }
  }

  void jumpTable(BlockId block) {
    const Terminator& t = function_.blocks[block].terminator;
    expression(t.value);
    code_.byte(kBrTable);
    code_.number(t.targets.size() - 1);
    for (BlockId to : t.targets) label(isBackward(*graph_, block, to) ? beginOf_[to] : endOf_[to]);
  }

  void leave(BlockId block) {
    const Terminator& t = function_.blocks[block].terminator;
    switch (t.kind) {
      case TerminatorKind::Return:
        for (const Expr* value : t.values) expression(value);
        code_.byte(kReturn);
        break;
      case TerminatorKind::Rethrow:
        ENSURE(function_.handler != kNone);
        expression(t.values[0]);
        code_.byte(kBr);
        label(rethrowDepth_);
        break;
      default: code_.byte(kUnreachable);
    }
  }

  // Leaves what `block` branches on, in a form in which only being 0 or not matters.
  void condition(BlockId block, bool negated) {
    if (block == 0 && function_.handler != kNone) {
      localGet(caught_);
      if (negated) code_.byte(static_cast<uint8_t>(Op::I32Eqz));
      return;
    }
    const Expr* e = function_.blocks[block].terminator.value;
    while (e->kind == ExprKind::Unary && e->op == Op::I32Eqz) e = e->a, negated = !negated;
    if (negated && e->kind == ExprKind::Binary && opposite(e->op) != Op::None) {
      expression(e->a);
      expression(e->b);
      return operation(opposite(e->op));
    }
    expression(e);
    if (negated) operation(Op::I32Eqz);
  }

  // ----------------------------------------------------------------------------------------------- statements

  bool isInPlace(LocalId local) const { return local != kNone && inPlace_[local] != nullptr; }

  void statement(const Stmt& s) {
    switch (s.kind) {
      case StmtKind::Set:
        if (isInPlace(s.local) || !isSet(s.local)) return;
        if (s.value->kind == ExprKind::Local && !isInPlace(s.value->offset) &&
            index_[s.value->offset] == index_[s.local])
          return;
        expression(s.value);
        return localSet(index_[s.local]);
      case StmtKind::Store:
        expression(s.address);
        expression(s.value);
        operation(s.op);
        code_.number(ir::accessLog2(s.op));
        return code_.number(s.offset);
      case StmtKind::Call:
        if (s.call->results.size() == 1 && isInPlace(s.call->results[0])) return;
        effect(s);
        for (size_t i = s.call->results.size(); i-- > 0;) setOrDrop(s.call->results[i]);
        return;
      case StmtKind::Check:
      case StmtKind::Guard:
        expression(s.value);
        open(kIf, kVoid);
        call(s);
        if (s.kind == StmtKind::Check) code_.byte(kUnreachable);
        return close();
      case StmtKind::MemoryCopy:
      case StmtKind::MemoryFill:
        expression(s.address);
        expression(s.value);
        expression(s.size);
        code_.byte(0xFC);
        code_.number(s.kind == StmtKind::MemoryCopy ? 10 : 11);
        code_.byte(0);
        if (s.kind == StmtKind::MemoryCopy) code_.byte(0);
        return;
      case StmtKind::Atomic:
        if (isInPlace(s.local)) return;
        effect(s);
        if (!isStore(s.op)) setOrDrop(s.local);
        return;
    }
  }

  static bool isStore(Op op) { return op >= Op::I32AtomicStore && op <= Op::I64AtomicStore32; }

  // A call or atomic; its results are left on the stack.
  void effect(const Stmt& s) {
    if (s.kind == StmtKind::Call) return call(s);
    expression(s.address);
    if (s.value != nullptr) expression(s.value);
    if (s.size != nullptr) expression(s.size);
    operation(s.op);
    code_.number(ir::accessLog2(s.op));
    code_.number(s.offset);
  }

  void call(const Stmt& s) {
    const ir::Call& c = *s.call;
    for (const Expr* argument : c.arguments) expression(argument);
    switch (c.callee) {
      case ir::CalleeKind::Function: return callFunction(indices_.functions[c.function], s.pos, s.inlined);
      case ir::CalleeKind::Entry: return callFunction(indices_.entries[static_cast<size_t>(c.entry)], s.pos, s.inlined);
      case ir::CalleeKind::Table:
        expression(c.tableIndex);
        positions_.push_back({static_cast<uint32_t>(code_.size()), id_, s.pos, s.inlined});
        code_.byte(kCallIndirect);
        code_.number(indices_.signatures[c.signature]);
        return code_.byte(0);
    }
  }

  void callFunction(uint32_t index, syntax::Pos pos, uint32_t inlined) {
    positions_.push_back({static_cast<uint32_t>(code_.size()), id_, pos, inlined});
    code_.byte(kCall);
    code_.number(index);
  }

  // ---------------------------------------------------------------------------------------------- expressions

  void operation(Op op) {
    auto code = static_cast<uint32_t>(op);
    if (code >= 0x100) {
      code_.byte(static_cast<uint8_t>(code >> 8));
      code_.number(code & 0xFF);
    } else {
      code_.byte(static_cast<uint8_t>(code));
    }
  }

  void integer(ValueType type, uint64_t bits) {
    code_.byte(type == ValueType::I32 ? kI32Const : kI64Const);
    code_.signedNumber(type == ValueType::I32 ? static_cast<int32_t>(bits) : static_cast<int64_t>(bits));
  }

  void leaf(const Expr* e) {
    auto global = [&](uint32_t index) {
      code_.byte(kGlobalGet);
      code_.number(index);
    };
    switch (e->kind) {
      case ExprKind::Const:
        if (e->type == ValueType::I32 || e->type == ValueType::I64) return integer(e->type, e->bits);
        code_.byte(e->type == ValueType::F32 ? kF32Const : kF64Const);
        return code_.little(e->bits, e->type == ValueType::F32 ? 4 : 8);
      case ExprKind::Local:
        if (!isInPlace(e->offset)) return localGet(index_[e->offset]);
        if (inPlace_[e->offset]->kind == StmtKind::Set) return expression(inPlace_[e->offset]->value);
        return effect(*inPlace_[e->offset]);
      case ExprKind::Worker: return global(indices_.worker);
      case ExprKind::SwitchState: return global(indices_.switchState);
      case ExprKind::FrameStack: return global(indices_.frameStack);
      default: UNREACHABLE();
    }
  }

  void finish(const Expr* e) {
    if (e->kind == ExprKind::Select) return code_.byte(kSelect);
    operation(e->op);
    if (e->kind != ExprKind::Load) return;
    code_.number(ir::accessLog2(e->op));
    code_.number(e->offset);
  }

  // Operands, then the operation, without recursion on operands: chains like a + b + c + … are deep.
  void expression(const Expr* root) {
    size_t bottom = pending_.size();
    pending_.push_back({root, false});
    while (pending_.size() > bottom) {
      auto [e, operandsDone] = pending_.back();
      pending_.pop_back();
      if (e->a == nullptr) {
        leaf(e);
      } else if (operandsDone) {
        finish(e);
      } else {
        pending_.push_back({e, true});
        for (const Expr* operand : {e->c, e->b, e->a}) {
          if (operand != nullptr) pending_.push_back({operand, false});
        }
      }
    }
  }

  const ir::Module& module_;
  const ir::Function& function_;
  ir::FunctionId id_;
  const Indices& indices_;
  Bytes& code_;
  std::vector<CodePosition>& positions_;
  const ir::Graph* graph_ = nullptr;
  size_t parameters_ = 0;
  LocalCounts counts_;
  std::vector<const Stmt*> inPlace_;  // by local: what stackify found
  std::vector<uint32_t> index_;       // by local: its number in the emitted function
  uint32_t caught_ = kNone;           // 1: control comes from the catch
  uint32_t depth_ = 0, rethrowDepth_ = 0;
  std::vector<uint32_t> endOf_,
      beginOf_;                    // by block: depth of the Block that ends before it, of the Loop it is head of
  size_t setAt_ = 0, setEnd_ = 0;  // the local.set written last; setAt_ 0: none
  uint32_t setIndex_ = 0;
  std::vector<std::pair<const Expr*, bool>> pending_;
};

}  // namespace

bool emitFunction(const ir::Module& module, ir::FunctionId id, const Indices& indices, Bytes& out,
                  std::vector<CodePosition>& positions) {
  Bytes body;
  size_t firstPosition = positions.size();
  bool fits = FunctionEmitter(module, id, indices, body, positions).run() && body.size() <= kLargestBody;
  if (!fits) {
    positions.resize(firstPosition);
    body.clear();
    body.byte(0);
    body.byte(kUnreachable);
    body.byte(kEnd);
  }
  out.number(body.size());
  for (size_t i = firstPosition; i < positions.size(); i++) positions[i].offset += static_cast<uint32_t>(out.size());
  out.append(body);
  return fits;
}

}  // namespace millrace::emit
