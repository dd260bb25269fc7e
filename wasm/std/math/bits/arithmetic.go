package bits

// ---- sums and differences with carry, which must be 0 or 1

func Add(x, y, carry uint) (sum, carryOut uint) {
	s, c := Add64(uint64(x), uint64(y), uint64(carry))
	return uint(s), uint(c)
}

func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	wide := uint64(x) + uint64(y) + uint64(carry)
	return uint32(wide), uint32(wide >> 32)
}

func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	// The top bit overflows if both had it, or one had it and the sum has lost it.
	return sum, (x&y | (x|y)&^sum) >> 63
}

func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	d, b := Sub64(uint64(x), uint64(y), uint64(borrow))
	return uint(d), uint(b)
}

func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	wide := uint64(x) - uint64(y) - uint64(borrow)
	return uint32(wide), uint32(wide >> 63)
}

func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	diff = x - y - borrow
	return diff, (^x&y | (^x|y)&diff) >> 63
}

// ---- products of full width

func Mul(x, y uint) (hi, lo uint) {
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

func Mul32(x, y uint32) (hi, lo uint32) {
	wide := uint64(x) * uint64(y)
	return uint32(wide >> 32), uint32(wide)
}

// Mul64 multiplies halves; no sum of the parts exceeds 64 bits.
func Mul64(x, y uint64) (hi, lo uint64) {
	x1, x0 := x>>32, x&0xffffffff
	y1, y0 := y>>32, y&0xffffffff
	middle := x1*y0 + x0*y0>>32
	low := middle&0xffffffff + x0*y1
	return x1*y1 + middle>>32 + low>>32, x * y
}

// ---- quotients of a number of double width; they must fit

func Div(hi, lo, y uint) (quo, rem uint) {
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}

func Div32(hi, lo, y uint32) (quo, rem uint32) {
	if y != 0 && y <= hi {
		panic(overflow{})
	}
	wide := uint64(hi)<<32 | uint64(lo)
	return uint32(wide / uint64(y)), uint32(wide % uint64(y))
}

// Div64 is long division with digits of 32 bits (Knuth's algorithm D).
func Div64(hi, lo, y uint64) (quo, rem uint64) {
	if y == 0 {
		return lo / y, 0 // panics as every division by zero does
	}
	if y <= hi {
		panic(overflow{})
	}
	if hi == 0 {
		return lo / y, lo % y
	}
	shift := LeadingZeros64(y)
	y <<= shift
	hi = hi<<shift | lo>>(64-shift)
	lo <<= shift
	y1, y0 := y>>32, y&0xffffffff

	q1, hi := quotientDigit(hi, lo>>32, y, y1, y0)
	q0, hi := quotientDigit(hi, lo&0xffffffff, y, y1, y0)
	return q1<<32 | q0, hi >> shift
}

// quotientDigit divides high·2^32 + next by y.
func quotientDigit(high, next, y, y1, y0 uint64) (digit, rest uint64) {
	digit = high / y1
	left := high % y1
	for digit>>32 != 0 || digit*y0 > left<<32|next {
		digit--
		left += y1
		if left>>32 != 0 {
			break
		}
	}
	return digit, high<<32 + next - digit*y
}

func Rem(hi, lo, y uint) uint { return uint(Rem64(uint64(hi), uint64(lo), uint64(y))) }

func Rem32(hi, lo, y uint32) uint32 { return uint32((uint64(hi)<<32 | uint64(lo)) % uint64(y)) }

// Rem64 does not panic when the quotient would not fit.
func Rem64(hi, lo, y uint64) uint64 {
	_, rem := Div64(hi%y, lo, y)
	return rem
}

// overflow is what a quotient that does not fit panics with: a runtime.Error.
type overflow struct{}

func (overflow) RuntimeError() {}
func (overflow) Error() string { return "runtime error: integer overflow" }
