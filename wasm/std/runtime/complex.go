// Division of complex numbers, which compiled code calls by this name.
package runtime

import "unsafe"

func isNaN(f float64) bool    { return f != f }
func isFinite(f float64) bool { return !isNaN(f - f) }
func isInf(f float64) bool    { return !isNaN(f) && !isFinite(f) }

func signBit(f float64) bool { return *(*uint64)(unsafe.Pointer(&f))>>63 != 0 }

func abs(f float64) float64 {
	if signBit(f) {
		return -f
	}
	return f
}

func copySign(f, sign float64) float64 {
	if signBit(f) != signBit(sign) {
		return -f
	}
	return f
}

// infinityToOne is ±1 for an infinity and ±0 for anything else: what counts of a part beside an infinite one.
func infinityToOne(f float64) float64 {
	if isInf(f) {
		return copySign(1, f)
	}
	return copySign(0, f)
}

// complex128div divides by Smith's method (scaling by the larger part of the divisor, so that nothing overflows that
// need not) and then puts right what C99's annex G wants of infinities and zeros.
func complex128div(n, m complex128) complex128 {
	a, b := real(n), imag(n)
	c, d := real(m), imag(m)
	var e, f float64
	if abs(c) >= abs(d) {
		ratio := d / c
		denominator := c + ratio*d
		e = (a + b*ratio) / denominator
		f = (b - a*ratio) / denominator
	} else {
		ratio := c / d
		denominator := d + ratio*c
		e = (a*ratio + b) / denominator
		f = (b*ratio - a) / denominator
	}
	if isNaN(e) && isNaN(f) {
		switch {
		case c == 0 && d == 0 && (!isNaN(a) || !isNaN(b)):
			infinity := 1 / abs(c)
			e = copySign(infinity, c) * a
			f = copySign(infinity, c) * b
		case (isInf(a) || isInf(b)) && isFinite(c) && isFinite(d):
			infinity := abs(a + 0)
			if isInf(b) {
				infinity = abs(b)
			}
			a, b = infinityToOne(a), infinityToOne(b)
			e = infinity * (a*c + b*d)
			f = infinity * (b*c - a*d)
		case (isInf(c) || isInf(d)) && isFinite(a) && isFinite(b):
			c, d = infinityToOne(c), infinityToOne(d)
			e = 0 * (a*c + b*d)
			f = 0 * (b*c - a*d)
		}
	}
	return complex(e, f)
}

// panicGoNil: go f() with a nil f.
func panicGoNil() { fatal("go of nil func value") }
