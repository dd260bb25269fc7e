// Function bodies: parameters and results, return, defer, recover.
//
// A function that defers keeps a list of closures, newest first: each has the next one's address behind its code. Leaving,
// by return or by panic, means running the list:
//
//   return x    results = x; goto run                    a panic arrives    record = panicCatch(record); goto run
//   run         while list: c = pop; call c; if record: record = panicNext(record)
//               record ? rethrow it : return results
//
// A deferred call that panics arrives in the handler again, with the rest of the list still to run. panicNext says 0 when the
// call recovered; from then on the function leaves as by return.
//
// recover() works only in the function that the list calls itself, and only while there is a panic. The caller leaves that
// function's number in the goroutine (GoroutineAbi::armed); a function that can recover compares it with its own at its entry
// and takes it away. Thunks and wrappers pass it on to the one they call.
#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using namespace syntax;
using types::Signature;

namespace {

constexpr uint32_t kLinkOffset = 8;     // in a deferred closure
constexpr uint32_t kDeferPrefix = 16;

}  // namespace

// Parameters come in as locals; variables are made of them where the body needs memory.
void FunctionBuilder::beginBody(Signature* signature, const FuncType* type, const Field* receiver, const BlockStmt* body) {
  BodyFacts facts = factsOf(body, info_, [this](const syntax::Expr* e) { return typeOf(e); });
  defers_ = facts.defers;
  LocalId next = 0;
  const auto parameter = [&](const Field* field, Type* declared) {
    Type* parameterType = substitute(declared);
    const Layout& layout = layoutOf(parameterType);
    LocalId first = next;
    next += layout.inMemory ? 1 : static_cast<LocalId>(layout.leaves.size());
    auto* var = field->name == nullptr ? nullptr : types::as<Var>(info_.objectOf(field->name));
    if (var == nullptr || field->name->symbol.isBlank()) return;
    if (!layout.inMemory && !needsMemory(var)) {
      for (LocalId local = first; local < next; local++) variableLocals_.insert(local);
      storage_[var] = {Storage::Registers, first, false};
      return;
    }
    std::vector<Expr*> words;
    for (LocalId local = first; local < next; local++) words.push_back(get(local));
    size_t at = 0;
    Value value = fromWords(parameterType, words, at);
    declareVariable(var, &value);
  };
  setPos(body->pos);
  if (receiver != nullptr) parameter(receiver, signature->receiver->type);
  ENSURE(type->parameters.size() == signature->params->vars.size());
  for (size_t i = 0; i < type->parameters.size(); i++) parameter(type->parameters[i], signature->params->vars[i]->type);
  if (facts.recovers) {
    // Is this function being called as a deferred one by a panic?
    auto self = static_cast<int32_t>(program_.module().tableIndexOf(function_));
    Pointer g = pointer(goroutine());
    mayRecover_ = newLocal(ValueType::I32);
    set(mayRecover_, make_.binary(Op::I32Eq, make_.load(Op::I32Load, again(g.base), offsetof(abi::GoroutineAbi, armed)),
                                  make_.i32(self)));
    BlockId take = newBlock(), go = newBlock();
    branch(get(mayRecover_), take, go);
    startBlock(take);
    store(Op::I32Store, {again(g.base), offsetof(abi::GoroutineAbi, armed)}, make_.i32(0));
    jump(go);
    startBlock(go);
  }
  for (size_t i = 0; i < type->results.size(); i++) {
    const Field* field = type->results[i];
    Type* resultType = substitute(signature->results->vars[i]->type);
    auto* var = field->name == nullptr ? nullptr : types::as<Var>(info_.objectOf(field->name));
    results_.push_back({var, resultType, {}});
    if (var != nullptr && !field->name->symbol.isBlank()) {
      declareVariable(var, nullptr);
      results_.back().storage = storageOf(var);
    } else if (var != nullptr || defers_) {
      results_.back().storage = makeStorage(resultType, false);
      setZero(results_.back().storage, resultType);
      results_.back().var = nullptr;
    }
    results_.back().named = var != nullptr;
  }
  if (defers_) {
    deferHead_ = newVariableLocal(ValueType::I32);
    if (facts.defersInLoopBody) {  // the list's head is shared with the literals those bodies become
      deferCell_ = newLocal(ValueType::I32);
      set(deferCell_, newShape(8, {true}));
    }
    panicRecord_ = newVariableLocal(ValueType::I32);
    deferLoop_ = newBlock();
    function().handler = newBlock();
  }
}

void FunctionBuilder::finishBody(Pos end) {
  setPos(end);
  // With unnamed results the checker has seen to it that the end is not reached.
  bool reachable = results_.empty() || results_[0].named || defers_;
  if (reachable) leave();
  else unreachable();
  if (defers_) buildDeferLoop();
}

void FunctionBuilder::returnStatement(const ReturnStmt* statement) {
  setPos(statement->pos);
  if (rangeFunc_ != nullptr) return returnFromRangeFunc(statement);
  if (statement->results == nullptr) return leave();
  std::vector<Value> values = evalReturned(statement);
  setPos(statement->pos);
  returnResults(values);
}

// The operands of a return statement, converted to the results' types.
std::vector<Value> FunctionBuilder::evalReturned(const ReturnStmt* statement) {
  std::vector<Value> values;
  auto list = listOf(statement->results);
  if (list.size() == 1 && results_.size() > 1) {
    values = evalMany(list[0]);
    for (size_t i = 0; i < values.size(); i++) values[i] = assignable(values[i], results_[i].type);
  } else {
    for (size_t i = 0; i < list.size(); i++) values.push_back(evalAs(list[i], results_[i].type));
  }
  return values;
}

void FunctionBuilder::returnResults(std::span<const Value> values) {
  // Result variables that others can see, or that deferred calls may change, are set before leaving.
  bool viaVariables = defers_;
  for (const Result& result : results_) viaVariables |= result.named && result.storage.kind == Storage::Memory;
  if (!viaVariables) {
    std::vector<Expr*> words;
    for (const Value& value : values) appendWords(value.inMemory() ? returnable(value) : value, words);
    return returnValues(words);
  }
  std::vector<Value> settled;
  for (const Value& value : values) settled.push_back(values.size() > 1 ? settle(value) : value);
  for (size_t i = 0; i < settled.size(); i++) assignStorage(results_[i].storage, settled[i]);
  leave();
}

// A value in memory is handed out as an object that nobody will change.
Value FunctionBuilder::returnable(const Value& value) {
  bool isFresh = value.address->kind == ir::ExprKind::Local && privateObjects_.contains(value.address->offset);
  return isFresh ? value : settle(value);
}

// The results are in their variables.
void FunctionBuilder::leave() {
  if (!isOpen()) return;
  if (defers_) return jump(deferLoop_);
  returnVariables();
}

void FunctionBuilder::returnVariables() {
  std::vector<Expr*> words;
  for (const Result& result : results_) {
    Value value = readStorage(result.storage, result.type);
    appendWords(value.inMemory() ? returnable(value) : value, words);
  }
  returnValues(words);
}

void FunctionBuilder::deferCall(const CallExpr* call) {
  Pos pos = pos_;
  Expr* closure = makeClosure(suspendCall(call, kDeferPrefix, ".deferwrap"));
  setPos(pos);
  pushDeferred(closure);
}

void FunctionBuilder::pushDeferred(Expr* closure) {
  closure = hold(closure);
  storePointer({again(closure), kLinkOffset}, deferredHead());
  setDeferredHead(closure);
}

Expr* FunctionBuilder::deferredHead() {
  return deferCell_ == kNone ? get(deferHead_) : make_.load(Op::I32Load, get(deferCell_), 0);
}

void FunctionBuilder::setDeferredHead(Expr* closure) {
  if (deferCell_ == kNone) set(deferHead_, closure);
  else storePointer({get(deferCell_), 0}, closure);
}

void FunctionBuilder::buildDeferLoop() {
  startBlock(function().handler);
  set(panicRecord_, callEntry(abi::Entry::panicCatch, {get(panicRecord_)}));
  jump(deferLoop_);

  BlockId next = newBlock(), panicking = newBlock(), done = newBlock();
  startBlock(deferLoop_);
  Expr* closure = settle(deferredHead());
  branch(again(closure), next, done);
  startBlock(next);
  setDeferredHead(make_.load(Op::I32Load, again(closure), kLinkOffset));
  Expr* code = hold(make_.load(Op::I32Load, again(closure), 0));
  Pointer armed = pointer(goroutine(), offsetof(abi::GoroutineAbi, armed));
  store(Op::I32Store, armed, make_.select(get(panicRecord_), again(code), make_.i32(0)));
  callTable(code, program_.module().signatureOf({{ValueType::I32}, {}}), std::vector<Expr*>{again(closure)});
  branch(get(panicRecord_), panicking, deferLoop_);
  startBlock(panicking);
  set(panicRecord_, callEntry(abi::Entry::panicNext, {get(panicRecord_)}));
  jump(deferLoop_);

  startBlock(done);
  BlockId rethrowing = newBlock(), returning = newBlock();
  branch(get(panicRecord_), rethrowing, returning);
  startBlock(rethrowing);
  rethrow(get(panicRecord_));
  startBlock(returning);
  returnVariables();
}

// In a thunk or wrapper that is about to call `callee`: if recover is allowed here, it is allowed there instead.
void FunctionBuilder::allowRecover(const Callee& callee) {
  Expr* target = nullptr;
  switch (callee.kind) {
    case Callee::Static:
      if (!program_.recovers(callee.instance.function)) return;
      target = make_.i32(static_cast<int32_t>(program_.tableIndexOf(program_.functionFor(callee.instance))));
      break;
    case Callee::Closure:
      nilCheck(callee.closure);
      target = make_.load(Op::I32Load, again(callee.closure), 0);
      break;
    case Callee::Interface:
      target = make_.load(Op::I32Load, again(callee.receiver.leaves[0]),
                          static_cast<uint32_t>(offsetof(abi::ITab, functions) + 8 * callee.method));
      break;
  }
  auto self = static_cast<int32_t>(program_.module().tableIndexOf(function_));
  Pointer armed = pointer(goroutine(), offsetof(abi::GoroutineAbi, armed));
  BlockId pass = newBlock(), go = newBlock();
  branch(make_.binary(Op::I32Eq, make_.load(Op::I32Load, again(armed.base), armed.offset), make_.i32(self)), pass, go);
  startBlock(pass);
  store(Op::I32Store, armed, target);
  jump(go);
  startBlock(go);
}

Value FunctionBuilder::evalRecover(Type* type) {
  Expr* allowed = mayRecover_ == kNone ? make_.i32(0) : get(mayRecover_);
  Expr* dynamic = callEntry(abi::Entry::recover, {allowed});
  Expr* data = make_.unary(Op::I32WrapI64, secondResult());
  return valueOf(type, std::vector<Expr*>{dynamic, data});
}

}  // namespace millrace::build
