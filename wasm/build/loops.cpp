// for, in every form but range over functions.
#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using namespace syntax;
using types::Array;
using types::BasicKind;
using types::TypeKind;
using types::under;

void FunctionBuilder::forStatement(const ForStmt* statement) {
  if (syntax::as<const RangeClause>(static_cast<const Stmt*>(statement->init)) != nullptr) return rangeStatement(statement);
  std::vector<const Var*> perIteration;
  if (statement->init != nullptr) {
    this->statement(statement->init);
    // Each time round has its own variables; it shows only where one was captured or pointed to.
    auto* define = syntax::as<const AssignStmt>(static_cast<const Stmt*>(statement->init));
    if (define != nullptr && define->op == Operator::Define && !sharedLoopVars_) {
      for (const syntax::Expr* left : listOf(define->lhs)) {
        if (!declares(left)) continue;
        auto* var = types::as<Var>(info_.objectOf(static_cast<const Name*>(left)));
        if (needsMemory(var)) perIteration.push_back(var);
      }
    }
  }
  BlockId head = newBlock(), body = newBlock(), next = newBlock(), end = newBlock();
  jump(head);
  loopDepth_++;
  startBlock(head);
  setPos(statement->pos);
  if (statement->condition != nullptr) condition(statement->condition, body, end);
  else jump(body);
  startBlock(body);
  loopBody(statement, end, next);
  jump(next);
  startBlock(next);
  setPos(statement->pos);
  for (const Var* var : perIteration) {
    Type* type = substitute(var->type);
    const Storage& storage = storageOf(var);
    Expr* copy = newObject(type);
    storeValue({again(copy), 0}, loadValue(type, {get(storage.local), 0}));
    set(storage.local, copy);
  }
  if (statement->post != nullptr) this->statement(statement->post);
  jump(head);
  loopDepth_--;
  startBlock(end);
}

void FunctionBuilder::loopBody(const ForStmt* statement, BlockId onBreak, BlockId onContinue) {
  targets_.push_back({statement, onBreak, onContinue});
  statements(statement->body->list);
  targets_.pop_back();
}

void FunctionBuilder::rangeStatement(const ForStmt* statement) {
  auto* range = static_cast<const RangeClause*>(statement->init);
  setPos(range->pos);
  Type* u = types::underlying(typeOf(range->x));
  switch (u->kind) {
    case TypeKind::Basic: {
      auto kind = static_cast<types::Basic*>(u)->basic;
      bool isString = kind == BasicKind::String || kind == BasicKind::UntypedString;
      return isString ? rangeString(statement, range) : rangeInteger(statement, range);
    }
    case TypeKind::Slice: case TypeKind::Array: case TypeKind::Pointer: return rangeElements(statement, range);
    case TypeKind::Map: return rangeMap(statement, range);
    case TypeKind::Chan: return rangeChan(statement, range);
    case TypeKind::Signature: return rangeFunc(statement, range);
    default: UNREACHABLE();
  }
}

void FunctionBuilder::setRangeVariables(const RangeClause* range, std::span<const Value> values) {
  auto left = listOf(range->lhs);
  setPos(range->pos);
  assignAll(left, values.first(left.size()), range->define);
}

bool FunctionBuilder::wantsRangeValue(const RangeClause* range, size_t i) const {
  auto left = listOf(range->lhs);
  if (i >= left.size()) return false;
  auto* name = syntax::as<const Name>(left[i]);
  return name == nullptr || !name->symbol.isBlank();
}

// The frame of a counting loop: `body` is called with the counter, which steps from 0 to `limit`.
void FunctionBuilder::countingLoop(const ForStmt* statement, Expr* limit, const std::function<void(Expr*)>& body) {
  bool is64 = limit->type == ValueType::I64;
  LocalId counter = newVariableLocal(limit->type);
  set(counter, make_.zero(limit->type));
  limit = settle(limit);
  BlockId head = newBlock(), inside = newBlock(), next = newBlock(), end = newBlock();
  jump(head);
  loopDepth_++;
  startBlock(head);
  branch(make_.binary(is64 ? Op::I64LtS : Op::I32LtS, get(counter), limit), inside, end);
  startBlock(inside);
  body(settle(get(counter)));
  loopBody(statement, end, next);
  jump(next);
  startBlock(next);
  setPos(statement->pos);
  set(counter, is64 ? make_.binary(Op::I64Add, get(counter), make_.i64(1))
                    : make_.binary(Op::I32Add, get(counter), make_.i32(1)));
  jump(head);
  loopDepth_--;
  startBlock(end);
}

void FunctionBuilder::rangeInteger(const ForStmt* statement, const RangeClause* range) {
  Type* type = typeOf(range->x);
  auto left = listOf(range->lhs);
  if (info_.of(range->x).mode == types::Mode::Constant && !left.empty()) type = typeOf(left[0]) != nullptr ? typeOf(left[0]) : type;
  if (range->define && !left.empty() && declares(left[0])) {
    type = substitute(info_.objectOf(static_cast<const Name*>(left[0]))->type);
  }
  Value limitValue = eval(range->x);
  limitValue.type = type;
  // Counted in 64 bits: an unsigned limit near the top of its range then has room above it (uint64 is compared as such).
  auto kind = under<types::Basic>(type)->basic;
  Expr* limit = limitValue.leaves[0]->type == ValueType::I64 ? limitValue.leaves[0] : toInt64(limitValue);
  if (kind == BasicKind::Uint64 || kind == BasicKind::Uint || kind == BasicKind::Uintptr) {
    // Nobody counts to 2^63: a larger limit is as good as that one.
    limit = hold(limit);
    limit = make_.select(make_.binary(Op::I64LtS, again(limit), make_.i64(0)), make_.i64(INT64_MAX), again(limit));
  }
  countingLoop(statement, limit, [&](Expr* counter) {
    if (left.empty()) return;
    Value value = valueOf(type, std::vector<Expr*>{scalarLeaf(kind).type == ValueType::I64
                                                       ? counter : make_.unary(Op::I32WrapI64, counter)});
    setRangeVariables(range, std::vector<Value>{value});
  });
}

// Slices, arrays and pointers to arrays. What is ranged over is evaluated once; an array whose elements are wanted is
// copied, as the spec has it.
void FunctionBuilder::rangeElements(const ForStmt* statement, const RangeClause* range) {
  bool wantsValue = wantsRangeValue(range, 1);
  Type* u = types::underlying(typeOf(range->x));
  Type* elementType;
  Expr* length;
  Expr* base = nullptr;
  uint32_t offset = 0;
  Value inRegisters;
  if (auto* slice = types::as<types::Slice>(u)) {
    Value value = settle(evalUncopied(range->x));
    elementType = slice->element;
    base = value.leaves[0], length = value.leaves[1];
  } else if (auto* to = types::as<types::Pointer>(u)) {
    base = settle(eval(range->x).leaves[0]);
    auto* array = under<Array>(to->base);
    elementType = array->element;
    length = make_.i64(array->length);
    if (wantsValue && array->length != 0) nilCheck(base);
  } else {
    auto* array = static_cast<Array*>(u);
    elementType = array->element;
    length = make_.i64(array->length);
    if (wantsValue || hasCalls(range->x)) {
      Value value = settle(eval(range->x));
      if (value.inMemory()) base = value.address, offset = value.offset;
      else inRegisters = value;
    }
  }
  countingLoop(statement, length, [&](Expr* counter) {
    if (range->lhs == nullptr) return;
    std::vector<Value> values = {valueOf(basic(BasicKind::Int), std::vector<Expr*>{counter})};
    if (wantsValue) {
      if (base != nullptr) values.push_back(loadValue(elementType, element(again(base), offset, again(counter), elementType)));
      else values.push_back(part(again(inRegisters), elementType, 0));
    } else {
      values.push_back(zeroValue(elementType));
    }
    setRangeVariables(range, values);
  });
}

void FunctionBuilder::rangeString(const ForStmt* statement, const RangeClause* range) {
  Value text = settle(eval(range->x));
  LocalId at = newVariableLocal(ValueType::I64), following = newVariableLocal(ValueType::I64);
  LocalId rune = newVariableLocal(ValueType::I32);
  set(at, make_.i64(0));
  BlockId head = newBlock(), inside = newBlock(), next = newBlock(), end = newBlock();
  jump(head);
  loopDepth_++;
  startBlock(head);
  branch(make_.binary(Op::I64LtS, get(at), again(text.leaves[1])), inside, end);
  startBlock(inside);
  // ASCII at once, the rest by the runtime.
  BlockId ascii = newBlock(), wide = newBlock(), decoded = newBlock();
  Expr* address = make_.binary(Op::I32Add, again(text.leaves[0]), make_.unary(Op::I32WrapI64, get(at)));
  set(rune, make_.load(Op::I32Load8U, address, 0));
  branch(make_.binary(Op::I32LtU, get(rune), make_.i32(0x80)), ascii, wide);
  startBlock(ascii);
  set(following, make_.binary(Op::I64Add, get(at), make_.i64(1)));
  jump(decoded);
  startBlock(wide);
  set(rune, callEntry(abi::Entry::decodeRune, {again(text.leaves[0]), again(text.leaves[1]), get(at)}));
  set(following, secondResult());
  jump(decoded);
  startBlock(decoded);
  if (range->lhs != nullptr) {
    setRangeVariables(range, std::vector<Value>{valueOf(basic(BasicKind::Int), std::vector<Expr*>{settle(get(at))}),
                                                valueOf(types::runeType(), std::vector<Expr*>{settle(get(rune))})});
  }
  loopBody(statement, end, next);
  jump(next);
  startBlock(next);
  setPos(statement->pos);
  set(at, get(following));
  jump(head);
  loopDepth_--;
  startBlock(end);
}

void FunctionBuilder::rangeMap(const ForStmt* statement, const RangeClause* range) {
  Value map = settle(eval(range->x));
  auto* type = under<types::Map>(map.type);
  constexpr size_t kSlots = sizeof(abi::MapIterator) / 8;
  Expr* iterator = newShape(sizeof(abi::MapIterator), std::vector<bool>(kSlots, true));
  callEntry(abi::Entry::mapIterStart,
            {make_.i32(static_cast<int32_t>(program_.descriptorOf(map.type))), again(map.leaves[0]), again(iterator)});
  BlockId head = newBlock(), inside = newBlock(), next = newBlock(), end = newBlock();
  jump(head);
  loopDepth_++;
  startBlock(head);
  Expr* key = settle(make_.load(Op::I32Load, again(iterator), offsetof(abi::MapIterator, key)));
  branch(again(key), inside, end);
  startBlock(inside);
  if (range->lhs != nullptr) {
    Value keyValue = settle(loadValue(type->key, {again(key), 0}));
    Expr* at = settle(make_.load(Op::I32Load, again(iterator), offsetof(abi::MapIterator, value)));
    Value value = wantsRangeValue(range, 1) ? settle(loadValue(type->value, {at, 0})) : zeroValue(type->value);
    setRangeVariables(range, std::vector<Value>{keyValue, value});
  }
  loopBody(statement, end, next);
  jump(next);
  startBlock(next);
  setPos(statement->pos);
  callEntry(abi::Entry::mapIterNext, {again(iterator)});
  jump(head);
  loopDepth_--;
  startBlock(end);
}

void FunctionBuilder::rangeChan(const ForStmt* statement, const RangeClause* range) {
  Value channel = settle(eval(range->x));
  Type* elementType = under<types::Chan>(channel.type)->element;
  BlockId head = newBlock(), inside = newBlock(), end = newBlock();
  jump(head);
  loopDepth_++;
  startBlock(head);
  setPos(range->pos);
  auto [value, ok] = receive(again(channel), elementType);
  branch(ok, inside, end);
  startBlock(inside);
  if (range->lhs != nullptr) setRangeVariables(range, std::vector<Value>{value});
  loopBody(statement, end, head);
  jump(head);
  loopDepth_--;
  startBlock(end);
}

}  // namespace millrace::build
