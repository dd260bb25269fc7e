package math

import "math/bits"

// Sine, cosine and tangent are Cephes's: the argument is brought into [-π/4, π/4], in which octant it was is noted, and there
// a polynomial is good enough.

// From this argument on, π/4 in three parts is not enough.
const reduceFrom = 1 << 29

// octant gives x modulo π/4 and the (even) number of the octant, for finite x >= 0.
func octant(x float64) (j uint64, z float64) {
	if x >= reduceFrom {
		return octantOfLarge(x)
	}
	const ( // π/4
		first  = 7.85398125648498535156e-1
		second = 3.77489470793079817668e-8
		third  = 2.69515142907905952645e-15
	)
	j = uint64(x * (4 / Pi))
	y := float64(j)
	if j&1 == 1 {
		j++
		y++
	}
	return j & 7, ((x - y*first) - y*second) - y*third
}

// octantOfLarge is Payne and Hanek's method: x is multiplied by those 192 bits of 4/π that matter.
func octantOfLarge(x float64) (j uint64, z float64) {
	b := Float64bits(x)
	exponent := exponentOf(b) - exponentBias - fractionBits
	mantissa := b&fractionMask | 1<<fractionBits
	word, shift := uint(exponent+61)/64, uint(exponent+61)%64
	part := func(i uint) uint64 {
		return fourByPi[word+i]<<shift | fourByPi[word+i+1]>>(64-shift)
	}
	lowHigh, _ := bits.Mul64(part(2), mantissa)
	middleHigh, middleLow := bits.Mul64(part(1), mantissa)
	low, carry := bits.Add64(middleLow, lowHigh, 0)
	high, _ := bits.Add64(part(0)*mantissa, middleHigh, carry)
	// The three bits on top are the octant, the rest is the fraction of one.
	j = high >> 61
	high = high<<3 | low>>61
	zeros := uint(bits.LeadingZeros64(high))
	high = high<<(zeros+1) | low>>(64-(zeros+1))
	z = Float64frombits(high>>(64-fractionBits) | uint64(exponentBias-(zeros+1))<<fractionBits)
	if j&1 == 1 {
		j = (j + 1) & 7
		z--
	}
	return j, z * (Pi / 4)
}

// 4/π
var fourByPi = [...]uint64{
	0x0000000000000001, 0x45f306dc9c882a53, 0xf84eafa3ea69bb81, 0xb6c52b3278872083,
	0xfca2c757bd778ac3, 0x6e48dc74849ba5c0, 0x0c925dd413a32439, 0xfc3bd63962534e7d,
	0xd1046bea5d768909, 0xd338e04d68befc82, 0x7323ac7306a673e9, 0x3908bf177bf25076,
	0x3ff12fffbc0b301f, 0xde5e2316b414da3e, 0xda6cfd9e4f96136e, 0x9e8c7ecd3cbfd45a,
	0xea4f758fd7cbe2f6, 0x7a0e73ef14a525d4, 0xd7f6bf623f1aba10, 0xac06608df8f6d757,
}

func sineOf(z float64) float64 {
	w := z * z
	return z + z*w*((((((1.58962301576546568060e-10*w)+-2.50507477628578072866e-8)*w+2.75573136213857245213e-6)*w+
		-1.98412698295895385996e-4)*w+8.33333333332211858878e-3)*w+-1.66666666666666307295e-1)
}

func cosineOf(z float64) float64 {
	w := z * z
	return 1.0 - 0.5*w + w*w*((((((-1.13585365213876817300e-11*w)+2.08757008419747316778e-9)*w+-2.75573141792967388112e-7)*w+
		2.48015872888517045348e-5)*w+-1.38888888888730564116e-3)*w+4.16666666666665929218e-2)
}

func negatedIf(negative bool, y float64) float64 {
	if negative {
		return -y
	}
	return y
}

func zeroOrNaN(x float64) float64 {
	if x == 0 {
		return x
	}
	return NaN()
}

func Sin(x float64) float64 {
	if isSpecial(x) {
		return zeroOrNaN(x)
	}
	j, z := octant(Abs(x))
	negative := x < 0
	if j > 3 {
		negative = !negative
		j -= 4
	}
	if j == 2 {
		return negatedIf(negative, cosineOf(z))
	}
	return negatedIf(negative, sineOf(z))
}

func Cos(x float64) float64 {
	if x-x != 0 {
		return NaN()
	}
	j, z := octant(Abs(x))
	negative := j > 1 && j < 6
	if j&3 == 2 {
		return negatedIf(negative, sineOf(z))
	}
	return negatedIf(negative, cosineOf(z))
}

// Sincos is Sin and Cos.
func Sincos(x float64) (sin, cos float64) { return Sin(x), Cos(x) }

func Tan(x float64) float64 {
	if isSpecial(x) {
		return zeroOrNaN(x)
	}
	j, z := octant(Abs(x))
	y := z
	if w := z * z; w > 1e-14 {
		p := ((-1.30936939181383777646e4*w)+1.15351664838587416140e6)*w + -1.79565251976484877988e7
		q := (((w+1.36812963470692954678e4)*w+-1.32089234440210967447e6)*w+2.50083801823357915839e7)*w + -5.38695755929454629881e7
		y = z + z*(w*p/q)
	}
	if j&2 == 2 {
		y = -1 / y
	}
	return negatedIf(x < 0, y)
}

// ---- inverses

// arctangent of x in [0, 0.66]
func smallArctangent(x float64) float64 {
	z := x * x
	p := (((-8.750608600031904122785e-01*z+-1.615753718733365076637e+01)*z+-7.500855792314704667340e+01)*z+
		-1.228866684490136173410e+02)*z + -6.485021904942025371773e+01
	q := ((((z+2.485846490142306297962e+01)*z+1.650270098316988542046e+02)*z+4.328810604912902668951e+02)*z+
		4.853903996359136964868e+02)*z + 1.945506571482613964425e+02
	z = z * p / q
	return x*z + x
}

// arctangent of x > 0
func arctangent(x float64) float64 {
	const (
		more        = 6.123233995736765886130e-17 // of π/2 than a float64 holds
		tan3PiBy8   = 2.41421356237309504880
		smallEnough = 0.66
	)
	switch {
	case x <= smallEnough:
		return smallArctangent(x)
	case x > tan3PiBy8:
		return Pi/2 - smallArctangent(1/x) + more
	}
	return Pi/4 + smallArctangent((x-1)/(x+1)) + 0.5*more
}

func Atan(x float64) float64 {
	if x == 0 {
		return x
	}
	if x > 0 {
		return arctangent(x)
	}
	return -arctangent(-x)
}

func Asin(x float64) float64 {
	if x == 0 {
		return x
	}
	size := Abs(x)
	if size > 1 {
		return NaN()
	}
	y := Sqrt(1 - size*size)
	if size > 0.7 {
		y = Pi/2 - arctangent(y/size)
	} else {
		y = arctangent(size / y)
	}
	return negatedIf(x < 0, y)
}

func Acos(x float64) float64 { return Pi/2 - Asin(x) }

// Atan2 is the angle of the point (x, y).
func Atan2(y, x float64) float64 {
	switch {
	case y != y || x != x:
		return NaN()
	case y == 0:
		if Signbit(x) {
			return Copysign(Pi, y)
		}
		return Copysign(0, y)
	case x == 0:
		return Copysign(Pi/2, y)
	case IsInf(x, 1):
		if IsInf(y, 0) {
			return Copysign(Pi/4, y)
		}
		return Copysign(0, y)
	case IsInf(x, -1):
		if IsInf(y, 0) {
			return Copysign(3*Pi/4, y)
		}
		return Copysign(Pi, y)
	case IsInf(y, 0):
		return Copysign(Pi/2, y)
	}
	angle := Atan(y / x)
	if x < 0 {
		if angle <= 0 {
			return angle + Pi
		}
		return angle - Pi
	}
	return angle
}
