// Arithmetic, shifts, comparisons and logic.
//
// Integers of 8 and 16 bits live in i32 locals, always within their type's range; wrap() brings a result back into it.
// WebAssembly traps on division by zero and on MinInt / -1, where Go panics and wraps: both are tested for.
#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/types/constant-ops.h"
#include "wasm/types/predicates.h"

namespace millrace::build {

using namespace syntax;
using types::BasicKind;
using types::TypeKind;
using types::under;

namespace {

bool isSigned(BasicKind kind) {
  using enum BasicKind;
  return kind == Int || kind == Int8 || kind == Int16 || kind == Int32 || kind == Int64 || kind == UntypedInt ||
         kind == UntypedRune;
}

int bitsOf(BasicKind kind) {
  using enum BasicKind;
  switch (kind) {
    case Int8: case Uint8: return 8;
    case Int16: case Uint16: return 16;
    case Int32: case Uint32: case UntypedRune: return 32;
    default: return 64;
  }
}

bool isComplex(BasicKind kind) {
  return kind == BasicKind::Complex64 || kind == BasicKind::Complex128 || kind == BasicKind::UntypedComplex;
}

bool isComparison(Operator op) { return op >= Operator::Equal && op <= Operator::GreaterEqual; }

// The instruction for `op` on i32 (column 0), i64, f32, f64; None where it depends on more.
Op plainOp(Operator op, ValueType type) {
  static constexpr Op table[][4] = {
      {Op::I32Add, Op::I64Add, Op::F32Add, Op::F64Add}, {Op::I32Sub, Op::I64Sub, Op::F32Sub, Op::F64Sub},
      {Op::I32Mul, Op::I64Mul, Op::F32Mul, Op::F64Mul}, {Op::None, Op::None, Op::F32Div, Op::F64Div},
      {Op::I32And, Op::I64And, Op::None, Op::None},     {Op::I32Or, Op::I64Or, Op::None, Op::None},
      {Op::I32Xor, Op::I64Xor, Op::None, Op::None},
  };
  int row;
  switch (op) {
    case Operator::Add: row = 0; break;
    case Operator::Sub: row = 1; break;
    case Operator::Mul: row = 2; break;
    case Operator::Div: row = 3; break;
    case Operator::And: row = 4; break;
    case Operator::Or: row = 5; break;
    case Operator::Xor: row = 6; break;
    default: return Op::None;
  }
  return table[row][static_cast<int>(type)];
}

Op comparisonOp(Operator op, ValueType type, bool isSignedInteger) {
  using enum Op;
  static constexpr Op table[][6] = {
      // i32 signed, i32 unsigned, i64 signed, i64 unsigned, f32, f64
      {I32Eq, I32Eq, I64Eq, I64Eq, F32Eq, F64Eq},       {I32Ne, I32Ne, I64Ne, I64Ne, F32Ne, F64Ne},
      {I32LtS, I32LtU, I64LtS, I64LtU, F32Lt, F64Lt},   {I32LeS, I32LeU, I64LeS, I64LeU, F32Le, F64Le},
      {I32GtS, I32GtU, I64GtS, I64GtU, F32Gt, F64Gt},   {I32GeS, I32GeU, I64GeS, I64GeU, F32Ge, F64Ge},
  };
  int row = static_cast<int>(op) - static_cast<int>(Operator::Equal);
  int column = type == ValueType::F32 ? 4 : type == ValueType::F64 ? 5 : (type == ValueType::I64 ? 2 : 0) + !isSignedInteger;
  return table[row][column];
}

}  // namespace

bool FunctionBuilder::isUnsigned(Type* type) {
  auto* basic = under<types::Basic>(type);
  return basic != nullptr && basic->basic >= BasicKind::Uint && basic->basic <= BasicKind::Uintptr;
}

Expr* FunctionBuilder::toInt64(const Value& value) {
  Expr* e = value.leaves[0];
  if (e->type == ValueType::I64) return e;
  return make_.unary(isUnsigned(value.type) ? Op::I64ExtendI32U : Op::I64ExtendI32S, e);
}

Expr* FunctionBuilder::wrap(Expr* e, BasicKind kind) {
  switch (kind) {
    case BasicKind::Int8: return make_.unary(Op::I32Extend8S, e);
    case BasicKind::Int16: return make_.unary(Op::I32Extend16S, e);
    case BasicKind::Uint8: return make_.binary(Op::I32And, e, make_.i32(0xff));
    case BasicKind::Uint16: return make_.binary(Op::I32And, e, make_.i32(0xffff));
    default: return e;
  }
}

Expr* FunctionBuilder::negate(Expr* e, BasicKind kind) {
  switch (e->type) {
    case ValueType::I32: return wrap(make_.binary(Op::I32Sub, make_.i32(0), e), kind);
    case ValueType::I64: return make_.binary(Op::I64Sub, make_.i64(0), e);
    case ValueType::F32: return make_.unary(Op::F32Neg, e);
    case ValueType::F64: return make_.unary(Op::F64Neg, e);
  }
  UNREACHABLE();
}

Value FunctionBuilder::evalBinary(const Operation* operation) {
  Operator op = operation->op;
  if (op == Operator::AndAnd || op == Operator::OrOr) return evalLogical(operation);
  Type* type = typeOf(operation);
  if (op == Operator::ShiftLeft || op == Operator::ShiftRight) {
    Value a = assignable(eval(operation->x), type);
    Value count = evalShiftCount(operation->y);
    setPos(operation->pos);
    return arithmetic(op, a, count, type);
  }
  if (isComparison(op)) {
    auto [a, b] = evalOperands(operation->x, operation->y);
    setPos(operation->pos);
    return valueOf(type, std::vector<Expr*>{compare(op, a, b)});
  }
  if (op == Operator::Add && types::as<types::Basic>(types::underlying(type))->basic == BasicKind::String) {
    return concatenate(operation);
  }
  // a + b + c + … leans to the left: go down by a loop, not by recursion.
  std::vector<const Operation*> chain = {operation};
  const syntax::Expr* leftmost = operation->x;
  for (;;) {
    auto* next = syntax::as<const Operation>(leftmost);
    if (next == nullptr || next->y == nullptr || next->op < Operator::Add || next->op >= Operator::ShiftLeft ||
        info_.of(next).mode == types::Mode::Constant) {
      break;
    }
    chain.push_back(next);
    leftmost = next->x;
  }
  Value value = eval(leftmost);
  for (size_t i = chain.size(); i-- > 0;) {
    Value right = eval(chain[i]->y);
    setPos(chain[i]->pos);
    value = arithmetic(chain[i]->op, value, right, type);
    // Deep trees would be walked by recursion later.
    if (i != 0 && i % 32 == 0) value = settle(value);
  }
  return value;
}

// A constant count may be written as any number: 1.0, 1+0i.
Value FunctionBuilder::evalShiftCount(const syntax::Expr* e) {
  const types::TypeAndValue& known = info_.of(e);
  if (known.mode != types::Mode::Constant || types::isInteger(typeOf(e))) return eval(e);
  return constant(basic(BasicKind::Uint), types::toInt(program_.arena(), known.value));
}

// Both operands of a comparison, one converted to the other's type if that is an interface.
std::pair<Value, Value> FunctionBuilder::evalOperands(const syntax::Expr* x, const syntax::Expr* y) {
  Value a = evalUncopied(x);
  Value b = evalUncopied(y);
  bool aInterface = types::isInterface(a.type), bInterface = types::isInterface(b.type);
  if (aInterface && !bInterface) b = assignable(b, a.type);
  if (bInterface && !aInterface) a = assignable(a, b.type);
  return {a, b};
}

Value FunctionBuilder::arithmetic(Operator op, const Value& a, const Value& b, Type* type) {
  auto* basic = under<types::Basic>(type);
  ENSURE(basic != nullptr);
  BasicKind kind = basic->basic;
  if (kind == BasicKind::String) return concatenateValues(std::vector<Value>{a, b}, type);
  if (isComplex(kind)) return complexArithmetic(op, a, b, type);
  Expr* x = a.leaves[0];
  if (op == Operator::ShiftLeft || op == Operator::ShiftRight) {
    return valueOf(type, std::vector<Expr*>{shift(op, x, kind, b)});
  }
  return valueOf(type, std::vector<Expr*>{binaryNumber(op, x, b.leaves[0], kind)});
}

Expr* FunctionBuilder::binaryNumber(Operator op, Expr* a, Expr* b, BasicKind kind) {
  if (op == Operator::AndNot) {
    Expr* inverted = b->type == ValueType::I32 ? make_.binary(Op::I32Xor, b, make_.i32(-1))
                                               : make_.binary(Op::I64Xor, b, make_.i64(-1));
    return make_.binary(a->type == ValueType::I32 ? Op::I32And : Op::I64And, a, inverted);
  }
  Op plain = plainOp(op, a->type);
  if (plain != Op::None) return wrap(make_.binary(plain, a, b), kind);
  return divide(op == Operator::Rem, a, b, kind);
}

Expr* FunctionBuilder::divide(bool remainder, Expr* a, Expr* b, BasicKind kind) {
  bool is64 = a->type == ValueType::I64, isSignedKind = isSigned(kind);
  Op op;
  if (is64) {
    op = remainder ? (isSignedKind ? Op::I64RemS : Op::I64RemU) : (isSignedKind ? Op::I64DivS : Op::I64DivU);
  } else {
    op = remainder ? (isSignedKind ? Op::I32RemS : Op::I32RemU) : (isSignedKind ? Op::I32DivS : Op::I32DivU);
  }
  if (b->kind == ir::ExprKind::Const && b->bits != 0) {
    auto divisor = is64 ? static_cast<int64_t>(b->bits) : static_cast<int32_t>(b->bits);
    if (isSignedKind && divisor == -1) return remainder ? make_.zero(a->type) : negate(settle(a), kind);
    return wrap(make_.binary(op, a, b), kind);
  }
  // The operands are evaluated before the test, and a panic must come before anything that follows.
  a = settle(a);
  b = hold(b);
  check(make_.isZero(again(b)), program_.runtimeFunction("panicDivide"), {});
  // Only a full-width quotient overflows: WebAssembly's remainder does not trap, and 8- and 16-bit ones fit an i32.
  if (!remainder && isSignedKind && bitsOf(kind) >= 32) {
    if (!is64) {
      Expr* wide = make_.binary(Op::I64DivS, make_.unary(Op::I64ExtendI32S, a), make_.unary(Op::I64ExtendI32S, b));
      return settle(make_.unary(Op::I32WrapI64, wide));
    }
    LocalId result = newLocal(a->type);
    BlockId minusOne = newBlock(), other = newBlock(), end = newBlock();
    branch(make_.binary(Op::I64Eq, again(b), make_.i64(-1)), minusOne, other);
    startBlock(minusOne);
    set(result, negate(again(a), kind));
    jump(end);
    startBlock(other);
    set(result, make_.binary(op, a, b));
    jump(end);
    startBlock(end);
    return get(result);
  }
  return settle(wrap(make_.binary(op, a, b), kind));
}

Expr* FunctionBuilder::shift(Operator op, Expr* a, BasicKind kind, const Value& countValue) {
  bool left = op == Operator::ShiftLeft, is64 = a->type == ValueType::I64, arithmetic = !left && isSigned(kind);
  int bits = bitsOf(kind);
  Op shiftOp = left ? (is64 ? Op::I64Shl : Op::I32Shl)
                    : arithmetic ? (is64 ? Op::I64ShrS : Op::I32ShrS) : (is64 ? Op::I64ShrU : Op::I32ShrU);
  Expr* count = countValue.leaves[0];
  if (count->kind == ir::ExprKind::Const) {
    uint64_t n = count->bits;
    if (n >= static_cast<uint64_t>(bits)) {
      if (!arithmetic) return make_.zero(a->type);
      n = static_cast<uint64_t>(bits) - 1;
    }
    Expr* by = is64 ? make_.i64(static_cast<int64_t>(n)) : make_.i32(static_cast<int32_t>(n));
    Expr* shifted = make_.binary(shiftOp, a, by);
    return left ? wrap(shifted, kind) : shifted;
  }
  a = settle(a);
  Expr* wide = hold(toInt64(countValue));
  if (!isUnsigned(countValue.type)) {
    check(make_.binary(Op::I64LtS, again(wide), make_.i64(0)), program_.runtimeFunction("panicShift"), {});
  }
  // Beyond the width nothing but the sign is left; small types never reach theirs inside an i32 by accident, since 8 to 31
  // shift every bit of theirs out too (left: wrapped away; right: the value is within its range).
  int limit = is64 ? 64 : 32;
  Expr* inRange = make_.binary(Op::I64LtU, again(wide), make_.i64(limit));
  if (arithmetic) {
    Expr* bounded = make_.select(inRange, again(wide), make_.i64(limit - 1));
    return settle(make_.binary(shiftOp, a, is64 ? bounded : make_.unary(Op::I32WrapI64, bounded)));
  }
  Expr* by = is64 ? again(wide) : make_.unary(Op::I32WrapI64, again(wide));
  Expr* shifted = make_.select(inRange, make_.binary(shiftOp, a, by), make_.zero(a->type));
  return settle(left ? wrap(shifted, kind) : shifted);
}

Value FunctionBuilder::complexArithmetic(Operator op, const Value& x, const Value& y, Type* type) {
  bool isSingle = under<types::Basic>(type)->basic == BasicKind::Complex64;
  Value a = hold(x), b = hold(y);
  Op add = isSingle ? Op::F32Add : Op::F64Add, sub = isSingle ? Op::F32Sub : Op::F64Sub;
  Op mul = isSingle ? Op::F32Mul : Op::F64Mul;
  const auto leaf = [&](const Value& v, int i) { return again(v.leaves[static_cast<size_t>(i)]); };
  switch (op) {
    case Operator::Add: case Operator::Sub: {
      Op both = op == Operator::Add ? add : sub;
      return valueOf(type, std::vector<Expr*>{make_.binary(both, leaf(a, 0), leaf(b, 0)),
                                              make_.binary(both, leaf(a, 1), leaf(b, 1))});
    }
    case Operator::Mul: {
      Expr* real = make_.binary(sub, make_.binary(mul, leaf(a, 0), leaf(b, 0)), make_.binary(mul, leaf(a, 1), leaf(b, 1)));
      Expr* imag = make_.binary(add, make_.binary(mul, leaf(a, 0), leaf(b, 1)), make_.binary(mul, leaf(a, 1), leaf(b, 0)));
      return valueOf(type, std::vector<Expr*>{real, imag});
    }
    case Operator::Div: {
      // As Go does it, for complex64 too: by the complex128 division of package runtime.
      std::vector<Expr*> arguments;
      for (const Value& v : {a, b}) {
        for (int i = 0; i < 2; i++) {
          arguments.push_back(isSingle ? make_.unary(Op::F64PromoteF32, leaf(v, i)) : leaf(v, i));
        }
      }
      auto results = call(program_.runtimeFunction("complex128div"), arguments);
      if (isSingle) {
        for (Expr*& part : results) part = make_.unary(Op::F32DemoteF64, part);
      }
      return valueOf(type, results);
    }
    default: UNREACHABLE();
  }
}

// -------------------------------------------------------------------------------------------------- strings

Value FunctionBuilder::concatenate(const Operation* operation) {
  // a + b + c in one go: the operands of a left-leaning chain, left to right.
  std::vector<const syntax::Expr*> operands;
  const syntax::Expr* at = operation;
  for (;;) {
    const syntax::Expr* inner = at;
    auto* sum = syntax::as<const Operation>(inner);
    if (sum == nullptr || sum->op != Operator::Add || sum->y == nullptr || info_.of(sum).mode == types::Mode::Constant) {
      operands.push_back(at);
      break;
    }
    operands.push_back(sum->y);
    at = sum->x;
  }
  // With something constant in it the sum is a new text, and never that of an operand.
  bool isNew = std::any_of(operands.begin(), operands.end(), [&](const syntax::Expr* operand) {
    const types::TypeAndValue& known = info_.of(operand);
    return known.mode == types::Mode::Constant && !types::stringValue(known.value).empty();
  });
  std::vector<Value> parts;
  for (size_t i = operands.size(); i-- > 0;) parts.push_back(isNew ? evalUncopied(operands[i]) : eval(operands[i]));
  setPos(operation->pos);
  return concatenateValues(parts, typeOf(operation));
}

Value FunctionBuilder::concatenateValues(std::span<const Value> parts, Type* type) {
  Expr* area = stage(parts.size() * 16);
  const Layout& layout = layoutOf(type);
  for (size_t i = 0; i < parts.size(); i++) {
    for (size_t k = 0; k < 2; k++) {
      storeLeaf(layout.leaves[k], {again(area), static_cast<uint32_t>(16 * i)}, parts[i].leaves[k]);
    }
  }
  Expr* data = callEntry(abi::Entry::concatStrings, {area, make_.i32(static_cast<int32_t>(parts.size()))});
  Expr* length = secondResult();
  return valueOf(type, std::vector<Expr*>{data, length});
}

// ---------------------------------------------------------------------------------------------- comparison

Expr* FunctionBuilder::compare(Operator op, const Value& a, const Value& b) {
  if (op == Operator::Equal) return equal(a, b);
  if (op == Operator::NotEqual) return make_.isZero(equal(a, b));
  auto* basic = under<types::Basic>(a.type);
  ENSURE(basic != nullptr);
  if (basic->basic == BasicKind::String || basic->basic == BasicKind::UntypedString) {
    Expr* order = callEntry(abi::Entry::compareStrings, {a.leaves[0], a.leaves[1], b.leaves[0], b.leaves[1]});
    return make_.binary(comparisonOp(op, ValueType::I32, true), order, make_.i32(0));
  }
  return make_.binary(comparisonOp(op, a.leaves[0]->type, isSigned(basic->basic)), a.leaves[0], b.leaves[0]);
}

Value FunctionBuilder::evalLogical(const Operation* operation) {
  // a && b && c && … leans to the left, too: collect the run of one operator.
  std::vector<const syntax::Expr*> operands;
  const syntax::Expr* at = operation;
  for (;;) {
    auto* next = syntax::as<const Operation>(at);
    if (next == nullptr || next->y == nullptr || next->op != operation->op || info_.of(next).mode == types::Mode::Constant) {
      operands.push_back(at);
      break;
    }
    operands.push_back(next->y);
    at = next->x;
  }
  LocalId result = newVariableLocal(ValueType::I32);
  BlockId end = newBlock();
  for (size_t i = operands.size(); i-- > 0;) {
    set(result, eval(operands[i]).leaves[0]);
    if (i == 0) break;
    BlockId next = newBlock();
    if (operation->op == Operator::AndAnd) branch(get(result), next, end);
    else branch(get(result), end, next);
    startBlock(next);
  }
  jump(end);
  startBlock(end);
  return valueOf(typeOf(operation), std::vector<Expr*>{settle(get(result))});
}

void FunctionBuilder::condition(const syntax::Expr* e, BlockId ifTrue, BlockId ifFalse) {
  e = unparen(const_cast<syntax::Expr*>(e));
  if (auto* operation = syntax::as<const Operation>(e); operation != nullptr && info_.of(e).mode != types::Mode::Constant) {
    if (operation->op == Operator::Not && operation->y == nullptr) return condition(operation->x, ifFalse, ifTrue);
    if (operation->op == Operator::AndAnd || operation->op == Operator::OrOr) {
      std::vector<const syntax::Expr*> operands = {operation->y};
      const syntax::Expr* at = operation->x;
      for (;;) {
        auto* next = syntax::as<const Operation>(at);
        if (next == nullptr || next->y == nullptr || next->op != operation->op ||
            info_.of(next).mode == types::Mode::Constant) {
          break;
        }
        operands.push_back(next->y);
        at = next->x;
      }
      operands.push_back(at);
      for (size_t i = operands.size(); i-- > 0;) {
        if (i == 0) return condition(operands[0], ifTrue, ifFalse);
        BlockId next = newBlock();
        if (operation->op == Operator::AndAnd) condition(operands[i], next, ifFalse);
        else condition(operands[i], ifTrue, next);
        startBlock(next);
      }
    }
  }
  Value value = eval(e);
  setPos(e->pos);
  branch(value.leaves[0], ifTrue, ifFalse);
}

}  // namespace millrace::build
