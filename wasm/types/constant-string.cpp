// Constants as Go's messages show them.
#include <cmath>

#include "wasm/syntax/unicode.h"
#include "wasm/types/constant-rep.h"
#include "wasm/types/text.h"

namespace millrace::types {
namespace {

// A finite number as decimal digits: 0.DIGITS * 10^point.
struct Decimal {
  bool negative;
  std::string digits;
  int point;
};

// `count` significant digits of m * 2^e, correctly rounded, ties to even.
Decimal toDecimal(double value, int count) {
  int exponent = 0;
  double fraction = std::frexp(std::fabs(value), &exponent);
  Natural mantissa(static_cast<uint64_t>(std::ldexp(fraction, 53)));
  exponent -= 53;
  if (mantissa.isZero()) return {false, "0", 1};
  int point = static_cast<int>(std::floor((exponent + static_cast<int>(mantissa.bitLength()) - 1) * 0.30102999566398));
  for (;; point++) {  // the guess is right or one too small
    int scale = count - point;  // digits wanted behind the point of value * 10^scale
    Natural numerator = mantissa, denominator(1);
    if (exponent > 0) numerator = numerator << exponent;
    if (exponent < 0) denominator = denominator << -exponent;
    if (scale > 0) numerator = numerator * power(10, scale);
    if (scale < 0) denominator = denominator * power(10, -scale);
    auto [quotient, rest] = divide(numerator, denominator);
    int half = compare(rest << 1, denominator);
    if (half > 0 || (half == 0 && quotient.bit(0))) quotient = quotient + Natural(1);
    std::string digits = quotient.decimal();
    if (digits.size() <= static_cast<size_t>(count)) return {value < 0, digits, point};
  }
}

bool readsAs(const Decimal& decimal, double value) {
  Natural digits;
  for (char c : decimal.digits) digits.multiplyAdd(10, c - '0');
  int exponent = decimal.point - static_cast<int>(decimal.digits.size());
  Natural one(1), scale = power(10, std::abs(exponent));
  double read = exponent >= 0 ? nearest(kFloat64, decimal.negative, digits * scale, one, 0)
                              : nearest(kFloat64, decimal.negative, digits, scale, 0);
  return read == value;
}

std::string exponentText(int exponent) {
  std::string digits = std::to_string(std::abs(exponent));
  return (exponent < 0 ? "e-" : "e+") + (digits.size() < 2 ? "0" + digits : digits);
}

// %g: exponents below -4 or from `limit` on are written out.
std::string format(Decimal decimal, int limit) {
  while (decimal.digits.size() > 1 && decimal.digits.back() == '0') decimal.digits.pop_back();
  std::string out = decimal.negative ? "-" : "";
  int exponent = decimal.point - 1, size = static_cast<int>(decimal.digits.size());
  if (exponent < -4 || exponent >= limit) {
    out += decimal.digits[0];
    if (size > 1) out += "." + decimal.digits.substr(1);
    return out + exponentText(exponent);
  }
  if (decimal.point <= 0) return out + "0." + std::string(-decimal.point, '0') + decimal.digits;
  if (decimal.point >= size) return out + decimal.digits + std::string(decimal.point - size, '0');
  return out + decimal.digits.substr(0, decimal.point) + "." + decimal.digits.substr(decimal.point);
}

constexpr int kDigits = 6;  // as Go's messages do

std::string shortest(double value) {
  for (int count = 1; count < 17; count++) {
    Decimal decimal = toDecimal(value, count);
    if (readsAs(decimal, value)) return format(decimal, kDigits);
  }
  return format(toDecimal(value, 17), kDigits);
}

// Numbers too large or small for a float64.
std::string hugeToString(const BigFloat& f) {
  int64_t exponent = magnitudeOf(f) + 1;  // 0.5 <= mantissa < 1
  double mantissa = nearest(kFloat64, f.negative, f.mantissa, Natural(1), f.exponent - exponent);
  double decimal = static_cast<double>(exponent) * (M_LN2 / M_LN10);
  int64_t rounded = static_cast<int64_t>(decimal);
  mantissa *= std::pow(10, decimal - static_cast<double>(rounded));
  double size = std::fabs(mantissa);
  if (size < 1 - 0.5e-6) {
    mantissa *= 10;
    rounded--;
  } else if (size >= 10) {
    mantissa /= 10;
    rounded++;
  }
  std::string out = format(toDecimal(mantissa, kDigits), kDigits);
  return out + (rounded < 0 ? "e-" : "e+") + std::to_string(std::abs(rounded));
}

std::string floatToString(const BigFloat& f) {
  double value = nearest(kFloat64, f.negative, f.mantissa, Natural(1), f.exponent);
  if (!std::isfinite(value) || (value == 0 && !f.mantissa.isZero())) return hugeToString(f);
  std::string out = format(toDecimal(value, kDigits), kDigits);
  bool whole = f.mantissa.isZero() || f.exponent >= 0;
  return whole || out.find('.') != std::string::npos ? out : shortest(value);
}

std::string shortened(std::string quoted) {
  constexpr size_t kMax = 72;
  size_t count = 0, cut = 0, at = 0;
  for (std::string_view rest = quoted; !rest.empty(); count++) {
    if (count == kMax - 3) cut = at;
    uint32_t size = syntax::decodeRune(rest).width;
    at += size;
    rest.remove_prefix(size);
  }
  return count > kMax ? quoted.substr(0, cut) + "..." : quoted;
}

}  // namespace

std::string toString(const Constant* value) {
  switch (value->rep) {
    case Rep::Unknown: return "unknown";
    case Rep::Bool: return value->flag ? "true" : "false";
    case Rep::String:
    case Rep::Rope: return shortened(quote(stringValue(value)));
    case Rep::Small: return std::to_string(value->small);
    case Rep::Big: return (value->flag ? "-" : "") + Natural(value->limbs).decimal();
    case Rep::Ratio:
    case Rep::Float: return floatToString(bigFloatOf(value));
    case Rep::Complex: return "(" + toString(value->left) + " + " + toString(value->right) + "i)";
  }
  return "";
}

}  // namespace millrace::types
