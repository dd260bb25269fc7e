// Unary and binary operations.
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

namespace {

Pos operatorPos(Expr* e) {
  if (e == nullptr) return {};
  return e->kind == NodeKind::Operation ? e->pos : syntax::startPos(e);
}

bool isShift(Operator op) { return op == Operator::ShiftLeft || op == Operator::ShiftRight; }
bool isComparison(Operator op) { return op >= Operator::Equal && op <= Operator::GreaterEqual; }

// The types that a binary operator is defined on; 0: it is not a binary arithmetic or logical operator.
uint16_t operandInfo(Operator op) {
  switch (op) {
    case Operator::Add: return kIsNumeric | kIsString;
    case Operator::Sub:
    case Operator::Mul:
    case Operator::Div: return kIsNumeric;
    case Operator::Rem:
    case Operator::And:
    case Operator::Or:
    case Operator::Xor:
    case Operator::AndNot: return kIsInteger;
    case Operator::AndAnd:
    case Operator::OrOr: return kIsBoolean;
    default: return 0;
  }
}

}  // namespace

bool Checker::requireOperator(Operand& x, Operator op, uint16_t info) {
  if (info == 0) {
    error(&x, {"invalid syntax tree: unknown operator ", op});
    return false;
  }
  if (allBasic(x.type, info)) return true;
  error(&x, {"invalid operation: operator ", op, " not defined on ", &x});
  return false;
}

// *x: a pointer type or what a pointer points to.
bool Checker::indirection(Operand& x, Operation* e) {
  exprOrType(x, e->x, false);
  if (!x.valid()) return false;
  if (x.mode == Mode::TypeExpr) {
    checkUsableAsVar(e->x, x.type);
    x.type = newPointer(x.type);
    return true;
  }
  Type* base = nullptr;
  bool valid = forEachType(x.type, [&](Type*, Type* u) {
    auto* pointer = as<Pointer>(u);
    if (pointer == nullptr) {
      error(&x, {"invalid operation: cannot indirect ", &x});
      return false;
    }
    if (base != nullptr && !identical(pointer->base, base)) {
      error(&x, {"invalid operation: pointers of ", &x, " must have identical base types"});
      return false;
    }
    base = pointer->base;
    return true;
  });
  if (!valid) return false;
  x.mode = Mode::Variable;
  x.type = base;
  return true;
}

bool Checker::unary(Operand& x, Operation* e) {
  expr(x, e->x);
  if (!x.valid()) return false;
  Operator op = e->op;
  uint16_t info = 0;
  switch (op) {
    case Operator::And:  // &x
      if (x.mode != Mode::Variable && as<CompositeLit>(unparen(e->x)) == nullptr) {
        error(&x, {"invalid operation: cannot take address of ", &x});
        return false;
      }
      x.mode = Mode::Value;
      x.type = newPointer(x.type);
      return true;
    case Operator::Receive: {
      Type* element = channelElement(&x, x, true);
      if (element == nullptr) return false;
      x.mode = Mode::CommaOk;
      x.type = element;
      env_.hasCallOrReceive = true;
      return true;
    }
    case Operator::Tilde:
      // Go on as for ^, which may be meant.
      if (!allBasic(x.type, kIsInteger)) {
        error(e, {"cannot use ~ outside of interface or type constraint"});
        return false;
      }
      error(e, {"cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)"});
      op = Operator::Xor;
      info = kIsInteger;
      break;
    case Operator::Add:
    case Operator::Sub: info = kIsNumeric; break;
    case Operator::Xor: info = kIsInteger; break;
    case Operator::Not: info = kIsBoolean; break;
    default: break;
  }
  if (!requireOperator(x, op, info)) return false;
  if (!x.isConstant()) {
    x.mode = Mode::Value;
    return true;
  }
  if (kindOf(x.value) == ConstantKind::Unknown) return true;
  unsigned bits = isUnsigned(x.type) ? static_cast<unsigned>(sizeOf(x.type) * 8) : 0;
  x.value = unaryOp(arena_, op, x.value, bits);
  x.expr = e;
  checkOverflow(x, operatorPos(e));
  return x.valid();
}

// The element type of a channel operand; null, and reported, when one cannot receive from or send to it.
Type* Checker::channelElement(At at, Operand& x, bool receive) {
  std::string cause;
  Type* common = commonUnderlying(x.type, &cause, naming_, [&](Type* type, Type* u) {
    if (u == nullptr) return std::string("no specific channel type");
    auto* chan = as<Chan>(u);
    if (chan == nullptr) return format({"non-channel ", type});
    if (receive && chan->direction == ChanDir::SendOnly) return format({"send-only channel ", type});
    if (!receive && chan->direction == ChanDir::ReceiveOnly) return format({"receive-only channel ", type});
    return std::string();
  });
  if (common != nullptr) return static_cast<Chan*>(common)->element;
  std::string_view what = receive ? "invalid operation: cannot receive from " : "invalid operation: cannot send to ";
  if (isTypeParam(x.type)) {
    error(at, {what, &x, ": ", cause});
  } else {
    error(at, {what, cause, " ", &x});
  }
  return nullptr;
}

// a + b + c + ... leans to the left and may be long: its left spine is walked, not recursed into.
void Checker::binaryExpr(Operand& x, Operation* e) {
  std::vector<Operation*> spine;
  Expr* left = e;
  for (auto* operation = e; operation != nullptr && operation->y != nullptr; operation = as<Operation>(left)) {
    spine.push_back(operation);
    left = operation->x;
  }
  expr(x, left);
  for (size_t i = spine.size(); i-- > 0;) {
    Operation* operation = spine[i];
    Operand y;
    expr(y, operation->y);
    binary(x, y, operation, operation->x, operation->y, operation->op);
    x.expr = operation;
    if (i == 0) return;
    requireFinite(x);
    record(x);
  }
}

// x op y of two operands; `e` is null for x op= y.
void Checker::binary(Operand& x, Operand& y, Expr* e, Expr* lhs, Expr* rhs, Operator op) {
  if (!x.valid()) return;
  if (!y.valid()) {
    x.invalidate();
    x.expr = y.expr;
    return;
  }
  if (isShift(op)) return shift(x, y, e, op);
  matchTypes(x, y);
  if (!x.valid()) return;
  if (isComparison(op)) return comparison(x, y, op);
  if (!identical(x.type, y.type)) {
    if (isValid(x.type) && isValid(y.type)) {
      if (e != nullptr) {
        error(&x, {"invalid operation: ", e, " (mismatched types ", x.type, " and ", y.type, ")"});
      } else {
        error(&x, {"invalid operation: ", lhs, " ", op, "= ", rhs, " (mismatched types ", x.type, " and ", y.type,
                   ")"});
      }
    }
    return x.invalidate();
  }
  if (!requireOperator(x, op, operandInfo(op))) return x.invalidate();
  bool bothConstant = x.isConstant() && y.isConstant();
  if (op == Operator::Div || op == Operator::Rem) {
    bool zero = (x.isConstant() || allBasic(x.type, kIsInteger)) && y.isConstant() && signOf(y.value) == 0;
    if (!zero && bothConstant && isComplex(x.type)) {
      // A part may vanish when it is squared.
      auto squareIsZero = [&](const Constant* part) {
        return signOf(binaryOp(arena_, part, Operator::Mul, part)) == 0;
      };
      zero = squareIsZero(realPart(y.value)) && squareIsZero(imaginaryPart(y.value));
    }
    if (zero) {
      error(&y, {"invalid operation: division by zero"});
      return x.invalidate();
    }
  }
  if (!bothConstant) {
    x.mode = Mode::Value;
    return;
  }
  if (kindOf(x.value) == ConstantKind::Unknown || kindOf(y.value) == ConstantKind::Unknown) {
    x.value = unknownConstant();
    return;
  }
  x.value = binaryOp(arena_, x.value, op, y.value, isInteger(x.type));
  x.expr = e;
  checkOverflow(x, operatorPos(e));
}

// An untyped operand takes the type of the other one, where that makes sense at all: else the mismatch is reported as
// one.
void Checker::matchTypes(Operand& x, Operand& y) {
  auto mayConvert = [](Operand& a, Operand& b) {
    if (isTyped(a.type) && isTyped(b.type)) return false;
    if (allBasic(a.type, kIsNumeric) != allBasic(b.type, kIsNumeric)) return false;
    if (isNonTypeParamInterface(a.type) || isNonTypeParamInterface(b.type)) return true;
    if (allBasic(a.type, kIsBoolean) != allBasic(b.type, kIsBoolean)) return false;
    if (allBasic(a.type, kIsString) != allBasic(b.type, kIsString)) return false;
    if (a.isNil()) return hasNil(b.type);
    if (b.isNil()) return hasNil(a.type);
    return under<Pointer>(a.type) == nullptr && under<Pointer>(b.type) == nullptr;
  };
  if (!mayConvert(x, y)) return;
  convertUntyped(x, y.type);
  if (!x.valid()) return;
  convertUntyped(y, x.type);
  if (!y.valid()) x.invalidate();
}

void Checker::shift(Operand& x, Operand& y, Expr* e, Operator op) {
  // The left operand is an integer, or an untyped constant that can be one.
  const Constant* value = x.isConstant() ? toInt(arena_, x.value) : nullptr;
  bool integral = value != nullptr && kindOf(value) == ConstantKind::Int;
  if (!allBasic(x.type, kIsInteger) && !(isUntyped(x.type) && integral)) {
    error(&x, {"invalid operation: shifted operand ", &x, " must be integer"});
    return x.invalidate();
  }
  const Constant* count = nullptr;
  if (y.isConstant()) {
    count = toInt(arena_, y.value);
    if (kindOf(count) == ConstantKind::Int && signOf(count) < 0) {
      error(&y, {"invalid operation: negative shift count ", &y});
      return x.invalidate();
    }
    if (isUntyped(y.type)) representable(y, basic(BasicKind::Uint));
  } else if (allBasic(y.type, kIsInteger)) {
    if (!allBasic(y.type, kIsUnsigned) &&
        !requireVersion(&y, GoVersion{13}, {"invalid operation: signed shift count ", &y})) {
      y.invalidate();
    }
  } else if (isUntyped(y.type)) {
    convertUntyped(y, basic(BasicKind::Uint));
  } else {
    error(&y, {"invalid operation: shift count ", &y, " must be integer"});
    y.invalidate();
  }
  if (!y.valid()) return x.invalidate();

  if (x.isConstant() && y.isConstant()) {
    if (kindOf(x.value) == ConstantKind::Unknown || kindOf(y.value) == ConstantKind::Unknown) {
      x.value = unknownConstant();
      if (!isInteger(x.type)) x.type = basic(BasicKind::UntypedInt);
      return;
    }
    constexpr uint64_t kMaxCount = 1023 - 1 + 52;  // enough for the smallest float64
    uint64_t bits;
    if (!exactUint64(count, &bits) || bits > kMaxCount) {
      error(&y, {"invalid operation: invalid shift count ", &y});
      return x.invalidate();
    }
    // 1.0 << 3 is an untyped integer constant.
    if (!isInteger(x.type)) x.type = basic(BasicKind::UntypedInt);
    x.value = shiftOp(arena_, value, op, static_cast<unsigned>(bits));
    x.expr = e;
    return checkOverflow(x, operatorPos(e));
  }
  if (x.isConstant() && isUntyped(x.type)) {
    // The type that the operand will have is that which the shift takes from its context: checked when it is known.
    if (isPending(x.expr)) flags_[x.expr->id] |= kShiftOperand;
    x.mode = Mode::Value;
    return;
  }
  if (!allBasic(x.type, kIsInteger)) {
    error(&x, {"invalid operation: shifted operand ", &x, " must be integer"});
    return x.invalidate();
  }
  x.mode = Mode::Value;
}

std::string Checker::incomparableCause(Type* type) {
  switch (underlying(type)->kind) {
    case TypeKind::Slice:
    case TypeKind::Signature:
    case TypeKind::Map: return std::string(compositeKind(type)) + " can only be compared to nil";
    default: break;
  }
  std::string cause;
  isComparableType(type, true, &cause, naming_);
  return cause;
}

void Checker::comparison(Operand& x, Operand& y, Operator op, bool switchCase) {
  if (!isValid(x.type) || !isValid(y.type)) return x.invalidate();
  if (switchCase) op = Operator::Equal;
  Operand* culprit = &x;
  std::string cause;
  bool valid = isAssignable(x, y.type, nullptr) || isAssignable(y, x.type, nullptr);
  if (!valid) {
    culprit = &y;
    cause = format({"mismatched types ", x.type, " and ", y.type});
  } else if (op == Operator::Equal || op == Operator::NotEqual) {
    if (x.isNil() || y.isNil()) {
      valid = hasNil(x.isNil() ? y.type : x.type);
      culprit = &y;
    } else if (!isComparable(x.type)) {
      valid = false;
      cause = incomparableCause(x.type);
    } else if (!isComparable(y.type)) {
      valid = false;
      culprit = &y;
      cause = incomparableCause(y.type);
    }
  } else if (!allBasic(x.type, kIsOrdered)) {
    valid = false;
  } else if (!allBasic(y.type, kIsOrdered)) {
    valid = false;
    culprit = &y;
  }
  if (valid) {
    if (x.isConstant() && y.isConstant()) {
      x.value = makeBool(compareOp(x.value, op, y.value));
    } else {
      x.mode = Mode::Value;
      // The operands are never part of anything else: they take their default types now.
      updateExprType(x.expr, defaultType(x.type), true);
      updateExprType(y.expr, defaultType(y.type), true);
    }
    x.type = basic(BasicKind::UntypedBool);
    return;
  }
  if (cause.empty()) {
    if (isTypeParam(x.type) || isTypeParam(y.type)) {
      if (!isTypeParam(x.type)) culprit = &y;
      cause = format({"type parameter ", culprit->type, " cannot use operator ", op});
    } else {
      std::string_view kind = compositeKind(culprit->type);
      cause = format({"operator ", op, " not defined on ", kind.empty() ? format({culprit->type}) : std::string(kind)});
    }
  }
  if (switchCase) {
    error(&x, {"invalid case ", x.expr, " in switch on ", y.expr, " (", cause, ")"});
  } else {
    error(culprit, {"invalid operation: ", x.expr, " ", op, " ", y.expr, " (", cause, ")"});
  }
  x.invalidate();
}

}  // namespace millrace::types
