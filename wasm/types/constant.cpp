// Making constants and asking them for their values.
#include "wasm/types/constant.h"

#include <cmath>
#include <vector>

#include "runtime/base/check.h"
#include "wasm/types/constant-rep.h"

namespace millrace::types {
namespace {

constexpr Constant kUnknown, kZero = {.rep = Rep::Small};
constexpr Constant kFalse = {.rep = Rep::Bool, .flag = false}, kTrue = {.rep = Rep::Bool, .flag = true};

std::span<const uint32_t> keep(Arena& arena, const Natural& number) { return arena.copy(number.limbs()); }

// Puts a rope's pieces together, once. Sums of strings grow to the left, so their depth is not bounded: no recursion.
std::string_view flatten(const Constant* rope) {
  std::vector<const Constant*> pending = {rope};
  std::vector<std::string_view> pieces;
  size_t size = 0;
  while (!pending.empty()) {
    const Constant* at = pending.back();
    pending.pop_back();
    if (at->rep == Rep::Rope) {
      pending.push_back(at->right);
      pending.push_back(at->left);
    } else {
      pieces.push_back(at->text);
      size += at->text.size();
    }
  }
  char* text = static_cast<char*>(rope->arena->allocate(size, 1));
  char* end = text;
  for (std::string_view piece : pieces) {
    if (!piece.empty()) std::memcpy(end, piece.data(), piece.size());
    end += piece.size();
  }
  auto* mutableRope = const_cast<Constant*>(rope);  // a cache: the value stays the same
  mutableRope->rep = Rep::String;
  mutableRope->text = {text, size};
  return mutableRope->text;
}

// The whole number that a constant is, if it is one.
bool wholeOf(const Constant* value, Integer& out) {
  switch (value->rep) {
    case Rep::Small:
    case Rep::Big: out = integerOf(value); return true;
    case Rep::Ratio: {
      Ratio ratio = ratioOf(value);
      out = {ratio.negative, ratio.numerator};
      return ratio.denominator.isOne();
    }
    case Rep::Float: {
      BigFloat f = bigFloatOf(value);
      if (f.exponent < 0 || f.exponent > 64) return f.mantissa.isZero();
      out = {f.negative, f.mantissa << static_cast<size_t>(f.exponent)};
      return true;
    }
    case Rep::Complex: return signOf(value->right) == 0 && wholeOf(value->left, out);
    default: return false;
  }
}

}  // namespace

const Constant* unknown() { return &kUnknown; }

const Constant* unknownConstant() { return &kUnknown; }

const Constant* makeBool(bool value) { return value ? &kTrue : &kFalse; }

const Constant* makeString(Arena& arena, std::string_view text) {
  return arena.make<Constant>(Constant{.rep = Rep::String, .text = arena.copy(text)});
}

const Constant* makeInt64(Arena& arena, int64_t value) {
  return arena.make<Constant>(Constant{.rep = Rep::Small, .small = value});
}

const Constant* makeFloat64(Arena& arena, double value) {
  if (!std::isfinite(value)) return unknown();
  int exponent = 0;
  double fraction = std::frexp(std::fabs(value), &exponent);
  Natural mantissa(static_cast<uint64_t>(std::ldexp(fraction, 53)));
  exponent -= 53;
  Ratio ratio = {value < 0, exponent > 0 ? mantissa << exponent : mantissa,
                 exponent < 0 ? Natural(1) << -exponent : Natural(1)};
  return makeRatio(arena, std::move(ratio));
}

const Constant* makeImaginary(Arena& arena, const Constant* value) {
  return makeComplex(arena, makeInt64(arena, 0), value);
}

const Constant* makeComplex(Arena& arena, const Constant* re, const Constant* im) {
  if (re->rep == Rep::Unknown || im->rep == Rep::Unknown) return unknown();
  return arena.make<Constant>(Constant{.rep = Rep::Complex, .left = re, .right = im});
}

const Constant* makeInteger(Arena& arena, const Integer& value) {
  constexpr uint64_t kLimit = uint64_t{1} << 63;
  const Natural& n = value.magnitude;
  if (n.fitsUint64() && (n.low64() < kLimit || (value.negative && n.low64() == kLimit))) {
    return makeInt64(arena, static_cast<int64_t>(value.negative ? -n.low64() : n.low64()));
  }
  return arena.make<Constant>(Constant{.rep = Rep::Big, .flag = value.negative, .limbs = keep(arena, n)});
}

const Constant* makeRatio(Arena& arena, Ratio value) {
  Natural common = gcd(value.numerator, value.denominator);
  if (!common.isOne()) {
    value.numerator = divide(value.numerator, common).first;
    value.denominator = divide(value.denominator, common).first;
  }
  if (value.numerator.bitLength() >= kSmallBits || value.denominator.bitLength() >= kSmallBits) {
    return makeBigFloat(arena, roundToFloat(value.negative, value.numerator, value.denominator, 0));
  }
  return arena.make<Constant>(Constant{.rep = Rep::Ratio,
                                       .flag = value.negative && !value.numerator.isZero(),
                                       .limbs = keep(arena, value.numerator),
                                       .denominator = keep(arena, value.denominator)});
}

const Constant* makeBigFloat(Arena& arena, const BigFloat& value) {
  if (value.mantissa.isZero()) return arena.make<Constant>(Constant{.rep = Rep::Float});
  // Go's big floats keep a 32-bit exponent: beyond is infinite, which no constant is, or zero.
  constexpr int64_t kLimit = int64_t{1} << 31;
  if (magnitudeOf(value) >= kLimit - 1) return unknown();
  if (magnitudeOf(value) < -kLimit - 1) return arena.make<Constant>(Constant{.rep = Rep::Float});
  return arena.make<Constant>(Constant{
      .rep = Rep::Float, .flag = value.negative, .small = value.exponent, .limbs = keep(arena, value.mantissa)});
}

Integer integerOf(const Constant* value) {
  if (value->rep == Rep::Big) return {value->flag, Natural(value->limbs)};
  ENSURE(value->rep == Rep::Small);
  uint64_t bits = static_cast<uint64_t>(value->small);
  return {value->small < 0, Natural(value->small < 0 ? -bits : bits)};
}

Ratio ratioOf(const Constant* value) {
  if (value->rep == Rep::Ratio) return {value->flag, Natural(value->limbs), Natural(value->denominator)};
  Integer whole = integerOf(value);
  return {whole.negative, whole.magnitude, Natural(1)};
}

BigFloat bigFloatOf(const Constant* value) {
  if (value->rep == Rep::Float) return {value->flag, Natural(value->limbs), value->small};
  Ratio ratio = ratioOf(value);
  return roundToFloat(ratio.negative, ratio.numerator, ratio.denominator, 0);
}

ConstantKind kindOf(const Constant* value) {
  switch (value->rep) {
    case Rep::Unknown: return ConstantKind::Unknown;
    case Rep::Bool: return ConstantKind::Bool;
    case Rep::String:
    case Rep::Rope: return ConstantKind::String;
    case Rep::Small:
    case Rep::Big: return ConstantKind::Int;
    case Rep::Ratio:
    case Rep::Float: return ConstantKind::Float;
    case Rep::Complex: return ConstantKind::Complex;
  }
  UNREACHABLE();
}

bool boolValue(const Constant* value) { return value->rep == Rep::Bool && value->flag; }

std::string_view stringValue(const Constant* value) {
  if (value->rep == Rep::Rope) return flatten(value);
  return value->rep == Rep::String ? value->text : std::string_view();
}

bool exactInt64(const Constant* value, int64_t* out) {
  *out = 0;
  if (value->rep == Rep::Small) {
    *out = value->small;
    return true;
  }
  Integer whole;
  if (!wholeOf(value, whole) || !whole.magnitude.fitsUint64()) return false;
  uint64_t bits = whole.magnitude.low64(), limit = uint64_t{1} << 63;
  if (whole.negative ? bits > limit : bits >= limit) return false;
  *out = static_cast<int64_t>(whole.negative ? -bits : bits);
  return true;
}

bool exactUint64(const Constant* value, uint64_t* out) {
  Integer whole;
  *out = 0;
  if (!wholeOf(value, whole) || !whole.magnitude.fitsUint64()) return false;
  if (whole.negative && !whole.magnitude.isZero()) return false;
  *out = whole.magnitude.low64();
  return true;
}

const Constant* realPart(const Constant* value) { return value->rep == Rep::Complex ? value->left : value; }

const Constant* imaginaryPart(const Constant* value) {
  if (value->rep == Rep::Complex) return value->right;
  return value->rep == Rep::Unknown ? value : &kZero;
}

int sign(const Constant* value) {
  const Constant* part = realPart(value);
  switch (part->rep) {
    case Rep::Small: return part->small < 0 ? -1 : part->small > 0 ? 1 : 0;
    case Rep::Big:
    case Rep::Ratio:
    case Rep::Float: return part->limbs.empty() ? 0 : part->flag ? -1 : 1;
    default: return 1;
  }
}

int signOf(const Constant* value) {
  return value->rep == Rep::Complex ? sign(value->left) | sign(value->right) : sign(value);
}

size_t bitLength(const Constant* value) {
  if (value->rep != Rep::Small && value->rep != Rep::Big) return 0;
  return integerOf(value).magnitude.bitLength();
}

bool sameValue(const Constant* x, const Constant* y) {
  return x->rep != Rep::Unknown && compareOp(x, syntax::Operator::Equal, y);
}

uint64_t hashConstant(const Constant* value) {
  int64_t whole;
  switch (kindOf(value)) {
    case ConstantKind::Unknown: return 0;
    case ConstantKind::Bool: return boolValue(value) ? 1 : 2;
    case ConstantKind::String: return std::hash<std::string_view>()(stringValue(value));
    default: break;
  }
  if (exactInt64(value, &whole)) return static_cast<uint64_t>(whole) * 0x9e3779b97f4a7c15u;
  return __builtin_bit_cast(uint64_t, float64Value(realPart(value))) * 31 +
         __builtin_bit_cast(uint64_t, float64Value(imaginaryPart(value)));
}

}  // namespace millrace::types
