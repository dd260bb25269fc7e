package runtime

import "unsafe"

func float64frombits(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }
func float64bits(f float64) uint64     { return *(*uint64)(unsafe.Pointer(&f)) }

func isNaN(f float64) bool    { return f != f }
func isFinite(f float64) bool { return f-f == 0 }
func isInf(f float64) bool    { return !isNaN(f) && !isFinite(f) }

func withSign(f, sign float64) float64 {
	const signBit = 1 << 63
	return float64frombits(float64bits(f)&^signBit | float64bits(sign)&signBit)
}

// unit keeps of an infinity that it is one: ±1, and ±0 of all else.
func unit(f float64) float64 {
	if isInf(f) {
		return withSign(1, f)
	}
	return withSign(0, f)
}

// complex128div is division of complex numbers, which compiled code calls: Smith's method, then C99's rules (annex G) where
// that gives no number.
func complex128div(n, m complex128) complex128 {
	a, b, c, d := real(n), imag(n), real(m), imag(m)
	var re, im float64
	if withSign(c, 1) >= withSign(d, 1) {
		ratio := d / c
		scale := c + ratio*d
		re, im = (a+b*ratio)/scale, (b-a*ratio)/scale
	} else {
		ratio := c / d
		scale := d + ratio*c
		re, im = (a*ratio+b)/scale, (b*ratio-a)/scale
	}
	if !isNaN(re) || !isNaN(im) {
		return complex(re, im)
	}
	infinity := float64frombits(0x7FF << 52)
	switch {
	case c == 0 && d == 0 && !(isNaN(a) && isNaN(b)):
		return complex(withSign(infinity, c)*a, withSign(infinity, c)*b)
	case (isInf(a) || isInf(b)) && isFinite(c) && isFinite(d):
		a, b = unit(a), unit(b)
		return complex(infinity*(a*c+b*d), infinity*(b*c-a*d))
	case (isInf(c) || isInf(d)) && isFinite(a) && isFinite(b):
		c, d = unit(c), unit(d)
		return complex(0*(a*c+b*d), 0*(b*c-a*d))
	}
	return complex(re, im)
}
