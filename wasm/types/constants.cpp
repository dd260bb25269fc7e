// Which constants a type can represent, and overflow of constant expressions.
#include <cmath>

#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

namespace {

// How the operation is called in "constant ... overflow".
std::string_view operationName(Expr* e) {
  auto* operation = as<Operation>(e);
  if (operation == nullptr) return "";
  if (operation->y == nullptr) return operation->op == Operator::Xor ? "bitwise complement " : "";
  switch (operation->op) {
    case Operator::Add: return "addition ";
    case Operator::Sub: return "subtraction ";
    case Operator::Xor: return "bitwise XOR ";
    case Operator::Mul: return "multiplication ";
    case Operator::ShiftLeft: return "shift ";
    default: return "";
  }
}

struct IntegerRange {
  bool isSigned;
  unsigned bits;
};

IntegerRange rangeOf(BasicKind kind) {
  switch (kind) {
    case BasicKind::Int8: return {true, 8};
    case BasicKind::Int16: return {true, 16};
    case BasicKind::Int32: return {true, 32};
    case BasicKind::Uint8: return {false, 8};
    case BasicKind::Uint16: return {false, 16};
    case BasicKind::Uint32: return {false, 32};
    case BasicKind::Uint:
    case BasicKind::Uint64:
    case BasicKind::Uintptr: return {false, 64};
    default: return {true, 64};
  }
}

bool fitsInteger(const Constant* value, BasicKind kind) {
  if (kind == BasicKind::UntypedInt || kind == BasicKind::UntypedRune) return true;
  auto [isSigned, bits] = rangeOf(kind);
  int64_t small;
  if (!exactInt64(value, &small)) return !isSigned && bits == 64 && sign(value) >= 0 && bitLength(value) <= 64;
  if (!isSigned) return small >= 0 && (bits == 64 || small < int64_t{1} << bits);
  if (bits == 64) return true;
  int64_t limit = int64_t{1} << (bits - 1);
  return -limit <= small && small < limit;
}

}  // namespace

// Limits constant expressions, and checks that typed ones fit their type. `pos` is where an overflow is reported.
void Checker::checkOverflow(Operand& x, Pos pos) {
  if (kindOf(x.value) == ConstantKind::Unknown) return error(pos, {"constant result is not representable"});
  if (isTyped(x.type)) {
    if (auto* b = under<Basic>(x.type)) representable(x, b);
    return;
  }
  constexpr size_t kMaxBits = 512;
  if (kindOf(x.value) == ConstantKind::Int && bitLength(x.value) > kMaxBits) {
    error(pos, {"constant ", operationName(x.expr), "overflow"});
    x.value = unknownConstant();
  }
}

// `rounded`, if not null, is the value as the type holds it.
bool Checker::isRepresentable(const Constant* value, const Basic* type, const Constant** rounded) {
  if (kindOf(value) == ConstantKind::Unknown) return true;
  uint16_t info = infoOf(type->basic);
  if ((info & kIsInteger) != 0) {
    value = toInt(arena_, value);
    if (kindOf(value) != ConstantKind::Int) return false;
    if (rounded != nullptr) *rounded = value;
    return fitsInteger(value, type->basic);
  }
  auto round = [this, type](const Constant* part) {
    bool isSingle = type->basic == BasicKind::Float32 || type->basic == BasicKind::Complex64;
    return isSingle ? roundedToFloat32(arena_, part) : roundedToFloat64(arena_, part);
  };
  if ((info & kIsFloat) != 0) {
    value = toFloat(arena_, value);
    if (kindOf(value) != ConstantKind::Float) return false;
    if (type->basic == BasicKind::UntypedFloat) return true;
    const Constant* result = round(value);
    if (result != nullptr && rounded != nullptr) *rounded = result;
    return result != nullptr;
  }
  if ((info & kIsComplex) != 0) {
    value = toComplex(arena_, value);
    if (kindOf(value) != ConstantKind::Complex) return false;
    if (type->basic == BasicKind::UntypedComplex) return true;
    const Constant *re = round(realPart(value)), *im = round(imaginaryPart(value));
    if (re == nullptr || im == nullptr) return false;
    if (rounded != nullptr) *rounded = binaryOp(arena_, re, Operator::Add, makeImaginary(arena_, im));
    return true;
  }
  if ((info & kIsString) != 0) return kindOf(value) == ConstantKind::String;
  return (info & kIsBoolean) != 0 && kindOf(value) == ConstantKind::Bool;
}

Checker::Conversion Checker::representation(Operand& x, const Basic* type, const Constant** value) {
  *value = x.value;
  if (isRepresentable(x.value, type, value)) return Conversion::Ok;
  *value = nullptr;
  uint16_t info = infoOf(type->basic);
  if (!isNumeric(x.type) || (info & kIsNumeric) == 0) return Conversion::Invalid;
  return !isInteger(x.type) && (info & kIsInteger) != 0 ? Conversion::Truncated : Conversion::Overflows;
}

void Checker::representable(Operand& x, const Basic* type) {
  const Constant* value;
  Conversion result = representation(x, type, &value);
  if (result != Conversion::Ok) {
    reportConversion(result, x, const_cast<Basic*>(type));
    return x.invalidate();
  }
  x.value = value;
}

// Notations of numbers that came with Go 1.13.
void Checker::checkLiteralVersion(BasicLit* e) {
  std::string_view text = e->text;
  constexpr GoVersion kSince = {13};
  if (text.size() <= 2 || allowsVersion(kSince)) return;
  if (text.find('_') != text.npos) return versionError(e, kSince, {"underscore in numeric literal"});
  if (text[0] != '0') return;
  char radix = static_cast<char>(text[1] | 0x20);
  if (radix == 'b') return versionError(e, kSince, {"binary literal"});
  if (radix == 'o') return versionError(e, kSince, {"0o/0O-style octal literal"});
  if (radix == 'x' && e->literal != LiteralKind::Int) versionError(e, kSince, {"hexadecimal floating-point literal"});
}

void Checker::basicLit(Operand& x, BasicLit* e) {
  if (e->bad) return;
  static constexpr BasicKind kKinds[] = {BasicKind::UntypedInt, BasicKind::UntypedFloat, BasicKind::UntypedComplex,
                                         BasicKind::UntypedRune, BasicKind::UntypedString};
  if (e->literal <= LiteralKind::Imaginary) {
    checkLiteralVersion(e);
    constexpr size_t kLongest = 10000;  // arithmetic takes time
    if (e->text.size() > kLongest) {
      return error(e, {"excessively long constant: ", e->text.substr(0, 10), "... (", e->text.size(), " chars)"});
    }
  }
  x.value = fromLiteral(arena_, e->text, e->literal);
  if (kindOf(x.value) == ConstantKind::Unknown) return error(e, {"malformed constant: ", e->text});
  x.mode = Mode::Constant;
  x.type = basic(kKinds[static_cast<size_t>(e->literal)]);
  x.expr = e;
  if (e->literal <= LiteralKind::Imaginary) checkOverflow(x, e->pos);
}

}  // namespace millrace::types
