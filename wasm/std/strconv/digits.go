package strconv

import "math/bits"

// The decimal digits of a binary float, by exact arithmetic (Steele and White's algorithm, with the estimates of David Gay and
// Ryan Juckett): the number is a fraction of two naturals, brought into [1/10, 1) by a power of ten; then every digit is
// the integral part of ten times what is left.
//
// Most numbers in programs need naturals of two or three digits. A table-driven algorithm (Ryu, Dragonbox) would be a few times
// faster but brings 11 kB of tables; Go's own strconv, which this package stands in for, has them.

// fraction is numerator / denominator.
type fraction struct {
	numerator, denominator natural
}

// newFraction makes mantissa × 2^exponent × 2^scale, and finds point such that it is in [10^(point-1), 10^point), give or
// take one that the estimate may be wrong.
func newFraction(mantissa uint64, exponent int, scale uint) (f fraction, point int) {
	// log10(2) ≈ 1233/4096 is good enough: exponents are below 1100.
	point = ((bits.Len64(mantissa)+exponent-1)*1233)>>12 + 1
	up := max(exponent, 0) + int(scale)
	down := max(-exponent, 0) + int(scale)
	powers := max(point, -point)*10/3 + 1
	room := (max(up, down)+64+powers)/32 + 3
	f.numerator = newNatural(mantissa, room).shiftLeft(max(exponent, 0) + int(scale))
	f.denominator = newNatural(1, room).shiftLeft(max(-exponent, 0) + int(scale))
	if point > 0 {
		f.denominator = f.denominator.mulPowerOfTen(point)
	} else {
		f.numerator = f.numerator.mulPowerOfTen(-point)
	}
	return f, point
}

// normalise shifts both so that the denominator suits divideDigit; it tells by how much.
func (f *fraction) normalise() int {
	shift := bits.LeadingZeros32(f.denominator[len(f.denominator)-1])
	if shift <= 4 {
		shift = 0
	} else {
		shift -= 4
	}
	f.denominator = f.denominator.shiftLeft(shift)
	f.numerator = f.numerator.shiftLeft(shift)
	return shift
}

func (f *fraction) nextDigit() uint32 {
	f.numerator = f.numerator.mulSmall(10)
	digit, rest := f.numerator.divideDigit(f.denominator)
	f.numerator = rest
	return digit
}

// shortest finds the digits that lie closest to the float among the fewest that lie closer to it than to another.
func (d *decimal) shortest(mantissa uint64, exponent int, layout *floatFormat) {
	if -int(layout.mantissaBits) <= exponent && exponent <= 0 {
		// An integer below 2^53 is written as it is.
		if whole := mantissa >> -exponent; whole<<-exponent == mantissa {
			d.integer(whole)
			return
		}
	}
	// Everything is multiplied by four, to have the distances to the neighbours halved: those are above and below. The
	// neighbour below is only half as far when the mantissa is the smallest of its exponent.
	f, point := newFraction(mantissa, exponent, 2)
	lowest := mantissa == 1<<layout.mantissaBits && exponent > layout.bias-int(layout.mantissaBits)+1
	room := cap(f.numerator)
	above := newNatural(2, room).shiftLeft(max(exponent, 0))
	below := newNatural(2, room)
	if lowest {
		below = newNatural(1, room)
	}
	below = below.shiftLeft(max(exponent, 0))
	if point <= 0 {
		above = above.mulPowerOfTen(-point)
		below = below.mulPowerOfTen(-point)
	}
	even := mantissa&1 == 0 // then a decimal just halfway to a neighbour is read as this float
	if c := f.numerator.compareSum(above, f.denominator); c > 0 || c == 0 && even {
		f.denominator = f.denominator.mulSmall(10)
		point++
	}
	d.point = point
	shift := f.normalise()
	above = above.shiftLeft(shift)
	below = below.shiftLeft(shift)
	for {
		digit := f.nextDigit()
		above = above.mulSmall(10)
		below = below.mulSmall(10)
		low := f.numerator.compare(below)
		down := low < 0 || low == 0 && even
		high := f.numerator.compareSum(above, f.denominator)
		up := high > 0 || high == 0 && even
		if !down && !up {
			d.addDigit(digit)
			continue
		}
		if down && up {
			half := f.numerator.compareSum(f.numerator, f.denominator)
			up = half > 0 || half == 0 && digit&1 != 0
		}
		d.addDigit(digit)
		if up {
			d.increment()
		}
		break
	}
	d.trim()
}

// addDigit leaves out a zero in front: point was too large by one.
func (d *decimal) addDigit(digit uint32) {
	if digit == 0 && len(d.digits) == 0 {
		d.point--
		return
	}
	d.digits = append(d.digits, byte('0'+digit))
}

func (d *decimal) integer(whole uint64) {
	var buffer digitBuffer
	i := buffer.put(whole, 10)
	d.digits = append(d.digits, buffer[i:]...)
	d.point = len(d.digits)
	d.trim()
}

// trim drops zeros at the end.
func (d *decimal) trim() {
	n := len(d.digits)
	for n > 0 && d.digits[n-1] == '0' {
		n--
	}
	d.digits = d.digits[:n]
	if n == 0 {
		d.point = 0
	}
}

// increment adds one to the last digit.
func (d *decimal) increment() {
	for i := len(d.digits) - 1; i >= 0; i-- {
		if d.digits[i] != '9' {
			d.digits[i]++
			return
		}
		d.digits[i] = '0'
	}
	// It was all nines, or there were no digits.
	if len(d.digits) == 0 {
		d.digits = append(d.digits, '1')
	} else {
		d.digits[0] = '1'
	}
	d.point++
}

// rounded finds n digits, or those up to the n-th after the decimal point, rounding to nearest and to even in the middle.
func (d *decimal) rounded(mantissa uint64, exponent, n int, afterPoint bool) {
	f, point := newFraction(mantissa, exponent, 0)
	if f.numerator.compare(f.denominator) >= 0 {
		f.denominator = f.denominator.mulSmall(10)
		point++
	}
	f.normalise()
	d.point = point
	if afterPoint {
		n += point
	}
	if n < 0 {
		d.point = 0
		return
	}
	for n > 0 && len(f.numerator) != 0 {
		d.addDigit(f.nextDigit())
		if afterPoint || len(d.digits) != 0 {
			n--
		}
	}
	if len(f.numerator) != 0 {
		half := f.numerator.compareSum(f.numerator, f.denominator)
		odd := len(d.digits) != 0 && d.digits[len(d.digits)-1]&1 != 0
		if half > 0 || half == 0 && odd {
			d.increment()
		}
	}
	d.trim()
}
