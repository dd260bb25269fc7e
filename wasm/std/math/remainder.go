package math

import "math/bits"

// Mod is the remainder of x / y with x's sign: long division by shifting y below x again and again.
func Mod(x, y float64) float64 {
	if y == 0 || x-x != 0 || y != y {
		return NaN()
	}
	y = Abs(y)
	yFraction, yExponent := Frexp(y)
	rest := magnitude(x)
	for rest >= y {
		fraction, exponent := Frexp(rest)
		if fraction < yFraction {
			exponent--
		}
		rest -= Ldexp(y, exponent-yExponent)
	}
	return negatedIf(x < 0, rest)
}

// Remainder is x - n y with n the integer nearest to x / y, the even one of two.
func Remainder(x, y float64) float64 {
	const (
		tiny        = 4.45014771701440276618e-308
		halfLargest = MaxFloat64 / 2
	)
	switch {
	case x-x != 0 || y != y || y == 0:
		return NaN()
	case IsInf(y, 0):
		return x
	}
	rest := magnitude(x)
	y = Abs(y)
	if rest == y {
		return Copysign(0, x)
	}
	if y <= halfLargest {
		rest = Mod(rest, y+y)
	}
	if y < tiny { // halves of it may not be exact
		if rest+rest > y {
			rest -= y
			if rest+rest >= y {
				rest -= y
			}
		}
	} else if half := 0.5 * y; rest > half {
		rest -= y
		if rest >= half {
			rest -= y
		}
	}
	return negatedIf(x < 0, rest)
}

// wide is high·2^64 + low.
type wide struct{ high, low uint64 }

func (w wide) left(n uint) wide { return wide{w.high<<n | w.low>>(64-n) | w.low<<(n-64), w.low << n} }

// right shifts; if anything but zeros falls out, the lowest bit is set.
func (w wide) right(n uint) wide {
	if n >= 128 {
		return wide{0, sticky(w.high | w.low)}
	}
	s := wide{w.high >> n, w.low>>n | w.high<<(64-n) | w.high>>(n-64)}
	if s.left(n) != w {
		s.low |= 1
	}
	return s
}

func sticky(x uint64) uint64 {
	if x != 0 {
		return 1
	}
	return 0
}

func (w wide) zeros() int {
	if w.high != 0 {
		return bits.LeadingZeros64(w.high)
	}
	return 64 + bits.LeadingZeros64(w.low)
}

// parts gives a finite number's mantissa, with the top bit at 2^52, and its exponent.
func parts(b uint64) (exponent int, mantissa uint64) {
	exponent, mantissa = exponentOf(b), b&fractionMask
	if exponent == 0 {
		shift := bits.LeadingZeros64(mantissa) - 11
		return 1 - shift, mantissa << shift
	}
	return exponent, mantissa | 1<<fractionBits
}

// FMA is x*y + z, rounded once: the exact product and z are added in 128 bits.
func FMA(x, y, z float64) float64 {
	bx, by, bz := Float64bits(x), Float64bits(y), Float64bits(z)
	switch {
	case x == 0 || y == 0 || x-x != 0 || y-y != 0:
		return x*y + z
	case z == 0:
		return x * y
	case z-z != 0:
		return z
	}
	xe, xm := parts(bx)
	ye, ym := parts(by)
	ze, zm := parts(bz)

	// Both operands as numbers with the top bit at 2^126.
	high, low := bits.Mul64(xm<<10, ym<<11)
	larger, largerExponent, largerSign := wide{high, low}, xe+ye-exponentBias+1, (bx^by)&signBit
	if up := uint(^high >> 62 & 1); up != 0 {
		larger = larger.left(up)
		largerExponent--
	}
	smaller, smallerExponent, smallerSign := wide{zm << 10, 0}, ze, bz&signBit
	if largerExponent < smallerExponent || largerExponent == smallerExponent && larger.high < smaller.high {
		larger, smaller = smaller, larger
		largerExponent, smallerExponent = smallerExponent, largerExponent
		largerSign, smallerSign = smallerSign, largerSign
	}
	if largerSign != smallerSign && largerExponent == smallerExponent && larger == smaller {
		return 0
	}
	smaller = smaller.right(uint(largerExponent - smallerExponent))

	// The sum's mantissa with the top bit at 2^62, what is below told by the lowest bit.
	var mantissa uint64
	exponent := largerExponent
	if largerSign == smallerSign {
		low, carry := bits.Add64(larger.low, smaller.low, 0)
		high, _ := bits.Add64(larger.high, smaller.high, carry)
		exponent -= int(^high >> 63)
		mantissa = wide{high, low}.right(uint(64 + high>>63)).low
	} else {
		low, borrow := bits.Sub64(larger.low, smaller.low, 0)
		high, _ := bits.Sub64(larger.high, smaller.high, borrow)
		sum := wide{high, low}
		zeros := sum.zeros()
		exponent -= zeros
		sum = sum.left(uint(zeros - 1))
		mantissa = sum.high | sticky(sum.low)
	}

	const half = 1 << 9 // of the last place of a float64
	if exponent > 1022+exponentBias || exponent == 1022+exponentBias && (mantissa+half)>>63 == 1 {
		return Float64frombits(largerSign | infinityBits)
	}
	if exponent < 0 {
		mantissa = wide{0, mantissa}.right(uint(-exponent)).low
		exponent = 0
	}
	rounded := (mantissa + half) >> 10
	if mantissa&(2*half-1) == half {
		rounded &^= 1
	}
	if rounded == 0 {
		exponent = 0
	}
	return Float64frombits(largerSign + uint64(exponent)<<fractionBits + rounded)
}
