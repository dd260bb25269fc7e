// Function literals, thunks, and the go statement.
//
// A closure object is {code, captured values}. A variable that never changes after it is captured is copied in; others live
// in an object of their own whose address is captured. Deferred closures have a link between code and captured values
// (see defers.cpp), which is the `prefix` here: the bytes before the first captured value. The object is made when it is
// known what for: that of a go statement, if small, lies in the goroutine.
#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using namespace syntax;
using types::Signature;

namespace {

// Where captured values lie in a closure object, and which of its slots hold pointers.
class ClosureLayout {
 public:
  explicit ClosureLayout(uint32_t prefix) : size_(prefix), pointers_(prefix / 8) {
    // The code index is a number; the link of a deferred closure is a pointer.
    for (uint32_t i = 8; i < prefix; i += 8) pointers_[i / 8] = true;
  }

  uint32_t addPointer() {
    uint32_t at = alignTo(8);
    size_ = at + 8;
    pointers_.resize(size_ / 8);
    pointers_[at / 8] = true;
    return at;
  }

  uint32_t add(TypeTable& table, Type* type) {
    const Layout& layout = table.layoutOf(type);
    uint32_t at = alignTo(layout.pointerBytes != 0 ? 8 : layout.alignment);
    size_ = at + static_cast<uint32_t>(layout.size);
    pointers_.resize((size_ + 7) / 8);
    if (layout.pointerBytes != 0) {
      std::vector<bool> map = table.pointerMap(type);
      for (size_t i = 0; i < map.size(); i++) {
        if (map[i]) pointers_[at / 8 + i] = true;
      }
    }
    return at;
  }

  uint64_t size() const { return (size_ + 7) & ~7u; }
  // Up to the last pointer.
  std::vector<bool> pointers() const {
    std::vector<bool> map = pointers_;
    while (!map.empty() && !map.back()) map.pop_back();
    return map;
  }

 private:
  uint32_t alignTo(uint32_t alignment) const { return (size_ + alignment - 1) & ~(alignment - 1); }

  uint32_t size_;
  std::vector<bool> pointers_;
};

}  // namespace

std::string FunctionBuilder::nextLiteralName() {
  // As Go names them: f.func1, and inside of that f.func1.1. The bodies of range-over-func loops count for what they are in.
  FunctionBuilder& in = returningFunction();
  uint32_t number = ++in.literalCount_;
  return in.name_ + (in.isLiteral_ ? "." : ".func") + std::to_string(number);
}

Value FunctionBuilder::evalFuncLit(const FuncLit* literal) {
  return valueOf(typeOf(literal), std::vector<Expr*>{makeClosure(planClosure(literal, kCodeBytes))});
}

FunctionBuilder::ClosurePlan FunctionBuilder::planClosure(const FuncLit* literal, uint32_t prefix) {
  auto* signature = types::under<Signature>(typeOf(literal));
  return planLiteral(literal, signature, prefix, nextLiteralName(), {}, [&](FunctionBuilder& inner, auto) {
    inner.beginBody(signature, literal->type, nullptr, literal->body);
    inner.statements(literal->body->list);
    inner.finishBody(literal->body->rightBrace);
  });
}

// The closure of a literal, or of a loop body that becomes one, with what it captures and what is `hidden` from the source;
// builds its function at once, the object is still to be made.
FunctionBuilder::ClosurePlan FunctionBuilder::planLiteral(const Node* literal, Signature* signature, uint32_t prefix,
                                                          const std::string& name, std::span<const Value> hidden,
                                                          const LiteralBody& body) {
  FunctionId id = program_.module().addFunction(name, program_.signatureOf(signature, false, true));
  program_.module().functions[id]->flags |= ir::kTakesClosure;
  program_.module().functions[id]->pos = literal->pos;
  program_.noteCallable(id, signature, false);
  const Captures& captures = *captures_;
  auto found = captures.ofLiteral.find(literal);
  std::span<Var* const> captured;
  if (found != captures.ofLiteral.end()) captured = found->second;

  FunctionBuilder inner(program_, id, info_, package_, environment_);
  inner.isLiteral_ = true;
  inner.captures_ = captures_;
  inner.sharedLoopVars_ = sharedLoopVars_;
  inner.setPos(literal->pos);
  LocalId self = static_cast<LocalId>(program_.module().functions[id]->locals.size() - 1);

  ClosureLayout layout(prefix);
  ClosurePlan plan{.function = id};
  for (Var* var : captured) {
    const Storage& storage = storageOf(var);
    bool byAddress = storage.kind == Storage::Memory;
    uint32_t at = byAddress ? layout.addPointer() : layout.add(program_.typeTable(), substitute(var->type));
    plan.captured.push_back({at, byAddress ? addressValue(get(storage.local)) : load(variableReference(var))});
    inner.bindCaptured(var, byAddress, self, at);
  }
  std::vector<Value> hiddenInside;
  for (const Value& value : hidden) {
    uint32_t at = layout.add(program_.typeTable(), value.type);
    plan.captured.push_back({at, value});
    hiddenInside.push_back(inner.settle(inner.loadValue(value.type, {inner.get(self), at})));
  }
  body(inner, hiddenInside);
  plan.size = layout.size(), plan.pointers = layout.pointers();
  return plan;
}

// In a literal: the captured variable's value or address, read once at the entry.
void FunctionBuilder::bindCaptured(Var* var, bool byAddress, LocalId self, uint32_t offset) {
  Pointer at = {get(self), offset};
  if (byAddress) {
    LocalId local = newLocal(ValueType::I32);
    set(local, make_.load(Op::I32Load, again(at.base), offset));
    notNil_.insert(local);
    storage_[var] = {Storage::Memory, local, false};
    return;
  }
  Type* type = substitute(var->type);
  Value value = loadValue(type, at);
  LocalId first = kNone;
  for (Expr* leaf : value.leaves) {
    LocalId local = newLocal(leaf->type);
    if (first == kNone) first = local;
    set(local, leaf);
  }
  storage_[var] = {Storage::Registers, first, false};
}

// A closure over copies of `captured` that runs `body`.
FunctionBuilder::ClosurePlan FunctionBuilder::planThunk(const std::string& name, std::span<const Value> captured,
                                                        Signature* signature, const ThunkBody& body, uint32_t prefix) {
  FunctionId id = program_.module().addFunction(
      name, signature == nullptr ? program_.module().signatureOf({{ValueType::I32}, {}})
                                 : program_.signatureOf(signature, false, true));
  ir::Function& function = *program_.module().functions[id];
  function.flags |= ir::kTakesClosure;
  function.pos = pos_;
  if (signature != nullptr) program_.noteCallable(id, signature, false);

  FunctionBuilder inner(program_, id, info_, package_, environment_);
  inner.setPos(pos_);
  LocalId self = static_cast<LocalId>(function.locals.size() - 1);
  ClosureLayout layout(prefix);
  ClosurePlan plan{.function = id};
  std::vector<Value> inside, arguments;
  for (const Value& value : captured) {
    uint32_t at = layout.add(program_.typeTable(), value.type);
    plan.captured.push_back({at, value});
    inside.push_back(inner.loadValue(value.type, {inner.get(self), at}));
  }
  if (signature != nullptr) {
    std::vector<Expr*> words;
    for (LocalId local = 0; local < self; local++) words.push_back(inner.get(local));
    size_t at = 0;
    for (Var* parameter : signature->params->vars) {
      arguments.push_back(inner.fromWords(substitute(parameter->type), words, at));
    }
  }
  body(inner, inside, arguments);
  if (inner.isOpen()) inner.returnValues({});
  plan.size = layout.size(), plan.pointers = layout.pointers();
  return plan;
}

void FunctionBuilder::fillClosure(Expr* object, const ClosurePlan& plan) {
  auto code = static_cast<int32_t>(program_.module().tableIndexOf(plan.function));
  store(Op::I64Store, {again(object), 0}, make_.i64(code));
  for (const auto& [at, value] : plan.captured) storeValue({again(object), at}, value);
}

// What fillClosure would write behind the code, of a closure that is no larger than abi::kStartWords.
std::array<Expr*, abi::kStartWords> FunctionBuilder::capturedWords(const ClosurePlan& plan) {
  std::array<Expr*, abi::kStartWords> words = {};
  for (const auto& [at, value] : plan.captured) {
    std::span<const Leaf> leaves = layoutOf(value.type).leaves;
    for (size_t i = 0; i < leaves.size(); i++) {
      uint32_t offset = at + leaves[i].offset - kCodeBytes;
      Expr* word = leafAsWord(leaves[i], value.leaves[i]);
      if (uint32_t shift = offset % 8 * 8) word = make_.binary(Op::I64Shl, word, make_.i64(shift));
      Expr*& all = words[offset / 8];
      all = all == nullptr ? word : make_.binary(Op::I64Or, all, word);
    }
  }
  for (Expr*& word : words) {
    if (word == nullptr) word = make_.i64(0);
  }
  return words;
}

Expr* FunctionBuilder::makeClosure(const ClosurePlan& plan) {
  if (plan.made != nullptr) return plan.made;
  // Nothing captured: one closure for all.
  if (plan.size == kCodeBytes) return make_.i32(static_cast<int32_t>(program_.staticClosure(plan.function)));
  Expr* object = newShape(plan.size, plan.pointers);
  fillClosure(object, plan);
  return object;
}

// A closure without parameters that makes the call of a go or defer statement: what is called and with what is evaluated
// now. `prefix` as for planClosure.
FunctionBuilder::ClosurePlan FunctionBuilder::suspendCall(const CallExpr* call, uint32_t prefix, const char* suffix) {
  const syntax::Expr* function = unparen(call->function);
  auto mode = info_.of(function).mode;
  auto* literal = syntax::as<const FuncLit>(function);
  if (literal != nullptr && call->arguments.empty() && literal->type->results.empty()) return planClosure(literal, prefix);
  FunctionBuilder& in = returningFunction();
  std::string name = in.name_ + suffix + std::to_string(++in.thunkCount_);
  if (mode == types::Mode::TypeExpr) {
    return planThunk(name, std::vector<Value>{evalConversion(call)}, nullptr, [](auto&, auto, auto) {}, prefix);
  }
  if (mode == types::Mode::Builtin) {
    auto* builtinName = syntax::as<const Name>(function);
    if (auto* selector = syntax::as<const SelectorExpr>(function)) builtinName = selector->selector;
    auto id = types::as<types::Builtin>(info_.objectOf(builtinName))->id;
    std::vector<Value> arguments = evalBuiltinArguments(call, id);
    return planThunk(name, arguments, nullptr, [id](FunctionBuilder& thunk, auto captured, auto) {
      if (id != types::BuiltinId::Recover) thunk.applyBuiltin(id, captured);
    }, prefix);
  }
  Callee callee = resolveCallee(function);
  std::vector<Value> captured = evalArguments(call, callee.signature);
  setPos(call->pos);
  size_t count = captured.size();
  if (callee.kind == Callee::Closure) {
    if (count == 0 && callee.signature->results->vars.empty() && prefix == kCodeBytes) return {.made = callee.closure};
    captured.push_back(addressValue(callee.closure));
  } else if (callee.receiver.type != nullptr) {
    if (callee.kind == Callee::Interface) nilCheck(callee.receiver.leaves[0]);
    captured.push_back(callee.receiver);
  }
  return planThunk(name, captured, nullptr, [callee, count](FunctionBuilder& thunk, auto inside, auto) {
    Callee target = callee;
    if (callee.kind == Callee::Closure) target.closure = thunk.hold(inside[count].leaves[0]);
    else if (inside.size() > count) target.receiver = thunk.hold(inside[count]);
    thunk.allowRecover(target);
    thunk.callGo(target, inside.first(count));
  }, prefix);
}

void FunctionBuilder::callStatement(const CallStmt* statement) {
  auto* call = syntax::as<const CallExpr>(unparen(statement->call));
  setPos(statement->pos);
  if (statement->token == Token::Defer) return deferCall(call);
  ClosurePlan plan = suspendCall(call, kCodeBytes, ".gowrap");
  setPos(statement->pos);
  Expr* site = make_.i32(static_cast<int32_t>(program_.placeNumber(function_, statement->pos)));
  bool isShort = plan.size > kCodeBytes && plan.size <= kCodeBytes + 8 * abi::kStartWords;
  for (const auto& [at, value] : plan.captured) isShort = isShort && !value.inMemory();
  if (isShort) {
    std::vector<Expr*> arguments = {make_.i32(static_cast<int32_t>(program_.module().tableIndexOf(plan.function))), site};
    for (Expr* word : capturedWords(plan)) arguments.push_back(word);
    callEntry(abi::Entry::goStart, arguments);
    return;
  }
  Expr* closure = makeClosure(plan);
  if (plan.made != nullptr) check(make_.isZero(again(hold(closure))), program_.runtimeFunction("panicGoNil"), {});
  callEntry(abi::Entry::goStartAt, {closure, site});
}

}  // namespace millrace::build
