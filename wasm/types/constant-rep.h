// How constants are represented; for the constant*.cpp files only.
//
// As in Go's compiler the representation of a number is part of what it is: whole numbers are Int, a quotient of whole
// numbers stays exact as long as both are below 2^4096, and only beyond that numbers become floats of 512 bits. What is
// printed and what still counts as a whole number follows from it.
#pragma once

#include <span>

#include "wasm/types/constant-ops.h"
#include "wasm/types/natural.h"

namespace millrace::types {

enum class Rep : uint8_t { Unknown, Bool, String, Rope, Small, Big, Ratio, Float, Complex };

class Constant {
 public:
  using Limbs = std::span<const uint32_t>;

  Rep rep = Rep::Unknown;
  bool flag = false;                // Bool: the value; Big, Ratio, Float: negative
  int64_t small = 0;                // Small: the value; Float: binary exponent
  Limbs limbs, denominator;         // Big: magnitude; Ratio: numerator and denominator; Float: mantissa
  std::string_view text;            // String
  const Constant* left = nullptr;   // Rope: left + right, put together when asked for; Complex: real part
  const Constant* right = nullptr;  // Complex: imaginary part
  Arena* arena = nullptr;           // Rope: where the text will live
};

// Numbers while one calculates with them.
struct Integer {
  bool negative = false;
  Natural magnitude;
};

struct Ratio {
  bool negative = false;
  Natural numerator, denominator;  // without common factor
};

// mantissa * 2^exponent; the mantissa is odd (or 0) and has at most kFloatBits bits.
struct BigFloat {
  bool negative = false;
  Natural mantissa;
  int64_t exponent = 0;
};

inline constexpr size_t kFloatBits = 512;
inline constexpr size_t kSmallBits = 4096;  // ratios are kept exact below 2^kSmallBits

const Constant* unknown();
Integer integerOf(const Constant* value);    // Small, Big
Ratio ratioOf(const Constant* value);        // Small, Big, Ratio
BigFloat bigFloatOf(const Constant* value);  // Small, Big, Ratio, Float
const Constant* makeInteger(Arena& arena, const Integer& value);
const Constant* makeRatio(Arena& arena, Ratio value);  // reduces; a Float when too large
const Constant* makeBigFloat(Arena& arena, const BigFloat& value);
const Constant* makeComplex(Arena& arena, const Constant* re, const Constant* im);

// The float nearest to numerator / denominator * 2^exponent, ties to even.
BigFloat roundToFloat(bool negative, const Natural& numerator, const Natural& denominator, int64_t exponent);
// Position of the highest bit: 2^magnitude <= |value| < 2^(magnitude + 1). Not for 0.
int64_t magnitudeOf(const BigFloat& value);
bool isSmall(const BigFloat& value);  // an exact ratio may be made of it
BigFloat add(const BigFloat& a, const BigFloat& b);
BigFloat multiply(const BigFloat& a, const BigFloat& b);
BigFloat divide(const BigFloat& a, const BigFloat& b);
int compare(const BigFloat& a, const BigFloat& b);

// A format of floating-point numbers: bits of mantissa, exponents of the lowest and highest bit.
struct FloatFormat {
  int bits, lowest, highest;
};
inline constexpr FloatFormat kFloat32 = {24, -149, 127}, kFloat64 = {53, -1074, 1023};
double nearest(const FloatFormat& format, bool negative, const Natural& numerator, const Natural& denominator,
               int64_t exponent);

}  // namespace millrace::types
