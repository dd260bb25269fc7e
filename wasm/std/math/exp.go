package math

// Exp, as in msun: x = k ln 2 + r with |r| <= ½ ln 2, and e^r by a rational approximation.
func Exp(x float64) float64 {
	const (
		overflow  = 7.09782712893383973096e+02
		underflow = -7.45133219101941108420e+02
		nearZero  = 1.0 / (1 << 28)
	)
	switch {
	case x != x:
		return x
	case x > overflow:
		return Inf(1)
	case x < underflow:
		return 0
	case -nearZero < x && x < nearZero:
		return 1 + x
	}
	const log2e = 1.44269504088896338700e+00
	k := int(log2e*x + Copysign(0.5, x))
	return expOf(x-float64(k)*ln2High, float64(k)*ln2Low, k)
}

// Exp2 is 2^x.
func Exp2(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 1.0239999999999999e+03:
		return Inf(1)
	case x < -1.0740e+03:
		return 0
	}
	k := 0
	if x != 0 {
		k = int(x + Copysign(0.5, x))
	}
	t := x - float64(k)
	return expOf(t*ln2High, -t*ln2Low, k)
}

// expOf is e^(high-low) × 2^k for |high-low| <= ½ ln 2.
func expOf(high, low float64, k int) float64 {
	const (
		p1 = 1.66666666666666657415e-01
		p2 = -2.77777777770155933842e-03
		p3 = 6.61375632143793436117e-05
		p4 = -1.65339022054652515390e-06
		p5 = 4.13813679705723846039e-08
	)
	r := high - low
	t := r * r
	c := r - t*(p1+t*(p2+t*(p3+t*(p4+t*p5))))
	return Ldexp(1-((low-(r*c)/(2-c))-high), k)
}

// addExponent multiplies a normal y by 2^k, if that stays normal.
func addExponent(y float64, k int) float64 {
	return Float64frombits(Float64bits(y) + uint64(k)<<fractionBits)
}

// Expm1 is e^x - 1, exact near zero, as in msun.
func Expm1(x float64) float64 {
	const (
		overflow   = 7.09782712893383973096e+02
		ln2Times56 = 3.88162421113569373274e+01
		ln2Half    = 3.46573590279972654709e-01
		ln2By3Half = 1.03972077083991796413e+00
		inverseLn2 = 1.44269504088896338700e+00
		q1         = -3.33333333333331316428e-02
		q2         = 1.58730158725481460165e-03
		q3         = -7.93650757867487942473e-05
		q4         = 4.00821782732936239552e-06
		q5         = -2.01099218183624371326e-07
	)
	if x != x || IsInf(x, 1) {
		return x
	}
	size := Abs(x)
	switch {
	case x <= -ln2Times56:
		return -1
	case x >= overflow:
		return Inf(1)
	case size < 1.0/(1<<54):
		return x
	}
	// x becomes x - k ln 2, and c what that lacks in its last place.
	var c float64
	k := 0
	if size > ln2Half {
		switch {
		case size >= ln2By3Half:
			k = int(inverseLn2*x + Copysign(0.5, x))
		case x > 0:
			k = 1
		default:
			k = -1
		}
		t := float64(k)
		high, low := x-t*ln2High, t*ln2Low
		x = high - low
		c = (high - x) - low
	}
	half := 0.5 * x
	square := x * half
	r := 1 + square*(q1+square*(q2+square*(q3+square*(q4+square*q5))))
	t := 3 - r*half
	e := square * ((r - t) / (6.0 - x*t))
	if k == 0 {
		return x - (x*e - square)
	}
	e = x*(e-c) - c
	e -= square
	switch {
	case k == -1:
		return 0.5*(x-e) - 0.5
	case k == 1 && x < -0.25:
		return -2 * (e - (x + 0.5))
	case k == 1:
		return 1 + 2*(x-e)
	case k <= -2 || k > 56:
		return addExponent(1-(e-x), k) - 1
	case k < 20:
		t := Float64frombits(oneBits - 1<<(fractionBits+1)>>k) // 1 - 2^-k
		return addExponent(t-(e-x), k)
	}
	t = Float64frombits(uint64(exponentBias-k) << fractionBits) // 2^-k
	y := x - (e + t)
	return addExponent(y+1, k)
}
