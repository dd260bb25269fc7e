// Unary and binary operations, shifts and comparisons of constants, and conversion between kinds.
#include "wasm/types/constant-ops.h"

#include <algorithm>

#include "wasm/types/constant-rep.h"

namespace millrace::types {
namespace {

using syntax::Operator;

Integer addIntegers(const Integer& a, const Integer& b) {
  if (a.negative == b.negative) return {a.negative, a.magnitude + b.magnitude};
  if (compare(a.magnitude, b.magnitude) >= 0) return {a.negative, a.magnitude - b.magnitude};
  return {b.negative, b.magnitude - a.magnitude};
}

int compareIntegers(const Integer& a, const Integer& b) {
  Integer difference = addIntegers(a, {!b.negative, b.magnitude});
  return difference.magnitude.isZero() ? 0 : difference.negative ? -1 : 1;
}

// Two's complement of `size` limbs, enough for the sign.
std::vector<uint32_t> twosComplement(const Integer& value, size_t size) {
  std::vector<uint32_t> limbs(value.magnitude.limbs().begin(), value.magnitude.limbs().end());
  limbs.resize(size);
  if (value.negative) {
    uint64_t carry = 1;
    for (uint32_t& limb : limbs) {
      carry += static_cast<uint32_t>(~limb);
      limb = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
  }
  return limbs;
}

Integer fromTwosComplement(std::vector<uint32_t> limbs) {
  bool negative = !limbs.empty() && limbs.back() >> 31 != 0;
  Integer value = {negative, Natural(limbs)};
  if (negative) value.magnitude = Natural(twosComplement({true, value.magnitude}, limbs.size()));
  return value;
}

uint32_t applyBits(Operator op, uint32_t a, uint32_t b) {
  switch (op) {
    case Operator::And: return a & b;
    case Operator::Or: return a | b;
    case Operator::Xor: return a ^ b;
    default: return a & ~b;  // AndNot
  }
}

Integer bitwise(Operator op, const Integer& a, const Integer& b) {
  size_t size = std::max(a.magnitude.limbs().size(), b.magnitude.limbs().size()) + 1;
  std::vector<uint32_t> x = twosComplement(a, size), y = twosComplement(b, size);
  for (size_t i = 0; i < size; i++) x[i] = applyBits(op, x[i], y[i]);
  return fromTwosComplement(std::move(x));
}

const Constant* integerOp(Arena& arena, const Constant* x, Operator op, const Constant* y, bool integer) {
  int64_t c;
  if (x->rep == Rep::Small && y->rep == Rep::Small) {  // the fast path; what overflows goes on below
    int64_t a = x->small, b = y->small;
    switch (op) {
      case Operator::Add:
        if (!__builtin_add_overflow(a, b, &c)) return makeInt64(arena, c);
        break;
      case Operator::Sub:
        if (!__builtin_sub_overflow(a, b, &c)) return makeInt64(arena, c);
        break;
      case Operator::Mul:
        if (!__builtin_mul_overflow(a, b, &c)) return makeInt64(arena, c);
        break;
      case Operator::Div:
        if (integer && b != 0 && b != -1) return makeInt64(arena, a / b);
        break;
      case Operator::Rem:
        if (b == -1) return makeInt64(arena, 0);
        if (b != 0) return makeInt64(arena, a % b);
        break;
      case Operator::And: return makeInt64(arena, a & b);
      case Operator::Or: return makeInt64(arena, a | b);
      case Operator::Xor: return makeInt64(arena, a ^ b);
      case Operator::AndNot: return makeInt64(arena, a & ~b);
      default: return unknown();
    }
  }
  Integer a = integerOf(x), b = integerOf(y);
  switch (op) {
    case Operator::Add: return makeInteger(arena, addIntegers(a, b));
    case Operator::Sub: return makeInteger(arena, addIntegers(a, {!b.negative, b.magnitude}));
    case Operator::Mul: return makeInteger(arena, {a.negative != b.negative, a.magnitude * b.magnitude});
    case Operator::Div:
      if (b.magnitude.isZero()) return unknown();
      if (!integer) return makeRatio(arena, {a.negative != b.negative, a.magnitude, b.magnitude});
      return makeInteger(arena, {a.negative != b.negative, divide(a.magnitude, b.magnitude).first});
    case Operator::Rem:
      if (b.magnitude.isZero()) return unknown();
      return makeInteger(arena, {a.negative, divide(a.magnitude, b.magnitude).second});
    case Operator::And:
    case Operator::Or:
    case Operator::Xor:
    case Operator::AndNot: return makeInteger(arena, bitwise(op, a, b));
    default: return unknown();
  }
}

const Constant* ratioOp(Arena& arena, const Ratio& a, Operator op, const Ratio& b) {
  Natural cross = a.numerator * b.denominator, other = b.numerator * a.denominator;
  switch (op) {
    case Operator::Add:
    case Operator::Sub: {
      Integer sum = addIntegers({a.negative, cross}, {b.negative != (op == Operator::Sub), other});
      return makeRatio(arena, {sum.negative, sum.magnitude, a.denominator * b.denominator});
    }
    case Operator::Mul:
      return makeRatio(arena,
                       {a.negative != b.negative, a.numerator * b.numerator, a.denominator * b.denominator});
    case Operator::Div:
      if (other.isZero()) return unknown();
      return makeRatio(arena, {a.negative != b.negative, cross, other});
    default: return unknown();
  }
}

const Constant* floatOp(Arena& arena, const BigFloat& a, Operator op, const BigFloat& b) {
  switch (op) {
    case Operator::Add: return makeBigFloat(arena, add(a, b));
    case Operator::Sub: return makeBigFloat(arena, add(a, {!b.negative, b.mantissa, b.exponent}));
    case Operator::Mul: return makeBigFloat(arena, multiply(a, b));
    case Operator::Div: return b.mantissa.isZero() ? unknown() : makeBigFloat(arena, divide(a, b));
    default: return unknown();
  }
}

const Constant* complexOp(Arena& arena, const Constant* x, Operator op, const Constant* y) {
  const Constant *a = realPart(x), *b = imaginaryPart(x), *c = realPart(y), *d = imaginaryPart(y);
  auto calc = [&](const Constant* left, Operator o, const Constant* right) { return binaryOp(arena, left, o, right); };
  switch (op) {
    case Operator::Add:
    case Operator::Sub: return makeComplex(arena, calc(a, op, c), calc(b, op, d));
    case Operator::Mul:
    case Operator::Div: {
      const Constant *ac = calc(a, Operator::Mul, c), *bd = calc(b, Operator::Mul, d);
      const Constant *bc = calc(b, Operator::Mul, c), *ad = calc(a, Operator::Mul, d);
      if (op == Operator::Mul) return makeComplex(arena, calc(ac, Operator::Sub, bd), calc(bc, Operator::Add, ad));
      const Constant* norm = calc(calc(c, Operator::Mul, c), Operator::Add, calc(d, Operator::Mul, d));
      return makeComplex(arena, calc(calc(ac, Operator::Add, bd), Operator::Div, norm),
                         calc(calc(bc, Operator::Sub, ad), Operator::Div, norm));
    }
    default: return unknown();
  }
}

bool isNumber(const Constant* value) { return value->rep >= Rep::Small; }
bool isText(const Constant* value) { return value->rep == Rep::String || value->rep == Rep::Rope; }

bool compareSigns(int order, Operator op) {
  switch (op) {
    case Operator::Equal: return order == 0;
    case Operator::NotEqual: return order != 0;
    case Operator::Less: return order < 0;
    case Operator::LessEqual: return order <= 0;
    case Operator::Greater: return order > 0;
    default: return order >= 0;  // GreaterEqual
  }
}

// The whole number nearest below or above, if dropping the float's last few bits gives one: sums of rounded numbers
// that should be whole count as whole.
const Constant* wholeFloat(Arena& arena, const BigFloat& f) {
  constexpr size_t kSlack = 4;  // bits; as in Go
  if (!isSmall(f)) return unknown();
  auto whole = [&](const Natural& mantissa, int64_t exponent) -> const Constant* {
    if (exponent >= 0) return makeInteger(arena, {f.negative, mantissa << static_cast<size_t>(exponent)});
    if (mantissa.isZero()) return makeInt64(arena, 0);
    size_t below = static_cast<size_t>(-exponent);
    return mantissa.trailingZeros() >= below ? makeInteger(arena, {f.negative, mantissa >> below}) : nullptr;
  };
  if (const Constant* exact = whole(f.mantissa, f.exponent)) return exact;
  size_t bits = f.mantissa.bitLength();
  if (bits <= kFloatBits - kSlack) return unknown();
  size_t drop = bits - (kFloatBits - kSlack);
  Natural towardsZero = f.mantissa >> drop;
  int64_t exponent = f.exponent + static_cast<int64_t>(drop);
  if (const Constant* below = whole(towardsZero, exponent)) return below;
  if (const Constant* above = whole(towardsZero + Natural(1), exponent)) return above;
  return unknown();
}

}  // namespace

const Constant* toInt(Arena& arena, const Constant* value) {
  switch (value->rep) {
    case Rep::Small:
    case Rep::Big: return value;
    case Rep::Ratio: {
      Ratio ratio = ratioOf(value);
      return ratio.denominator.isOne() ? makeInteger(arena, {ratio.negative, ratio.numerator}) : unknown();
    }
    case Rep::Float: return wholeFloat(arena, bigFloatOf(value));
    case Rep::Complex: return toInt(arena, toFloat(arena, value));
    default: return unknown();
  }
}

const Constant* toFloat(Arena& arena, const Constant* value) {
  switch (value->rep) {
    case Rep::Small:
    case Rep::Big: return makeRatio(arena, ratioOf(value));
    case Rep::Ratio:
    case Rep::Float: return value;
    case Rep::Complex: return signOf(value->right) == 0 ? toFloat(arena, value->left) : unknown();
    default: return unknown();
  }
}

const Constant* toComplex(Arena& arena, const Constant* value) {
  if (!isNumber(value) || value->rep == Rep::Complex) return isNumber(value) ? value : unknown();
  return makeComplex(arena, value, makeInt64(arena, 0));
}

const Constant* unaryOp(Arena& arena, Operator op, const Constant* x, unsigned bits) {
  if (op == Operator::Not) return x->rep == Rep::Bool ? makeBool(!x->flag) : unknown();
  if (!isNumber(x)) return unknown();
  if (op == Operator::Add) return x;
  if (op == Operator::Sub) {
    switch (x->rep) {
      case Rep::Small:
      case Rep::Big: {
        Integer value = integerOf(x);
        return makeInteger(arena, {!value.negative, value.magnitude});
      }
      case Rep::Ratio: {
        Ratio value = ratioOf(x);
        value.negative = !value.negative;
        return makeRatio(arena, std::move(value));
      }
      case Rep::Float: {
        BigFloat value = bigFloatOf(x);
        value.negative = !value.negative;
        return makeBigFloat(arena, value);
      }
      default: return makeComplex(arena, unaryOp(arena, op, x->left, 0), unaryOp(arena, op, x->right, 0));
    }
  }
  if (op != Operator::Xor || (x->rep != Rep::Small && x->rep != Rep::Big)) return unknown();
  Integer minusOne = {true, Natural(1)};
  Integer inverted = bitwise(Operator::Xor, integerOf(x), minusOne);
  if (bits > 0) inverted = bitwise(Operator::And, inverted, {false, (Natural(1) << bits) - Natural(1)});
  return makeInteger(arena, inverted);
}

const Constant* binaryOp(Arena& arena, const Constant* x, Operator op, const Constant* y, bool integer) {
  if (isNumber(x) && isNumber(y)) {
    Rep rep = std::max(x->rep, y->rep);
    if (rep <= Rep::Big) return integerOp(arena, x, op, y, integer);
    if (rep == Rep::Ratio) return ratioOp(arena, ratioOf(x), op, ratioOf(y));
    if (rep == Rep::Float) return floatOp(arena, bigFloatOf(x), op, bigFloatOf(y));
    return complexOp(arena, x, op, y);
  }
  if (isText(x) && isText(y) && op == Operator::Add) {
    return arena.make<Constant>(Constant{.rep = Rep::Rope, .left = x, .right = y, .arena = &arena});
  }
  if (x->rep == Rep::Bool && y->rep == Rep::Bool) {
    if (op == Operator::AndAnd) return makeBool(x->flag && y->flag);
    if (op == Operator::OrOr) return makeBool(x->flag || y->flag);
  }
  return unknown();
}

const Constant* shiftOp(Arena& arena, const Constant* x, Operator op, unsigned count) {
  if (x->rep != Rep::Small && x->rep != Rep::Big) return unknown();
  if (count == 0) return x;
  if (op == Operator::ShiftRight && x->rep == Rep::Small) {
    return makeInt64(arena, x->small >> std::min(count, 63u));
  }
  Integer value = integerOf(x);
  if (op == Operator::ShiftLeft) return makeInteger(arena, {value.negative, value.magnitude << count});
  // Arithmetic shift: rounds towards minus infinity.
  Natural shifted = value.magnitude >> count;
  if (value.negative && value.magnitude.trailingZeros() < count) shifted = shifted + Natural(1);
  return makeInteger(arena, {value.negative, shifted});
}

bool compareOp(const Constant* x, Operator op, const Constant* y) {
  if (isNumber(x) && isNumber(y)) {
    Rep rep = std::max(x->rep, y->rep);
    if (x->rep == Rep::Small && y->rep == Rep::Small) {
      return compareSigns(x->small < y->small ? -1 : x->small > y->small ? 1 : 0, op);
    }
    if (rep <= Rep::Big) return compareSigns(compareIntegers(integerOf(x), integerOf(y)), op);
    if (rep == Rep::Ratio) {
      Ratio a = ratioOf(x), b = ratioOf(y);
      Integer left = {a.negative, a.numerator * b.denominator}, right = {b.negative, b.numerator * a.denominator};
      return compareSigns(compareIntegers(left, right), op);
    }
    if (rep == Rep::Float) return compareSigns(compare(bigFloatOf(x), bigFloatOf(y)), op);
    bool same = compareOp(realPart(x), Operator::Equal, realPart(y)) &&
                compareOp(imaginaryPart(x), Operator::Equal, imaginaryPart(y));
    return op == Operator::Equal ? same : op == Operator::NotEqual && !same;
  }
  if (isText(x) && isText(y)) return compareSigns(stringValue(x).compare(stringValue(y)), op);
  if (x->rep == Rep::Bool && y->rep == Rep::Bool) {
    return op == Operator::Equal ? x->flag == y->flag : op == Operator::NotEqual && x->flag != y->flag;
  }
  return false;
}

}  // namespace millrace::types
