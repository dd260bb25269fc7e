// Schoolbook arithmetic on natural numbers.
#include "wasm/types/natural.h"

#include <algorithm>
#include <bit>

#include "runtime/base/check.h"

namespace millrace::types {

Natural::Natural(uint64_t value) {
  for (; value != 0; value >>= 32) limbs_.push_back(static_cast<uint32_t>(value));
}

Natural::Natural(std::span<const uint32_t> limbs) : limbs_(limbs.begin(), limbs.end()) { trim(); }

void Natural::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

size_t Natural::bitLength() const { return limbs_.empty() ? 0 : limbs_.size() * 32 - std::countl_zero(limbs_.back()); }

size_t Natural::trailingZeros() const {
  ENSURE(!isZero());
  size_t i = 0;
  while (limbs_[i] == 0) i++;
  return i * 32 + std::countr_zero(limbs_[i]);
}

bool Natural::bit(size_t index) const {
  return index / 32 < limbs_.size() && (limbs_[index / 32] >> index % 32 & 1) != 0;
}

uint64_t Natural::low64() const {
  uint64_t low = limbs_.empty() ? 0 : limbs_[0];
  return limbs_.size() > 1 ? low | uint64_t{limbs_[1]} << 32 : low;
}

void Natural::multiplyAdd(uint32_t factor, uint32_t addend) {
  uint64_t carry = addend;
  for (uint32_t& limb : limbs_) {
    carry += uint64_t{limb} * factor;
    limb = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) limbs_.push_back(static_cast<uint32_t>(carry));
  trim();
}

uint32_t Natural::divideSmall(uint32_t divisor) {
  uint64_t rest = 0;
  for (size_t i = limbs_.size(); i-- > 0;) {
    rest = rest << 32 | limbs_[i];
    limbs_[i] = static_cast<uint32_t>(rest / divisor);
    rest %= divisor;
  }
  trim();
  return static_cast<uint32_t>(rest);
}

std::string Natural::decimal() const {
  if (isZero()) return "0";
  std::string out;
  for (Natural rest = *this; !rest.isZero();) {
    uint32_t nine = rest.divideSmall(1'000'000'000);
    for (int i = 0; i < 9 && (nine != 0 || !rest.isZero()); i++, nine /= 10) out += static_cast<char>('0' + nine % 10);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

int compare(const Natural& a, const Natural& b) {
  auto x = a.limbs(), y = b.limbs();
  if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
  for (size_t i = x.size(); i-- > 0;) {
    if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
  }
  return 0;
}

Natural operator+(const Natural& a, const Natural& b) {
  const Natural& longer = a.limbs_.size() >= b.limbs_.size() ? a : b;
  const Natural& shorter = a.limbs_.size() >= b.limbs_.size() ? b : a;
  Natural sum = longer;
  uint64_t carry = 0;
  for (size_t i = 0; i < sum.limbs_.size(); i++) {
    carry += uint64_t{sum.limbs_[i]} + (i < shorter.limbs_.size() ? shorter.limbs_[i] : 0);
    sum.limbs_[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) sum.limbs_.push_back(static_cast<uint32_t>(carry));
  return sum;
}

Natural operator-(const Natural& a, const Natural& b) {
  ENSURE(compare(a, b) >= 0);
  Natural difference = a;
  int64_t borrow = 0;
  for (size_t i = 0; i < a.limbs_.size(); i++) {
    int64_t limb = int64_t{a.limbs_[i]} - (i < b.limbs_.size() ? b.limbs_[i] : 0) + borrow;
    difference.limbs_[i] = static_cast<uint32_t>(limb);
    borrow = limb < 0 ? -1 : 0;
  }
  difference.trim();
  return difference;
}

Natural operator*(const Natural& a, const Natural& b) {
  Natural product;
  product.limbs_.resize(a.limbs_.size() + b.limbs_.size());
  for (size_t i = 0; i < a.limbs_.size(); i++) {
    uint64_t carry = 0;
    for (size_t j = 0; j < b.limbs_.size(); j++) {
      carry += uint64_t{a.limbs_[i]} * b.limbs_[j] + product.limbs_[i + j];
      product.limbs_[i + j] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    product.limbs_[i + b.limbs_.size()] = static_cast<uint32_t>(carry);
  }
  product.trim();
  return product;
}

Natural operator<<(const Natural& a, size_t bits) {
  if (a.isZero()) return a;
  size_t limbs = bits / 32, rest = bits % 32;
  Natural result;
  result.limbs_.assign(limbs, 0);
  uint32_t carry = 0;
  for (uint32_t limb : a.limbs_) {
    result.limbs_.push_back(limb << rest | carry);
    carry = rest == 0 ? 0 : limb >> (32 - rest);
  }
  if (carry != 0) result.limbs_.push_back(carry);
  return result;
}

Natural operator>>(const Natural& a, size_t bits) {
  size_t limbs = bits / 32, rest = bits % 32;
  Natural result;
  for (size_t i = limbs; i < a.limbs_.size(); i++) {
    uint32_t above = i + 1 < a.limbs_.size() ? a.limbs_[i + 1] : 0;
    result.limbs_.push_back(rest == 0 ? a.limbs_[i] : a.limbs_[i] >> rest | above << (32 - rest));
  }
  result.trim();
  return result;
}

// Knuth's algorithm D: the divisor is shifted so that its top bit is set, then each quotient limb, guessed from the top
// two limbs, is at most two too large.
std::pair<Natural, Natural> divide(const Natural& a, const Natural& b) {
  ENSURE(!b.isZero());
  if (compare(a, b) < 0) return {Natural(), a};
  if (b.limbs_.size() == 1) {
    Natural quotient = a;
    uint32_t rest = quotient.divideSmall(b.limbs_[0]);
    return {quotient, Natural(rest)};
  }
  size_t shift = std::countl_zero(b.limbs_.back());
  Natural divisor = b << shift, rest = a << shift;
  rest.limbs_.resize(a.limbs_.size() + 1);
  auto& u = rest.limbs_;
  const auto& v = divisor.limbs_;
  size_t n = v.size(), m = u.size() - n;
  Natural quotient;
  quotient.limbs_.resize(m);
  for (size_t j = m; j-- > 0;) {
    uint64_t top = uint64_t{u[j + n]} << 32 | u[j + n - 1];
    uint64_t guess = top / v[n - 1], left = top % v[n - 1];
    while (guess >> 32 != 0 || guess * v[n - 2] > (left << 32 | u[j + n - 2])) {
      guess--;
      left += v[n - 1];
      if (left >> 32 != 0) break;
    }
    int64_t borrow = 0;
    uint64_t carry = 0;
    for (size_t i = 0; i < n; i++) {
      carry += guess * v[i];
      int64_t limb = int64_t{u[i + j]} - static_cast<uint32_t>(carry) + borrow;
      u[i + j] = static_cast<uint32_t>(limb);
      borrow = limb < 0 ? -1 : 0;
      carry >>= 32;
    }
    int64_t limb = int64_t{u[j + n]} - static_cast<int64_t>(carry) + borrow;
    u[j + n] = static_cast<uint32_t>(limb);
    if (limb < 0) {  // one too many was taken: give it back
      guess--;
      uint64_t sum = 0;
      for (size_t i = 0; i < n; i++) {
        sum += uint64_t{u[i + j]} + v[i];
        u[i + j] = static_cast<uint32_t>(sum);
        sum >>= 32;
      }
      u[j + n] += static_cast<uint32_t>(sum);
    }
    quotient.limbs_[j] = static_cast<uint32_t>(guess);
  }
  quotient.trim();
  rest.trim();
  return {quotient, rest >> shift};
}

Natural gcd(Natural a, Natural b) {
  while (!b.isZero()) {
    if (a.fitsUint64() && b.fitsUint64()) {
      uint64_t x = a.low64(), y = b.low64();
      while (y != 0) x = std::exchange(y, x % y);
      return Natural(x);
    }
    Natural rest = divide(a, b).second;
    a = std::move(b);
    b = std::move(rest);
  }
  return a;
}

Natural power(uint32_t base, uint32_t exponent) {
  Natural result(1), square(base);
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = result * square;
    if (exponent > 1) square = square * square;
  }
  return result;
}

}  // namespace millrace::types
