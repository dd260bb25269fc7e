// Shortest digits by exact arithmetic (Steele and White's method, with Knuth's long integers): the value and half the gaps to
// its neighbours are kept as integers over a common denominator, and digits are produced until what is left is within a gap.
// Chosen for its size: the fast methods need tables of 10 kB, and print is not made for speed.
#include "runtime/lang/float-text.h"

#include <bit>

namespace millrace::lang {

namespace {

// An unsigned integer of up to 36 * 32 bits: 2^1074 * 10 and the like.
class Long {
 public:
  explicit Long(uint64_t value) {
    limbs_[0] = static_cast<uint32_t>(value);
    limbs_[1] = static_cast<uint32_t>(value >> 32);
    count_ = 2;
    trim();
  }
  void shiftLeft(uint32_t bits) {
    uint32_t whole = bits / 32, rest = bits % 32;
    for (uint32_t i = count_; i-- > 0;) limbs_[i + whole] = limbs_[i];
    for (uint32_t i = 0; i < whole; i++) limbs_[i] = 0;
    count_ += whole;
    if (rest) multiply(uint32_t{1} << rest);
  }
  void multiply(uint32_t by) {
    uint64_t carry = 0;
    for (uint32_t i = 0; i < count_; i++) {
      carry += uint64_t{limbs_[i]} * by;
      limbs_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry) limbs_[count_++] = static_cast<uint32_t>(carry);
  }
  void multiplyByPowerOf10(int power) {
    for (; power >= 9; power -= 9) multiply(1000000000);
    for (; power > 0; power--) multiply(10);
  }
  void add(const Long& other) {
    uint64_t carry = 0;
    uint32_t count = count_ > other.count_ ? count_ : other.count_;
    for (uint32_t i = 0; i < count; i++) {
      carry += uint64_t{i < count_ ? limbs_[i] : 0} + (i < other.count_ ? other.limbs_[i] : 0);
      limbs_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    count_ = count;
    if (carry) limbs_[count_++] = static_cast<uint32_t>(carry);
  }
  void subtract(const Long& other) {  // other <= this
    int64_t borrow = 0;
    for (uint32_t i = 0; i < count_; i++) {
      borrow += int64_t{limbs_[i]} - (i < other.count_ ? other.limbs_[i] : 0);
      limbs_[i] = static_cast<uint32_t>(borrow);
      borrow >>= 32;
    }
    trim();
  }
  int compare(const Long& other) const {
    if (count_ != other.count_) return count_ < other.count_ ? -1 : 1;
    for (uint32_t i = count_; i-- > 0;) {
      if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
    }
    return 0;
  }

 private:
  void trim() {
    while (count_ > 0 && limbs_[count_ - 1] == 0) count_--;
  }
  uint32_t limbs_[40] = {};
  uint32_t count_ = 0;
};

int compareSum(const Long& a, const Long& b, const Long& c) {  // a + b with c
  Long sum = a;
  sum.add(b);
  return sum.compare(c);
}

// value = 0.DIGITS * 10^point
struct Digits {
  char digits[20];
  int count = 0, point = 0;
};

// mantissa * 2^exponent, mantissa not 0; `narrowBelow`: the gap below is half the one above.
Digits shortest(uint64_t mantissa, int exponent, bool narrowBelow) {
  bool even = mantissa % 2 == 0;  // then the ends of the interval read back as this value too
  Long rest(mantissa), whole(1), above(1), below(1);
  // rest / whole is the value, above / whole and below / whole half the gaps.
  rest.shiftLeft(narrowBelow ? 2 : 1);
  whole.shiftLeft(narrowBelow ? 2 : 1);
  if (narrowBelow) above.shiftLeft(1);
  if (exponent >= 0) {
    for (Long* number : {&rest, &above, &below}) number->shiftLeft(static_cast<uint32_t>(exponent));
  } else {
    whole.shiftLeft(static_cast<uint32_t>(-exponent));
  }
  // An estimate of the decimal exponent that is right or a little too small: 1233 / 4096 is nearly log10(2).
  int bits = 64 - std::countl_zero(mantissa) + exponent;
  int point = ((bits - 1) * 1233 >> 12) - 1;
  if (point > 0) {
    whole.multiplyByPowerOf10(point);
  } else {
    for (Long* number : {&rest, &above, &below}) number->multiplyByPowerOf10(-point);
  }
  while (compareSum(rest, above, whole) >= (even ? 0 : 1)) {
    whole.multiply(10);
    point++;
  }
  Digits result;
  result.point = point;
  for (;;) {
    for (Long* number : {&rest, &above, &below}) number->multiply(10);
    int digit = 0;
    while (rest.compare(whole) >= 0) {
      rest.subtract(whole);
      digit++;
    }
    bool canStop = rest.compare(below) < (even ? 1 : 0);
    bool canRoundUp = compareSum(rest, above, whole) > (even ? -1 : 0);
    if (canStop && canRoundUp) {  // both read back: the nearer one
      int half = compareSum(rest, rest, whole);
      canStop = half < 0 || (half == 0 && digit % 2 == 0);
    }
    result.digits[result.count++] = static_cast<char>('0' + digit + (!canStop && canRoundUp));
    if (canStop || canRoundUp) return result;
  }
}

}  // namespace

FloatText floatText(double value, bool single) {
  FloatText text;
  uint64_t bits;
  int mantissaBits, bias;
  if (single) {
    bits = __builtin_bit_cast(uint32_t, static_cast<float>(value));
    mantissaBits = 23, bias = 127;
  } else {
    bits = __builtin_bit_cast(uint64_t, value);
    mantissaBits = 52, bias = 1023;
  }
  bool negative = bits >> (single ? 31 : 63);
  uint64_t mantissa = bits & ((uint64_t{1} << mantissaBits) - 1);
  int exponent = static_cast<int>(bits >> mantissaBits) & (2 * bias + 1);
  if (exponent == 2 * bias + 1) return text.add(mantissa ? "NaN" : negative ? "-Inf" : "+Inf");
  if (negative) text.add("-");
  if (exponent == 0 && mantissa == 0) return text.add("0");
  bool narrowBelow = exponent > 1 && mantissa == 0;
  if (exponent == 0) exponent = 1;
  else mantissa |= uint64_t{1} << mantissaBits;
  Digits d = shortest(mantissa, exponent - bias - mantissaBits, narrowBelow);

  std::string_view digits(d.digits, static_cast<size_t>(d.count));
  int scientific = d.point - 1;
  if (scientific < -4 || scientific >= 6) {  // Go: precision 6 decides when the shortest digits are wanted
    text.add(digits.substr(0, 1));
    if (d.count > 1) text.add(".").add(digits.substr(1));
    text.add(scientific < 0 ? "e-" : "e+");
    unsigned magnitude = static_cast<unsigned>(scientific < 0 ? -scientific : scientific);
    if (magnitude < 10) text.add("0");
    return text.addUnsigned(magnitude);
  }
  if (d.point <= 0) {
    text.add("0.");
    for (int i = d.point; i < 0; i++) text.add("0");
    return text.add(digits);
  }
  size_t whole = static_cast<size_t>(d.point);
  if (whole >= digits.size()) {
    text.add(digits);
    for (size_t i = digits.size(); i < whole; i++) text.add("0");
    return text;
  }
  return text.add(digits.substr(0, whole)).add(".").add(digits.substr(whole));
}

}  // namespace millrace::lang
