// Floats of 512 bits, and rounding of exact values to float64 and float32.
#include <algorithm>
#include <cmath>
#include <limits>

#include "wasm/types/constant-rep.h"

namespace millrace::types {
namespace {

// Shifts by a signed number of bits; nothing may be lost to the right.
Natural scaled(const Natural& value, int64_t bits) {
  return bits >= 0 ? value << static_cast<size_t>(bits) : value >> static_cast<size_t>(-bits);
}

// floor(log2(numerator / denominator)) for numbers that are not 0.
int64_t magnitudeOf(const Natural& numerator, const Natural& denominator) {
  int64_t bits = static_cast<int64_t>(numerator.bitLength()) - static_cast<int64_t>(denominator.bitLength());
  bool below = bits >= 0 ? compare(numerator, denominator << bits) < 0 : compare(numerator << -bits, denominator) < 0;
  return below ? bits - 1 : bits;
}

// numerator / denominator / 2^exponent as a whole number, ties to even.
Natural roundedQuotient(const Natural& numerator, const Natural& denominator, int64_t exponent) {
  auto [quotient, rest] = exponent <= 0 ? divide(scaled(numerator, -exponent), denominator)
                                        : divide(numerator, scaled(denominator, exponent));
  const Natural divisor = exponent <= 0 ? denominator : scaled(denominator, exponent);
  int half = compare(rest << 1, divisor);
  if (half > 0 || (half == 0 && quotient.bit(0))) quotient = quotient + Natural(1);
  return quotient;
}

}  // namespace

BigFloat roundToFloat(bool negative, const Natural& numerator, const Natural& denominator, int64_t exponent) {
  if (numerator.isZero()) return {};
  int64_t lowest = magnitudeOf(numerator, denominator) - static_cast<int64_t>(kFloatBits - 1);
  Natural mantissa = roundedQuotient(numerator, denominator, lowest);
  size_t zeros = mantissa.trailingZeros();
  return {negative, mantissa >> zeros, exponent + lowest + static_cast<int64_t>(zeros)};
}

int64_t magnitudeOf(const BigFloat& value) {
  return value.exponent + static_cast<int64_t>(value.mantissa.bitLength()) - 1;
}

bool isSmall(const BigFloat& value) {
  if (value.mantissa.isZero()) return true;
  int64_t bits = magnitudeOf(value) + 1;
  return -static_cast<int64_t>(kSmallBits) < bits && bits < static_cast<int64_t>(kSmallBits);
}

BigFloat add(const BigFloat& a, const BigFloat& b) {
  if (a.mantissa.isZero()) return b;
  if (b.mantissa.isZero()) return a;
  const BigFloat& large = magnitudeOf(a) >= magnitudeOf(b) ? a : b;
  BigFloat small = magnitudeOf(a) >= magnitudeOf(b) ? b : a;
  // A number far below the last bit of the other only tips a tie: any number down there does as well.
  constexpr int64_t kFar = 2 * kFloatBits + 8;
  if (magnitudeOf(large) - magnitudeOf(small) > kFar) {
    small = {small.negative, Natural(1), magnitudeOf(large) - kFar};
  }
  int64_t exponent = std::min(large.exponent, small.exponent);
  Natural x = scaled(large.mantissa, large.exponent - exponent), y = scaled(small.mantissa, small.exponent - exponent);
  if (large.negative == small.negative) return roundToFloat(large.negative, x + y, Natural(1), exponent);
  bool swapped = compare(x, y) < 0;
  return roundToFloat(swapped ? small.negative : large.negative, swapped ? y - x : x - y, Natural(1), exponent);
}

BigFloat multiply(const BigFloat& a, const BigFloat& b) {
  return roundToFloat(a.negative != b.negative, a.mantissa * b.mantissa, Natural(1), a.exponent + b.exponent);
}

BigFloat divide(const BigFloat& a, const BigFloat& b) {
  return roundToFloat(a.negative != b.negative, a.mantissa, b.mantissa, a.exponent - b.exponent);
}

int compare(const BigFloat& a, const BigFloat& b) {
  BigFloat difference = add(a, {!b.negative, b.mantissa, b.exponent});
  return difference.mantissa.isZero() ? 0 : difference.negative ? -1 : 1;
}

double nearest(const FloatFormat& format, bool negative, const Natural& numerator, const Natural& denominator,
               int64_t exponent) {
  double sign = negative ? -1 : 1;
  if (numerator.isZero()) return 0;
  int64_t highest = magnitudeOf(numerator, denominator) + exponent;
  if (highest > format.highest) return sign * std::numeric_limits<double>::infinity();
  if (highest < format.lowest - 1) return 0;
  int64_t lowest = std::max<int64_t>(highest - (format.bits - 1), format.lowest);
  Natural mantissa = roundedQuotient(numerator, denominator, lowest - exponent);
  double value = std::ldexp(static_cast<double>(mantissa.low64()), static_cast<int>(lowest));
  bool overflow = value >= std::ldexp(1.0, format.highest) * 2;  // rounded up to the next power of two
  return sign * (overflow ? std::numeric_limits<double>::infinity() : value);
}

namespace {

double nearest(const FloatFormat& format, const Constant* value) {
  switch (value->rep) {
    case Rep::Small:
    case Rep::Big:
    case Rep::Ratio: {
      Ratio ratio = ratioOf(value);
      return nearest(format, ratio.negative, ratio.numerator, ratio.denominator, 0);
    }
    case Rep::Float: return nearest(format, value->flag, Natural(value->limbs), Natural(1), value->small);
    default: return 0;
  }
}

}  // namespace

double float64Value(const Constant* value) { return nearest(kFloat64, value); }

float float32Value(const Constant* value) { return static_cast<float>(nearest(kFloat32, value)); }

const Constant* roundedToFloat64(Arena& arena, const Constant* value) {
  double rounded = float64Value(value);
  return std::isfinite(rounded) ? makeFloat64(arena, rounded) : nullptr;
}

const Constant* roundedToFloat32(Arena& arena, const Constant* value) {
  double rounded = nearest(kFloat32, value);
  return std::isfinite(rounded) ? makeFloat64(arena, rounded) : nullptr;
}

}  // namespace millrace::types
