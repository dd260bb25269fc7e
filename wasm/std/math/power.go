package math

// Sqrt, bit by bit: what compiled code calls is the machine's instruction.
func Sqrt(x float64) float64 {
	switch {
	case isSpecial(x) && !IsInf(x, -1):
		return x
	case x < 0:
		return NaN()
	}
	fraction, exponent := Frexp(x)
	b := Float64bits(fraction)&fractionMask | 1<<fractionBits // x is b × 2^exponent / 2^52
	exponent--
	if exponent&1 != 0 { // the root of an even power
		exponent--
		b <<= 1
	}
	b <<= 1
	var root, sum uint64 // sum is twice the root
	for bit := uint64(1) << (fractionBits + 1); bit != 0; bit >>= 1 {
		if t := sum + bit; t <= b {
			sum = t + bit
			b -= t
			root += bit
		}
		b <<= 1
	}
	if b != 0 {
		root += root & 1 // round
	}
	return Ldexp(float64(root>>1), exponent/2-fractionBits)
}

func isOddInteger(x float64) bool {
	if Abs(x) >= 1<<53 {
		return false
	}
	whole, fraction := Modf(x)
	return fraction == 0 && int64(whole)&1 == 1
}

// Pow multiplies for the whole part of y, and takes e^(f log x) for the rest.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case x != x || y != y:
		return NaN()
	case x == 0:
		if y < 0 {
			if Signbit(x) && isOddInteger(y) {
				return Inf(-1)
			}
			return Inf(1)
		}
		if Signbit(x) && isOddInteger(y) {
			return x
		}
		return 0
	case IsInf(y, 0):
		return powOfHuge(x, y > 0)
	case IsInf(x, -1):
		return Pow(1/x, -y)
	case IsInf(x, 1):
		if y < 0 {
			return 0
		}
		return x
	case y == 0.5:
		return Sqrt(x)
	case y == -0.5:
		return 1 / Sqrt(x)
	}
	whole, rest := Modf(Abs(y))
	if rest != 0 && x < 0 {
		return NaN()
	}
	if whole >= 1<<63 {
		return powOfHuge(x, y > 0)
	}
	// The result is product × 2^exponent.
	product, exponent := 1.0, 0
	if rest != 0 {
		if rest > 0.5 {
			rest--
			whole++
		}
		product = Exp(rest * Log(x))
	}
	factor, factorExponent := Frexp(x)
	for i := int64(whole); i != 0; i >>= 1 {
		if factorExponent < -1<<12 || 1<<12 < factorExponent { // far out of range already
			exponent += factorExponent
			break
		}
		if i&1 == 1 {
			product *= factor
			exponent += factorExponent
		}
		factor *= factor
		factorExponent <<= 1
		if factor < .5 {
			factor += factor
			factorExponent--
		}
	}
	if y < 0 {
		product = 1 / product
		exponent = -exponent
	}
	return Ldexp(product, exponent)
}

// powOfHuge is x to the power of something infinite, or as good as that.
func powOfHuge(x float64, positive bool) float64 {
	switch {
	case x == -1:
		return 1
	case (Abs(x) < 1) == positive:
		return 0
	}
	return Inf(1)
}

var (
	tens     = [...]float64{1e00, 1e01, 1e02, 1e03, 1e04, 1e05, 1e06, 1e07, 1e08, 1e09, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31}
	tensUp   = [...]float64{1e00, 1e32, 1e64, 1e96, 1e128, 1e160, 1e192, 1e224, 1e256, 1e288}
	tensDown = [...]float64{1e-00, 1e-32, 1e-64, 1e-96, 1e-128, 1e-160, 1e-192, 1e-224, 1e-256, 1e-288, 1e-320}
)

// Pow10 is 10^n.
func Pow10(n int) float64 {
	switch {
	case 0 <= n && n <= 308:
		return tensUp[n/32] * tens[n%32]
	case -323 <= n && n <= 0:
		return tensDown[-n/32] / tens[-n%32]
	case n > 0:
		return Inf(1)
	}
	return 0
}

// Cbrt, as in msun: an estimate from the exponent, better by a rational approximation, then one step of Newton's.
func Cbrt(x float64) float64 {
	const (
		estimate  = 715094163 << 32
		subnormal = 696219795 << 32
	)
	if isSpecial(x) {
		return x
	}
	size := Abs(x)
	t := Float64frombits(Float64bits(size)/3 + estimate)
	if size < smallestNormal {
		t = float64(1<<54) * size
		t = Float64frombits(Float64bits(t)/3 + subnormal)
	}
	r := t * t / size
	s := 5.42857142857142815906e-01 + r*t
	t *= 3.57142857142857150787e-01 + 1.60714285714285720630e+00/(s+1.41428571428571436819e+00+-7.05306122448979611050e-01/s)
	// Cut to 22 bits, rounded away from zero: then t*t is exact.
	t = Float64frombits(Float64bits(t)&(0xFFFFFFFFC<<28) + 1<<30)
	s = t * t
	r = size / s
	w := t + t
	r = (r - t) / (w + r)
	t = t + t*r
	return negatedIf(x < 0, t)
}

// Hypot is √(p²+q²) without needless overflow.
func Hypot(p, q float64) float64 {
	p, q = Abs(p), Abs(q)
	switch {
	case IsInf(p, 1) || IsInf(q, 1):
		return Inf(1)
	case p != p || q != q:
		return NaN()
	}
	if p < q {
		p, q = q, p
	}
	if p == 0 {
		return 0
	}
	q = q / p
	return p * Sqrt(1+q*q)
}
