// Untyped operands: which type they take, and telling it to the expressions that they were made from.
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

namespace {

bool isComparison(Operator op) { return op >= Operator::Equal && op <= Operator::GreaterEqual; }
bool isShift(Operator op) { return op == Operator::ShiftLeft || op == Operator::ShiftRight; }

}  // namespace

// The type of the untyped expression `e` is now `type`, and so, where they contribute to it, are those of its parts.
// When `final` or when `type` is typed, this is the last word.
void Checker::updateExprType(Expr* e, Type* type, bool final) {
  // Sums lean to the left: the left operands are walked down first, then settled on the way up.
  std::vector<Expr*> spine;
  while (e != nullptr && isPending(e)) {
    spine.push_back(e);
    if (auto* paren = as<ParenExpr>(e)) {
      e = paren->x;
      continue;
    }
    auto* operation = as<Operation>(e);
    // Operands of constant operations stay untyped; those of comparisons have their types already.
    bool descend = operation != nullptr && info_.expressions[e->id].value == nullptr;
    if (descend && operation->y != nullptr) descend = !isComparison(operation->op);
    if (!descend) break;
    e = operation->x;
  }
  for (size_t i = spine.size(); i-- > 0;) {
    Expr* at = spine[i];
    auto* operation = as<Operation>(at);
    bool arithmetic = operation != nullptr && operation->y != nullptr && !isComparison(operation->op) &&
                      !isShift(operation->op) && info_.expressions[at->id].value == nullptr;
    if (arithmetic) updateExprType(operation->y, type, final);
    settleExprType(at, type, final);
  }
}

void Checker::settleExprType(Expr* e, Type* type, bool final) {
  TypeAndValue& known = info_.expressions[e->id];
  if (!final && isUntyped(type)) {
    known.type = underlying(type);
    return;
  }
  bool isShiftOperand = (flags_[e->id] & kShiftOperand) != 0;
  flags_[e->id] &= kPanics;
  if (isShiftOperand && !allBasic(type, kIsInteger)) {
    error(e, {"invalid operation: shifted operand ", e, " (type ", type, ") must be integer"});
    return;
  }
  TypeAndValue settled = known;
  if (settled.value != nullptr) {
    Operand constant = {.mode = settled.mode, .expr = e, .type = settled.type, .value = settled.value};
    convertUntyped(constant, type);
    if (!constant.valid()) return;
  }
  recordTypeAndValue(e, settled.mode, type, settled.value);
}

void Checker::updateExprValue(Expr* e, const Constant* value) {
  if (e != nullptr && isPending(e)) info_.expressions[e->id].value = value;
}

// The type that x, if untyped, takes when it is converted implicitly to `target`, and its rounded value.
Checker::Conversion Checker::implicitType(Operand& x, Type* target, Type** type, const Constant** value) {
  *type = x.type;
  *value = nullptr;
  if (!x.valid() || isTyped(x.type) || !isValid(target)) return Conversion::Ok;
  if (isUntyped(target)) {
    *type = largerUntyped(x.type, target);
    return *type != nullptr ? Conversion::Ok : Conversion::Invalid;
  }
  if (x.isNil()) {
    *type = target;
    return hasNil(target) ? Conversion::Ok : Conversion::Invalid;
  }
  Type* under = underlying(target);
  if (auto* b = as<Basic>(under)) {
    *type = target;
    if (x.isConstant()) return representation(x, b, value);
    // Comparisons and shifts may be untyped without being constant.
    uint16_t info = infoOf(static_cast<Basic*>(x.type)->basic);
    uint16_t wanted = (info & kIsBoolean) != 0   ? kIsBoolean
                      : (info & kIsNumeric) != 0 ? kIsNumeric
                      : (info & kIsString) != 0  ? kIsString
                                                 : 0;
    return isBasic(target, wanted) ? Conversion::Ok : Conversion::Invalid;
  }
  if (auto* interface = as<Interface>(under)) {
    if (isTypeParam(target)) {
      *type = target;
      bool all = forEachType(target, [&](Type*, Type* u) {
        Type* ignoredType;
        const Constant* ignoredValue;
        return u != nullptr && implicitType(x, u, &ignoredType, &ignoredValue) == Conversion::Ok;
      });
      return all ? Conversion::Ok : Conversion::Invalid;
    }
    // Only an interface without methods can hold every value.
    if (!typeSetOf(interface)->isAll()) return Conversion::Invalid;
    *type = defaultType(x.type);
    return Conversion::Ok;
  }
  return Conversion::Invalid;
}

void Checker::convertUntyped(Operand& x, Type* target) {
  Type* type;
  const Constant* value;
  Conversion result = implicitType(x, target, &type, &value);
  if (result != Conversion::Ok) {
    reportConversion(result, x, isTypeParam(target) ? target : underlying(target));
    return x.invalidate();
  }
  if (value != nullptr) {
    x.value = value;
    updateExprValue(x.expr, value);
  }
  if (type != x.type) {
    x.type = type;
    updateExprType(x.expr, type, false);
  }
}

void Checker::reportConversion(Conversion why, Operand& x, Type* target) {
  switch (why) {
    case Conversion::Truncated: return error(&x, {&x, " truncated to ", target});
    case Conversion::Overflows: return error(&x, {&x, " overflows ", target});
    default: return error(&x, {"cannot convert ", &x, " to type ", target});
  }
}

}  // namespace millrace::types
