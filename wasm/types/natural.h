// Natural numbers of any size: the machinery below constant arithmetic.
//
// Why not Boost.Multiprecision: it does not compile without exceptions, and its integers and floats alone are 63 kB of
// Brotli in the wasm build; this is about a tenth. Numbers are small (a few hundred bits, rarely thousands), so
// schoolbook algorithms do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::types {

class Natural {
 public:
  Natural() = default;
  explicit Natural(uint64_t value);
  explicit Natural(std::span<const uint32_t> limbs);  // least significant first

  bool isZero() const { return limbs_.empty(); }
  bool isOne() const { return limbs_.size() == 1 && limbs_[0] == 1; }
  std::span<const uint32_t> limbs() const { return limbs_; }
  size_t bitLength() const;      // 0 for 0
  size_t trailingZeros() const;  // of a number that is not 0
  bool bit(size_t index) const;
  bool fitsUint64() const { return limbs_.size() <= 2; }
  uint64_t low64() const;

  // this = this * factor + addend
  void multiplyAdd(uint32_t factor, uint32_t addend);
  // this = this / divisor; gives the remainder
  uint32_t divideSmall(uint32_t divisor);

  std::string decimal() const;

  friend bool operator==(const Natural&, const Natural&) = default;

 private:
  friend Natural operator+(const Natural&, const Natural&);
  friend Natural operator-(const Natural&, const Natural&);
  friend Natural operator*(const Natural&, const Natural&);
  friend Natural operator<<(const Natural&, size_t);
  friend Natural operator>>(const Natural&, size_t);
  friend std::pair<Natural, Natural> divide(const Natural&, const Natural&);

  void trim();

  std::vector<uint32_t> limbs_;  // the last one is not 0
};

int compare(const Natural& a, const Natural& b);  // -1, 0, 1
Natural operator+(const Natural& a, const Natural& b);
Natural operator-(const Natural& a, const Natural& b);  // a >= b
Natural operator*(const Natural& a, const Natural& b);
Natural operator<<(const Natural& a, size_t bits);
Natural operator>>(const Natural& a, size_t bits);
std::pair<Natural, Natural> divide(const Natural& a, const Natural& b);  // quotient and remainder; b is not 0
Natural gcd(Natural a, Natural b);
Natural power(uint32_t base, uint32_t exponent);

}  // namespace millrace::types
