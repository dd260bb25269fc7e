// Literals as written in the source: numbers in all of Go's notations, runes and strings.
#include <algorithm>
#include <cmath>

#include "wasm/syntax/literal.h"
#include "wasm/types/constant-rep.h"

namespace millrace::types {
namespace {

int digitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// Takes 0x, 0b, 0o off `text` and gives the base; 10 when there is none.
int takePrefix(std::string_view& text) {
  if (text.size() < 2 || text[0] != '0') return 10;
  int base = 10;
  switch (text[1] | 0x20) {
    case 'x': base = 16; break;
    case 'b': base = 2; break;
    case 'o': base = 8; break;
    default: return 10;
  }
  text.remove_prefix(2);
  return base;
}

const Constant* parseInt(Arena& arena, std::string_view text) {
  int base = takePrefix(text);
  if (base == 10 && text.size() > 1 && text[0] == '0') base = 8;  // 0755
  uint64_t small = 0;
  Natural large;
  bool isLarge = false, any = false;
  for (char c : text) {
    if (c == '_') continue;
    int digit = digitOf(c);
    if (digit >= base) return unknown();
    any = true;
    if (!isLarge) {
      uint64_t next;
      if (!__builtin_mul_overflow(small, base, &next) && !__builtin_add_overflow(next, digit, &next)) {
        small = next;
        continue;
      }
      isLarge = true;
      large = Natural(small);
    }
    large.multiplyAdd(base, digit);
  }
  if (!any) return unknown();
  return makeInteger(arena, {false, isLarge ? large : Natural(small)});
}

// base^exponent as a float, by squaring.
BigFloat floatPower(uint32_t base, uint64_t exponent) {
  BigFloat result = {false, Natural(1), 0};
  for (BigFloat square = roundToFloat(false, Natural(base), Natural(1), 0); exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = multiply(result, square);
    if (exponent > 1) square = multiply(square, square);
  }
  return result;
}

// A floating-point literal, or the number of an imaginary one. The value is mantissa * 2^binary * 10^decimal.
const Constant* parseFloat(Arena& arena, std::string_view text) {
  int base = takePrefix(text);
  Natural mantissa;
  int64_t binary = 0, decimal = 0;
  bool fraction = false, any = false;
  size_t i = 0;
  for (; i < text.size(); i++) {
    if (text[i] == '_') continue;
    if (text[i] == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (base == 10 && (text[i] | 0x20) == 'e') break;
    int digit = digitOf(text[i]);
    if (digit >= base) break;
    any = true;
    mantissa.multiplyAdd(base, digit);
    if (fraction) base == 10 ? decimal-- : binary -= base == 16 ? 4 : base == 8 ? 3 : 1;
  }
  if (!any) return unknown();
  if (i < text.size()) {
    bool isDecimal = (text[i] | 0x20) == 'e' && base == 10;
    if (!isDecimal && (text[i] | 0x20) != 'p') return unknown();
    bool negative = i + 1 < text.size() && text[i + 1] == '-';
    if (negative || (i + 1 < text.size() && text[i + 1] == '+')) i++;
    int64_t exponent = 0;
    bool digits = false;
    while (++i < text.size()) {
      if (text[i] == '_') continue;
      int digit = digitOf(text[i]);
      if (digit > 9 || __builtin_mul_overflow(exponent, 10, &exponent) ||
          __builtin_add_overflow(exponent, digit, &exponent)) {
        return unknown();
      }
      digits = true;
    }
    if (!digits) return unknown();
    (isDecimal ? decimal : binary) += negative ? -exponent : exponent;
  }
  if (mantissa.isZero()) return makeRatio(arena, {false, Natural(), Natural(1)});
  constexpr int64_t kFar = int64_t{1} << 40;  // far outside what a float's exponent can be
  if (decimal > kFar || binary > kFar) return unknown();
  if (decimal < -kFar || binary < -kFar) return makeBigFloat(arena, {});
  uint64_t size = static_cast<uint64_t>(std::abs(decimal));
  BigFloat approximate = roundToFloat(false, mantissa, Natural(1), binary);
  if (decimal > 0) approximate = multiply(approximate, floatPower(10, size));
  if (decimal < 0) approximate = divide(approximate, floatPower(10, size));
  if (!isSmall(approximate)) return makeBigFloat(arena, approximate);
  Natural scale = power(10, static_cast<uint32_t>(size));
  Ratio ratio = {false, decimal > 0 ? mantissa * scale : mantissa, decimal < 0 ? scale : Natural(1)};
  if (binary > 0) ratio.numerator = ratio.numerator << static_cast<size_t>(binary);
  if (binary < 0) ratio.denominator = ratio.denominator << static_cast<size_t>(-binary);
  return makeRatio(arena, std::move(ratio));
}

}  // namespace

const Constant* fromLiteral(Arena& arena, std::string_view text, syntax::LiteralKind kind) {
  switch (kind) {
    case syntax::LiteralKind::Int: return parseInt(arena, text);
    case syntax::LiteralKind::Float: return parseFloat(arena, text);
    case syntax::LiteralKind::Imaginary: {
      if (text.empty() || text.back() != 'i') return unknown();
      return makeImaginary(arena, parseFloat(arena, text.substr(0, text.size() - 1)));
    }
    case syntax::LiteralKind::Rune: return makeInt64(arena, syntax::runeLiteralValue(text));
    case syntax::LiteralKind::String: {
      bool plain = text.find('\\') == text.npos && text.find('\r') == text.npos && text.size() >= 2;
      return makeString(arena, plain ? text.substr(1, text.size() - 2) : syntax::stringLiteralValue(text));
    }
  }
  return unknown();
}

}  // namespace millrace::types
