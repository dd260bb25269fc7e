// Conversions T(x).
#include "wasm/syntax/unicode.h"
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

// Can the constant x become a constant of a basic type?
bool Checker::convertConstant(Operand& x, Type* type, const Constant** value) {
  auto* target = under<Basic>(type);
  if (target == nullptr) return false;
  if (isRepresentable(x.value, target, value)) return true;
  if (!isInteger(x.type) || (infoOf(target->basic) & kIsString) == 0) return false;
  uint64_t code;
  std::string text;
  appendRune(text, exactUint64(x.value, &code) && code <= kMaxRune ? static_cast<char32_t>(code) : kRuneError);
  if (value != nullptr) *value = makeString(arena_, text);
  return true;
}

// Can it become a value of each type in a type parameter's set?
bool Checker::convertConstantToParam(Operand& x, Type* type, std::string* cause) {
  return forEachType(type, [&](Type*, Type* u) {
    if (u == nullptr) {
      *cause = format({type, " does not contain specific types"});
      return false;
    }
    if (isString(x.type) && isBytesOrRunes(u)) return true;
    if (convertConstant(x, u, nullptr)) return true;
    if (isInteger(x.type) && isInteger(u)) {
      *cause = format({"constant ", x.value, " overflows ", u, " (in ", type, ")"});
    } else {
      *cause = format({"cannot convert ", &x, " to type ", u, " (in ", type, ")"});
    }
    return false;
  });
}

void Checker::convert(Operand& x, Type* type) {
  bool constant = x.isConstant(), valid = false;
  std::string cause;
  if (constant && isConstType(type)) {
    valid = convertConstant(x, type, &x.value);
    if (!valid && isInteger(x.type) && isInteger(type)) {
      error(&x, {"constant ", x.value, " overflows ", type});
      return x.invalidate();
    }
  } else if (constant && isTypeParam(type)) {
    valid = convertConstantToParam(x, type, &cause);
    x.mode = Mode::Value;  // type parameters have no constants
  } else if (isConvertible(x, type, &cause)) {
    valid = true;
    x.mode = Mode::Value;
  }
  if (!valid) {
    error(&x, {"cannot convert ", &x, " to type ", type, cause.empty() ? "" : ": ", cause});
    return x.invalidate();
  }
  if (isUntyped(x.type)) {
    // What the operand becomes before it is converted.
    Type* final = type;
    bool isNil = x.type == basic(BasicKind::UntypedNil);
    if (!isNil && (isNonTypeParamInterface(type) || (constant && !isConstType(type)))) {
      final = defaultType(x.type);
    } else if (x.isConstant() && isInteger(x.type) && allBasic(type, kIsString)) {
      final = x.type;  // string(65): the number stays one
    }
    updateExprType(x.expr, final, true);
  }
  x.type = type;
}

bool Checker::isConvertible(Operand& x, Type* type, std::string* cause) {
  if (isAssignable(x, type, cause)) return true;
  Type *from = unalias(x.type), *to = unalias(type);
  Type *fromUnder = underlying(from), *toUnder = underlying(to);
  auto *fromParam = as<TypeParam>(from), *toParam = as<TypeParam>(to);
  if (fromParam == nullptr && toParam == nullptr && identicalIgnoringTags(fromUnder, toUnder)) return true;
  auto *fromPointer = as<Pointer>(from), *toPointer = as<Pointer>(to);
  if (fromPointer != nullptr && toPointer != nullptr && !isTypeParam(fromPointer->base) &&
      !isTypeParam(toPointer->base) &&
      identicalIgnoringTags(underlying(fromPointer->base), underlying(toPointer->base))) {
    return true;
  }
  constexpr uint16_t kReal = kIsInteger | kIsFloat;
  if (isBasic(fromUnder, kReal) && isBasic(toUnder, kReal)) return true;
  if (isComplex(fromUnder) && isComplex(toUnder)) return true;
  if ((isInteger(fromUnder) || isBytesOrRunes(fromUnder)) && isString(toUnder)) return true;
  if (isString(fromUnder) && isBytesOrRunes(toUnder)) return true;
  auto isAddress = [](Type* t) { return as<Pointer>(t) != nullptr || isBasicKind(t, BasicKind::Uintptr); };
  if (isAddress(fromUnder) && isBasicKind(toUnder, BasicKind::UnsafePointer)) return true;
  if (isBasicKind(fromUnder, BasicKind::UnsafePointer) && isAddress(toUnder)) return true;
  if (auto* slice = as<Slice>(fromUnder)) {
    auto* array = as<Array>(toUnder);
    auto* pointer = as<Pointer>(toUnder);
    if (pointer != nullptr) array = under<Array>(pointer->base);
    if (array != nullptr && identical(slice->element, array->element)) {
      GoVersion since = {pointer != nullptr ? 17 : 20};
      if (allowsVersion(since)) return true;
      if (cause != nullptr) {
        *cause = format({"conversion of slice to array ", pointer != nullptr ? "pointer " : "", "requires ",
                         versionText(since), " or later"});
      }
      return false;
    }
  }
  if (fromParam == nullptr && toParam == nullptr) return false;

  // Every type of a type parameter's set must be convertible.
  auto explain = [&](Pieces pieces) {
    if (cause == nullptr) return false;
    *cause = format(pieces) + (cause->empty() ? "" : "\n\t" + *cause);
    return false;
  };
  Operand part = x;
  if (fromParam == nullptr) {
    return forEachTerm(toParam, [&](const Term* term) {
      if (term == nullptr) return false;
      if (isConvertible(part, term->type, cause)) return true;
      return explain({"cannot convert ", x.type, " to type ", term->type, " (in ", toParam, ")"});
    });
  }
  return forEachTerm(fromParam, [&](const Term* fromTerm) {
    if (fromTerm == nullptr) return false;
    part.type = fromTerm->type;
    if (toParam == nullptr) {
      if (isConvertible(part, to, cause)) return true;
      return explain({"cannot convert ", fromTerm->type, " (in ", fromParam, ") to type ", type});
    }
    return forEachTerm(toParam, [&](const Term* toTerm) {
      if (toTerm == nullptr) return false;
      if (isConvertible(part, toTerm->type, cause)) return true;
      return explain({"cannot convert ", fromTerm->type, " (in ", fromParam, ") to type ", toTerm->type, " (in ",
                      toParam, ")"});
    });
  });
}

}  // namespace millrace::types
