// range over a function.
//
//   for k, v := range f { body }     becomes     f(func(k K, v V) bool { body; return true })
//
// The body is a function literal of its own, so what it changes of its surroundings is captured. What leaves the loop from
// inside cannot jump: it says in a record shared with the loop where it wants to go, and returns false; when f has
// returned, the loop goes there.
//
//   record   state  what the iterator may do now (LoopState)
//            exit   0: the loop just ended; kReturn..: return; else 1 + index in RangeFuncBody::exits
//            results: object with the values of a return statement
//
// An iterator that calls the body after it said false, or that swallows a panic of the body, is told so by a panic.
#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/build/walk.h"

namespace millrace::build {

using namespace syntax;
using types::Signature;
using types::under;

namespace {

// All but the last are also the rules of runtime.panicRange that are broken when the body is called in this state.
enum LoopState : int32_t { kDone = 0, kInBody = 1, kExhausted = 2, kReady = 4 };
constexpr int32_t kPanicSwallowed = 3;

constexpr uint32_t kStateOffset = 0, kExitOffset = 4, kResultsOffset = 8, kRecordBytes = 16;
constexpr int32_t kReturnValues = -1, kReturnPlain = -2;

}  // namespace

// What the builder of a loop body knows of the loop around it.
struct RangeFuncBody {
  FunctionBuilder* outer;
  const ForStmt* loop;
  Expr* record;  // in the body
  struct Exit {
    Token token;
    const Stmt* target;
  };
  std::vector<Exit> exits;
  bool returnsValues = false, returnsPlain = false;
};

// The function that return statements of the body leave.
FunctionBuilder& FunctionBuilder::returningFunction() {
  FunctionBuilder* at = this;
  while (at->rangeFunc_ != nullptr) at = at->rangeFunc_->outer;
  return *at;
}

static uint32_t countLiterals(const Node* node) {
  if (node->kind == NodeKind::FuncLit) return 1;
  uint32_t count = 0;
  forEachChild(node, [&](const Node* child) { count += countLiterals(child); });
  return count;
}

void FunctionBuilder::rangeFunc(const ForStmt* statement, const RangeClause* range) {
  // Go numbers the literals of the body first.
  uint32_t& literals = returningFunction().literalCount_;
  uint32_t before = literals;
  literals += countLiterals(statement->body);
  Expr* iterator = hold(eval(range->x).leaves[0]);
  uint32_t after = literals;
  literals = before;
  auto* iteratorType = under<Signature>(typeOf(range->x));
  auto* yieldType = under<Signature>(substitute(iteratorType->params->vars[0]->type));

  std::vector<bool> pointers = {false, true};
  Expr* record = newShape(kRecordBytes, pointers);
  store(Op::I32Store, {again(record), kStateOffset}, make_.i32(kReady));
  // One object takes the results on their way out of nested loops.
  if (rangeFunc_ != nullptr) {
    Expr* results = make_.load(Op::I32Load, again(rangeFunc_->record), kResultsOffset);
    storePointer({again(record), kResultsOffset}, results);
  } else if (!results_.empty()) {
    storePointer({again(record), kResultsOffset}, newResultsObject());
  }

  RangeFuncBody body{this, statement, nullptr, {}, false, false};
  std::vector<Value> hidden = {addressValue(again(record))};
  if (deferCell_ != kNone) hidden.push_back(addressValue(get(deferCell_)));
  if (mayRecover_ != kNone) {
    hidden.push_back(valueOf(types::basicType(types::BasicKind::Uint32), std::vector<Expr*>{get(mayRecover_)}));
  }
  FunctionBuilder& in = returningFunction();
  std::string name = in.name_ + "-range" + std::to_string(++in.rangeCount_);
  const auto build = [&](FunctionBuilder& inner, std::span<const Value> kept) {
    inner.rangeFunc_ = &body;
    body.record = kept[0].leaves[0];
    size_t next = 1;
    if (deferCell_ != kNone) inner.deferCell_ = kept[next++].leaves[0]->offset;
    if (mayRecover_ != kNone) inner.mayRecover_ = kept[next++].leaves[0]->offset;
    inner.buildRangeBody(statement, range, yieldType);
  };
  Expr* closure = makeClosure(planLiteral(statement, yieldType, kCodeBytes, name, hidden, build));
  literals = after;

  setPos(range->pos);
  Callee callee;
  callee.kind = Callee::Closure;
  callee.signature = iteratorType;
  callee.closure = iterator;
  Type* funcType = substitute(iteratorType->params->vars[0]->type);
  callGo(callee, std::vector<Value>{valueOf(funcType, std::vector<Expr*>{closure})});

  // Back from f: a panic of the body must have come through, and the body must not be called again.
  Expr* state = settle(make_.load(Op::I32Load, again(record), kStateOffset));
  check(make_.binary(Op::I32Eq, state, make_.i32(kInBody)), program_.runtimeFunction("panicRange"),
        {make_.i32(kPanicSwallowed)});
  store(Op::I32Store, {again(record), kStateOffset}, make_.i32(kExhausted));

  BlockId end = newBlock();
  Expr* exit = settle(make_.load(Op::I32Load, again(record), kExitOffset));
  const auto when = [&](int32_t code, const std::function<void()>& go) {
    BlockId yes = newBlock(), no = newBlock();
    branch(make_.binary(Op::I32Eq, again(exit), make_.i32(code)), yes, no);
    startBlock(yes);
    go();
    startBlock(no);
  };
  for (size_t i = 0; i < body.exits.size(); i++) {
    when(static_cast<int32_t>(i + 1), [&] { leaveTo(body.exits[i].token, body.exits[i].target); });
  }
  if (body.returnsValues) {
    when(kReturnValues, [&] {
      if (rangeFunc_ != nullptr) {
        rangeFunc_->returnsValues = true;
        return leaveBody(kDone, kReturnValues, false);
      }
      returnResults(loadResults(make_.load(Op::I32Load, again(record), kResultsOffset)));
    });
  }
  if (body.returnsPlain) {
    when(kReturnPlain, [&] {
      if (rangeFunc_ != nullptr) {
        rangeFunc_->returnsPlain = true;
        return leaveBody(kDone, kReturnPlain, false);
      }
      leave();
    });
  }
  jump(end);
  startBlock(end);
}

// The literal's code: its parameters become the loop variables.
void FunctionBuilder::buildRangeBody(const ForStmt* statement, const RangeClause* range, Signature* yieldType) {
  setPos(range->pos);
  Expr* state = settle(make_.load(Op::I32Load, again(rangeFunc_->record), kStateOffset));
  check(make_.binary(Op::I32Ne, again(state), make_.i32(kReady)), program_.runtimeFunction("panicRange"),
        {again(state)});
  store(Op::I32Store, {again(rangeFunc_->record), kStateOffset}, make_.i32(kInBody));
  std::vector<Expr*> words;
  std::vector<Value> values;
  auto self = static_cast<LocalId>(program_.module().signatures[function().signature].parameters.size() - 1);
  for (LocalId local = 0; local < self; local++) words.push_back(get(local));
  size_t at = 0;
  for (Var* parameter : yieldType->params->vars) values.push_back(fromWords(substitute(parameter->type), words, at));
  if (range->lhs != nullptr) setRangeVariables(range, values);
  statements(statement->body->list);
  setPos(statement->body->rightBrace);
  leaveBody(kReady, 0, true);
}

// Ends one call of the body: in `state`, wanting `exit`, and telling the iterator to go on or not.
void FunctionBuilder::leaveBody(int32_t state, int32_t exit, bool goOn) {
  if (!isOpen()) return;
  store(Op::I32Store, {again(rangeFunc_->record), kStateOffset}, make_.i32(state));
  if (exit != 0) store(Op::I32Store, {again(rangeFunc_->record), kExitOffset}, make_.i32(exit));
  returnValues(std::vector<Expr*>{make_.i32(goOn)});
}

// break, continue or goto out of the body.
void FunctionBuilder::exitRangeFunc(Token token, const Stmt* target) {
  if (target == rangeFunc_->loop) {
    if (token == Token::Continue) return leaveBody(kReady, 0, true);
    if (token == Token::Break) return leaveBody(kDone, 0, false);
  }
  auto& exits = rangeFunc_->exits;
  size_t i = 0;
  while (i < exits.size() && !(exits[i].token == token && exits[i].target == target)) i++;
  if (i == exits.size()) exits.push_back({token, target});
  leaveBody(kDone, static_cast<int32_t>(i + 1), false);
}

void FunctionBuilder::returnFromRangeFunc(const ReturnStmt* statement) {
  FunctionBuilder& function = returningFunction();
  if (statement->results == nullptr) {
    rangeFunc_->returnsPlain = true;
    return leaveBody(kDone, kReturnPlain, false);
  }
  rangeFunc_->returnsValues = true;
  std::vector<Value> values;
  auto list = listOf(statement->results);
  if (list.size() == 1 && function.results_.size() > 1) values = evalMany(list[0]);
  else for (const syntax::Expr* e : list) values.push_back(eval(e));
  for (size_t i = 0; i < values.size(); i++) {
    values[i] = assignable(values[i], function.results_[i].type);
    if (values.size() > 1) values[i] = settle(values[i]);
  }
  Expr* object = hold(make_.load(Op::I32Load, again(rangeFunc_->record), kResultsOffset));
  std::vector<uint32_t> offsets = function.resultOffsets();
  for (size_t i = 0; i < values.size(); i++) storeValue({again(object), offsets[i]}, values[i]);
  leaveBody(kDone, kReturnValues, false);
}

// Where each result lies in the object that takes them out of a loop body.
std::vector<uint32_t> FunctionBuilder::resultOffsets() {
  std::vector<uint32_t> offsets;
  uint32_t at = 0;
  for (const Result& result : results_) {
    at = (at + 7) & ~7u;
    offsets.push_back(at);
    at += static_cast<uint32_t>(layoutOf(result.type).size);
  }
  return offsets;
}

Expr* FunctionBuilder::newResultsObject() {
  std::vector<uint32_t> offsets = resultOffsets();
  std::vector<bool> pointers;
  uint64_t size = 0;
  for (size_t i = 0; i < results_.size(); i++) {
    std::vector<bool> map = program_.typeTable().pointerMap(results_[i].type);
    if (!map.empty()) {
      pointers.resize(offsets[i] / 8);
      pointers.insert(pointers.end(), map.begin(), map.end());
    }
    size = offsets[i] + layoutOf(results_[i].type).size;
  }
  return newShape((size + 7) & ~uint64_t{7}, pointers);
}

std::vector<Value> FunctionBuilder::loadResults(Expr* object) {
  object = hold(object);
  std::vector<uint32_t> offsets = resultOffsets();
  std::vector<Value> values;
  for (size_t i = 0; i < results_.size(); i++) values.push_back(loadValue(results_[i].type, {again(object), offsets[i]}));
  return values;
}

// Is the label inside the loop body that is being built?
bool FunctionBuilder::isInsideRangeFunc(const Stmt* label) const {
  return label->pos > rangeFunc_->loop->body->pos && label->pos < rangeFunc_->loop->body->rightBrace;
}

}  // namespace millrace::build
