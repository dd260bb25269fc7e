package strconv

import (
	"math/bits"
	"unsafe"
)

func float64From(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }
func float32From(b uint32) float32 { return *(*float32)(unsafe.Pointer(&b)) }

// What the text of a number says: digits × base^exponent.
type numberText struct {
	negative    bool
	hexadecimal bool
	mantissa    uint64 // the first digits: 19 decimal or 16 hexadecimal ones
	exponent    int    // of 10, or of 2, for mantissa
	truncated   bool   // further digits that are not zero were left out
	digits      string // all digits, with points and underscores, without zeros in front
}

// scanNumber reads as much of s as is a number; end is 0 if it is none.
func scanNumber(s string) (t numberText, end int) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		t.negative = s[i] == '-'
		i++
	}
	room := 19
	if i+2 < len(s) && s[i] == '0' && s[i+1]|0x20 == 'x' {
		t.hexadecimal = true
		room = 16
		i += 2
	}
	first := -1
	afterPoint := 0 // digits of the mantissa (or, negative, before the point but not in it)
	sawPoint, sawDigits, sawUnderscore := false, false, false
	taken := 0
scan:
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '_':
			sawUnderscore = true
		case c == '.':
			if sawPoint {
				break scan
			}
			sawPoint = true
		case '0' <= c && c <= '9' || t.hexadecimal && 'a' <= c|0x20 && c|0x20 <= 'f':
			sawDigits = true
			digit := digitValue(c)
			if digit == 0 && taken == 0 {
				if sawPoint {
					afterPoint++
				}
				continue
			}
			if first < 0 {
				first = i
			}
			if taken < room {
				taken++
				if t.hexadecimal {
					t.mantissa = t.mantissa<<4 | uint64(digit)
				} else {
					t.mantissa = t.mantissa*10 + uint64(digit)
				}
				if sawPoint {
					afterPoint++
				}
			} else {
				t.truncated = t.truncated || digit != 0
				if !sawPoint {
					afterPoint--
				}
			}
		default:
			break scan
		}
	}
	if !sawDigits {
		return t, 0
	}
	if first >= 0 {
		t.digits = s[first:i]
	}
	t.exponent = -afterPoint
	letter := byte('e')
	if t.hexadecimal {
		letter = 'p'
		t.exponent *= 4
	}
	if i < len(s) && s[i]|0x20 == letter {
		i++
		negative := false
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			negative = s[i] == '-'
			i++
		}
		if i == len(s) || s[i] < '0' || s[i] > '9' {
			return t, 0
		}
		n := 0
		for ; i < len(s) && ('0' <= s[i] && s[i] <= '9' || s[i] == '_'); i++ {
			if s[i] == '_' {
				sawUnderscore = true
			} else if n < 10000 { // far beyond every float, however the point is placed
				n = n*10 + int(s[i]-'0')
			}
		}
		if negative {
			n = -n
		}
		t.exponent += n
	} else if t.hexadecimal {
		return t, 0 // must have an exponent
	}
	if sawUnderscore && !underscoresOK(s[:i]) {
		return t, 0
	}
	return t, i
}

// ParseFloat reads a decimal or hexadecimal number, "inf", "infinity" or "nan", and gives the nearest float of bitSize bits.
func ParseFloat(s string, bitSize int) (float64, error) {
	f, n, err := parseFloatPrefix(s, bitSize)
	if n != len(s) {
		return 0, numError("ParseFloat", s, ErrSyntax)
	}
	if err != nil {
		err = numError("ParseFloat", s, err)
	}
	return f, err
}

// parseFloatPrefix reads the longest number that s begins with; n is 0 if there is none.
func parseFloatPrefix(s string, bitSize int) (f float64, n int, err error) {
	if f, n := scanSpecial(s); n != 0 {
		if bitSize == 32 {
			f = float64(float32(f))
		}
		return f, n, nil
	}
	t, n := scanNumber(s)
	if n == 0 {
		return 0, 0, ErrSyntax
	}
	layout := &format64
	if bitSize == 32 {
		layout = &format32
	}
	var word uint64
	if t.hexadecimal {
		word = t.hexBits(layout)
	} else {
		word = t.decimalBits(layout)
	}
	if word>>layout.mantissaBits == 1<<layout.exponentBits-1 {
		err = ErrRange
	}
	if t.negative {
		word |= 1 << (layout.mantissaBits + layout.exponentBits)
	}
	if bitSize == 32 {
		return float64(float32From(uint32(word))), n, err
	}
	return float64From(word), n, err
}

func scanSpecial(s string) (f float64, n int) {
	rest := s
	negative := false
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		negative = s[0] == '-'
		rest = s[1:]
	}
	infinite := float64From(0x7FF << 52)
	if negative {
		infinite = -infinite
	}
	signs := len(s) - len(rest)
	switch {
	case hasPrefixFold(rest, "infinity"):
		return infinite, signs + 8
	case hasPrefixFold(rest, "inf"):
		return infinite, signs + 3
	case signs == 0 && hasPrefixFold(rest, "nan"):
		return float64From(0x7FF8000000000001), 3
	}
	return 0, 0
}

func hasPrefixFold(s, lower string) bool {
	if len(s) < len(lower) {
		return false
	}
	for i := 0; i < len(lower); i++ {
		if s[i]|0x20 != lower[i] {
			return false
		}
	}
	return true
}

// assemble rounds mantissa × 2^exponent, a little more if sticky, to the nearest float, to even in the middle. All ones in the
// exponent's field: too large.
func (layout *floatFormat) assemble(mantissa uint64, exponent int, sticky bool) uint64 {
	if mantissa == 0 {
		return 0
	}
	lowest := layout.bias + 1 - int(layout.mantissaBits) // exponent of the last place of the smallest floats
	width := bits.Len64(mantissa)
	drop := width - int(layout.mantissaBits) - 1
	drop = max(drop, lowest-exponent)
	var kept uint64
	if drop <= 0 { // all bits fit, and what sticky stands for is less than half a place
		kept = mantissa << -drop
	} else if drop <= 64 {
		half := uint64(1) << (drop - 1)
		kept = mantissa >> drop
		rest := mantissa - kept<<drop
		if rest > half || rest == half && (sticky || kept&1 != 0) {
			kept++
		}
	}
	exponent += drop
	if kept>>(layout.mantissaBits+1) != 0 {
		kept >>= 1
		exponent++
	}
	if kept>>layout.mantissaBits == 0 {
		return kept // subnormal
	}
	field := exponent + int(layout.mantissaBits) - layout.bias
	if field >= 1<<layout.exponentBits-1 {
		return (1<<layout.exponentBits - 1) << layout.mantissaBits
	}
	return uint64(field)<<layout.mantissaBits | kept&(1<<layout.mantissaBits-1)
}

func (t *numberText) hexBits(layout *floatFormat) uint64 {
	return layout.assemble(t.mantissa, t.exponent, t.truncated)
}

var exactPowers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

func (t *numberText) decimalBits(layout *floatFormat) uint64 {
	if t.mantissa == 0 {
		return 0
	}
	// A float64 holds mantissa and power exactly, so one operation rounds once: Clinger's fast path.
	if layout.mantissaBits == 52 && !t.truncated && t.mantissa < 1<<53 && -22 <= t.exponent && t.exponent <= 22 {
		f := float64(t.mantissa)
		if t.exponent >= 0 {
			return bits64(f * exactPowers[t.exponent])
		}
		return bits64(f / exactPowers[-t.exponent])
	}
	if t.exponent > 310 {
		return layout.assemble(1<<63, 2000, false)
	}
	if t.exponent < -400 {
		return 0
	}
	// mantissa × 10^exponent by 64-bit arithmetic with an error of a few units in the last place; if all of the range it
	// leaves rounds to the same float, that is the result.
	mantissa, exponent, fault := t.approximate()
	low := layout.assemble(mantissa-fault, exponent, fault != 0)
	high := layout.assemble(mantissa+fault, exponent, fault != 0)
	if low == high && mantissa+fault >= mantissa {
		return low
	}
	return t.exactBits(layout, low)
}

// approximate gives t's value as mantissa × 2^exponent, the mantissa with its top bit set and, if fault is not 0, off by less
// than that; it covers the digits left out too.
func (t *numberText) approximate() (mantissa uint64, exponent int, fault uint64) {
	shift := bits.LeadingZeros64(t.mantissa)
	mantissa = t.mantissa << shift
	exponent = -shift
	if t.truncated {
		fault = 1 << shift
	}
	// 10^n = 5^n 2^n, and 5^27 is the largest power in 64 bits.
	for n := t.exponent; n != 0; {
		step := min(max(n, -27), 27)
		n -= step
		power := uint64(1)
		for i := 0; i < max(step, -step); i++ {
			power *= 5
		}
		zeros := bits.LeadingZeros64(power)
		power <<= zeros
		if step > 0 {
			high, low := bits.Mul64(mantissa, power)
			mantissa = high
			exponent += 64 - zeros + step
			fault++
			if mantissa>>63 == 0 {
				mantissa = mantissa<<1 | low>>63
				exponent--
				fault *= 2
			}
		} else {
			high, low := mantissa>>1, mantissa<<63
			mantissa, _ = bits.Div64(high, low, power)
			exponent += zeros - 63 + step
			fault++
			if mantissa>>63 == 0 {
				mantissa <<= 1
				exponent--
				fault *= 2
			}
		}
	}
	return mantissa, exponent, fault
}

// exactBits decides between the float with bits low and those above it: low must not be too large. The middle between two
// floats and the text are compared as naturals.
func (t *numberText) exactBits(layout *floatFormat, low uint64) uint64 {
	digits, exponent := t.allDigits()
	infinity := uint64(1<<layout.exponentBits-1) << layout.mantissaBits
	for word := low; word < infinity; word++ {
		// The middle above word is (2 mantissa + 1) × 2^(binary - 1).
		mantissa := word & (1<<layout.mantissaBits - 1)
		field := int(word >> layout.mantissaBits)
		if field != 0 {
			mantissa |= 1 << layout.mantissaBits
		} else {
			field = 1
		}
		binary := field + layout.bias - int(layout.mantissaBits) - 1
		middle := newNatural(2*mantissa+1, 40)
		text := append(make(natural, 0, len(digits)+40), digits...)
		if exponent >= 0 {
			text = text.mulPowerOfTen(exponent)
		} else {
			middle = middle.mulPowerOfTen(-exponent)
		}
		if binary >= 0 {
			middle = middle.shiftLeft(binary)
		} else {
			text = text.shiftLeft(-binary)
		}
		c := text.compare(middle)
		if c < 0 || c == 0 && mantissa&1 == 0 {
			return word
		}
	}
	return infinity
}

// No middle between two float64s has more digits than this.
const mostDigits = 800

// allDigits is the text's mantissa as a natural; digits beyond what can matter are replaced by a 1 if they are not all zero.
func (t *numberText) allDigits() (n natural, exponent int) {
	n = make(natural, 0, 96)
	exponent = t.exponent
	taken := 0
	dropped := false
	for i := 0; i < len(t.digits); i++ {
		c := t.digits[i]
		if c == '.' || c == '_' {
			continue
		}
		if taken < mostDigits {
			taken++
			n = n.mulSmall(10).addSmall(uint32(c - '0'))
			if taken > 19 { // t.exponent is meant for 19
				exponent--
			}
		} else if c != '0' {
			dropped = true
		}
	}
	if dropped {
		n = n.mulSmall(10).addSmall(1)
		exponent--
	}
	return n, exponent
}
