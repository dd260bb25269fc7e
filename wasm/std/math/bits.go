package math

import "unsafe"

func Float64bits(f float64) uint64     { return *(*uint64)(unsafe.Pointer(&f)) }
func Float64frombits(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }
func Float32bits(f float32) uint32     { return *(*uint32)(unsafe.Pointer(&f)) }
func Float32frombits(b uint32) float32 { return *(*float32)(unsafe.Pointer(&b)) }

const (
	fractionBits = 52
	fractionMask = 1<<fractionBits - 1
	exponentMask = 0x7FF
	exponentBias = 1023
	signBit      = 1 << 63
	infinityBits = exponentMask << fractionBits
	oneBits      = exponentBias << fractionBits
)

func exponentOf(b uint64) int { return int(b>>fractionBits) & exponentMask }

// Inf is positive infinity for sign >= 0, else negative.
func Inf(sign int) float64 {
	if sign >= 0 {
		return Float64frombits(infinityBits)
	}
	return Float64frombits(infinityBits | signBit)
}

func NaN() float64 { return Float64frombits(0x7FF8000000000001) }

func IsNaN(f float64) (is bool) { return f != f }

// IsInf: positive for sign > 0, negative for sign < 0, either for 0.
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > MaxFloat64 || sign <= 0 && f < -MaxFloat64
}

func Signbit(x float64) bool { return Float64bits(x)&signBit != 0 }

func Abs(x float64) float64 { return Float64frombits(Float64bits(x) &^ signBit) }

func Copysign(f, sign float64) float64 {
	return Float64frombits(Float64bits(f)&^signBit | Float64bits(sign)&signBit)
}

const smallestNormal = 0x1p-1022

// normal scales a subnormal number up by 2^52; exponent undoes it.
func normal(x float64) (scaled float64, exponent int) {
	if Abs(x) < smallestNormal {
		return x * (1 << 52), -52
	}
	return x, 0
}

func isSpecial(f float64) bool { return f == 0 || f-f != 0 } // zero, infinite, not a number

// Frexp splits f into a fraction in [½, 1) and a power of two.
func Frexp(f float64) (frac float64, exp int) {
	if isSpecial(f) {
		return f, 0
	}
	f, exp = normal(f)
	b := Float64bits(f)
	exp += exponentOf(b) - exponentBias + 1
	return Float64frombits(b&^infinityBits | (exponentBias-1)<<fractionBits), exp
}

// Ldexp is frac × 2^exp.
func Ldexp(frac float64, exp int) float64 {
	if isSpecial(frac) {
		return frac
	}
	frac, up := normal(frac)
	b := Float64bits(frac)
	exp += up + exponentOf(b) - exponentBias
	switch {
	case exp < -1075:
		return Copysign(0, frac)
	case exp > 1023:
		return Copysign(Inf(1), frac)
	}
	scale := 1.0
	if exp < -1022 { // subnormal: rounded once, by the multiplication
		exp += 53
		scale = 1.0 / (1 << 53)
	}
	return scale * Float64frombits(b&^infinityBits|uint64(exp+exponentBias)<<fractionBits)
}

// Modf splits f into integer and fraction, both with f's sign.
func Modf(f float64) (integer float64, fractional float64) {
	integer = Trunc(f)
	return integer, Copysign(f-integer, f)
}

// Logb and Ilogb give the binary exponent.
func Logb(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case IsInf(x, 0):
		return Inf(1)
	case IsNaN(x):
		return x
	}
	return float64(exponent(x))
}

func Ilogb(x float64) int {
	switch {
	case x == 0:
		return MinInt32
	case isSpecial(x):
		return MaxInt32
	}
	return exponent(x)
}

func exponent(x float64) int {
	x, up := normal(x)
	return exponentOf(Float64bits(x)) - exponentBias + up
}

// Nextafter is the next float64 after x towards y.
func Nextafter(x, y float64) (r float64) {
	switch {
	case IsNaN(x) || IsNaN(y):
		return NaN()
	case x == y:
		return x
	case x == 0:
		return Copysign(Float64frombits(1), y)
	case (y > x) == (x > 0):
		return Float64frombits(Float64bits(x) + 1)
	}
	return Float64frombits(Float64bits(x) - 1)
}

func Nextafter32(x, y float32) (r float32) {
	switch {
	case x != x || y != y:
		return float32(NaN())
	case x == y:
		return x
	case x == 0:
		return float32(Copysign(float64(Float32frombits(1)), float64(y)))
	case (y > x) == (x > 0):
		return Float32frombits(Float32bits(x) + 1)
	}
	return Float32frombits(Float32bits(x) - 1)
}
