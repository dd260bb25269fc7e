package math

// Log, as in msun: x = 2^k (1+f) with √½ <= 1+f < √2, and log(1+f) by a series in f/(2+f).
func Log(x float64) float64 {
	const (
		l1 = 6.666666666666735130e-01
		l2 = 3.999999999940941908e-01
		l3 = 2.857142874366239149e-01
		l4 = 2.222219843214978396e-01
		l5 = 1.818357216161805012e-01
		l6 = 1.531383769920937332e-01
		l7 = 1.479819860511658591e-01
	)
	switch {
	case x != x || IsInf(x, 1):
		return x
	case x < 0:
		return NaN()
	case x == 0:
		return Inf(-1)
	}
	fraction, exponent := Frexp(x)
	if fraction < Sqrt2/2 {
		fraction *= 2
		exponent--
	}
	f := fraction - 1
	k := float64(exponent)
	s := f / (2 + f)
	s2 := s * s
	s4 := s2 * s2
	odd := s2 * (l1 + s4*(l3+s4*(l5+s4*l7)))
	even := s4 * (l2 + s4*(l4+s4*l6))
	r := odd + even
	half := 0.5 * f * f
	return k*ln2High - ((half - (s*(half+r) + k*ln2Low)) - f)
}

func Log10(x float64) float64 { return Log(x) * (1 / Ln10) }

// Log2 is exact for powers of two.
func Log2(x float64) float64 {
	fraction, exponent := Frexp(x)
	if fraction == 0.5 {
		return float64(exponent - 1)
	}
	return Log(fraction)*(1/Ln2) + float64(exponent)
}

// Log1p is log(1+x), exact near zero, as in msun.
func Log1p(x float64) float64 {
	const (
		sqrt2Less1    = 4.142135623730950488017e-01
		sqrtHalfLess1 = -2.928932188134524755992e-01
		sqrt2Fraction = 0x0006a09e667f3bcd
		l1            = 6.666666666666735130e-01
		l2            = 3.999999999940941908e-01
		l3            = 2.857142874366239149e-01
		l4            = 2.222219843214978396e-01
		l5            = 1.818357216161805012e-01
		l6            = 1.531383769920937332e-01
		l7            = 1.479819860511658591e-01
	)
	switch {
	case x < -1 || x != x:
		return NaN()
	case x == -1:
		return Inf(-1)
	case IsInf(x, 1):
		return x
	}
	size := Abs(x)
	if size < 1.0/(1<<29) {
		if size < 1.0/(1<<54) {
			return x
		}
		return x - x*x*0.5
	}
	// 1+x = 2^k (1+f), and c is what the rounding of 1+x has lost. tiny: f is so small that a short series will do.
	k, f, c := 0, x, 0.0
	tiny := false
	if size >= sqrt2Less1 || x <= sqrtHalfLess1 {
		u := x
		if size < 1<<53 {
			u = 1.0 + x
		}
		b := Float64bits(u)
		k = int(b>>fractionBits) - exponentBias
		if size < 1<<53 {
			if k > 0 {
				c = 1.0 - (u - x)
			} else {
				c = x - (u - 1.0)
			}
			c /= u
		}
		b &= fractionMask
		if b < sqrt2Fraction {
			u = Float64frombits(b | oneBits)
			tiny = b == 0
		} else {
			k++
			u = Float64frombits(b | (exponentBias-1)<<fractionBits)
			tiny = (1<<fractionBits-b)>>2 == 0
		}
		f = u - 1.0
	}
	n := float64(k)
	half := 0.5 * f * f
	if tiny {
		if f == 0 {
			if k == 0 {
				return 0
			}
			c += n * ln2Low
			return n*ln2High + c
		}
		r := half * (1.0 - 0.66666666666666666*f)
		if k == 0 {
			return f - r
		}
		return n*ln2High - ((r - (n*ln2Low + c)) - f)
	}
	s := f / (2.0 + f)
	z := s * s
	r := z * (l1 + z*(l2+z*(l3+z*(l4+z*(l5+z*(l6+z*l7))))))
	if k == 0 {
		return f - (half - s*(half+r))
	}
	return n*ln2High - ((half - (s*(half+r) + (n*ln2Low + c))) - f)
}
