package math

// Trunc cuts off the fraction.
func Trunc(x float64) float64 {
	b := Float64bits(x)
	e := exponentOf(b) - exponentBias
	switch {
	case e < 0:
		return Float64frombits(b & signBit)
	case e < fractionBits:
		b &^= fractionMask >> e
	}
	return Float64frombits(b)
}

func Floor(x float64) float64 {
	t := Trunc(x)
	if x < t {
		return t - 1
	}
	return t
}

func Ceil(x float64) float64 { return -Floor(-x) }

// Round rounds to nearest, halves away from zero.
func Round(x float64) float64 {
	b := Float64bits(x)
	e := exponentOf(b) - exponentBias
	switch {
	case e < -1:
		b &= signBit
	case e == -1:
		b = b&signBit | oneBits
	case e < fractionBits:
		b += 1 << (fractionBits - 1) >> e
		b &^= fractionMask >> e
	}
	return Float64frombits(b)
}

// RoundToEven rounds to nearest, halves to the even number.
func RoundToEven(x float64) float64 {
	b := Float64bits(x)
	e := exponentOf(b) - exponentBias
	switch {
	case e < -1 || e == -1 && b&fractionMask == 0:
		b &= signBit
	case e == -1:
		b = b&signBit | oneBits
	case e < fractionBits:
		odd := b >> (fractionBits - e) & 1
		b += (1<<(fractionBits-1) - 1 + odd) >> e
		b &^= fractionMask >> e
	}
	return Float64frombits(b)
}

// Dim is x - y, but not less than 0.
func Dim(x, y float64) float64 {
	if d := x - y; !(d <= 0) {
		return d
	}
	return 0
}

func Max(x, y float64) float64 {
	switch {
	case IsInf(x, 1) || IsInf(y, 1):
		return Inf(1)
	case x != x || y != y:
		return NaN()
	case x == 0 && y == 0:
		return Float64frombits(Float64bits(x) & Float64bits(y)) // negative only if both are
	case x > y:
		return x
	}
	return y
}

func Min(x, y float64) float64 {
	switch {
	case IsInf(x, -1) || IsInf(y, -1):
		return Inf(-1)
	case x != x || y != y:
		return NaN()
	case x == 0 && y == 0:
		return Float64frombits(Float64bits(x) | Float64bits(y))
	case x < y:
		return x
	}
	return y
}
