package strconv

import (
	"math/bits"
	"unsafe"
)

// The sizes of a float's fields.
type floatFormat struct {
	mantissaBits uint
	exponentBits uint
	bias         int
}

var (
	format32 = floatFormat{23, 8, -127}
	format64 = floatFormat{52, 11, -1023}
)

func bits64(f float64) uint64 { return *(*uint64)(unsafe.Pointer(&f)) }
func bits32(f float32) uint32 { return *(*uint32)(unsafe.Pointer(&f)) }

// Decimal digits of a number 0.d1d2d3… × 10^point.
type decimal struct {
	digits []byte
	point  int
}

// FormatFloat formats f, which came from a float of bitSize bits, as b, e, E, f, g, G, x or X with so many digits; with
// precision -1, with as few as tell it from its neighbours.
func FormatFloat(f float64, format byte, precision, bitSize int) string {
	var room [32]byte
	return string(AppendFloat(room[:0], f, format, precision, bitSize))
}

// AppendFloat is FormatFloat to the end of a slice.
func AppendFloat(to []byte, f float64, format byte, precision, bitSize int) []byte {
	var word uint64
	layout := &format64
	switch bitSize {
	case 32:
		word = uint64(bits32(float32(f)))
		layout = &format32
	case 64:
		word = bits64(f)
	default:
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	negative := word>>(layout.exponentBits+layout.mantissaBits) != 0
	exponent := int(word >> layout.mantissaBits & (1<<layout.exponentBits - 1))
	mantissa := word & (1<<layout.mantissaBits - 1)
	switch exponent {
	case 1<<layout.exponentBits - 1:
		switch {
		case mantissa != 0:
			return append(to, "NaN"...)
		case negative:
			return append(to, "-Inf"...)
		}
		return append(to, "+Inf"...)
	case 0:
		exponent = 1
	default:
		mantissa |= 1 << layout.mantissaBits
	}
	exponent += layout.bias - int(layout.mantissaBits) // now f is mantissa × 2^exponent

	if format == 'b' {
		return appendBinaryExponent(to, negative, mantissa, exponent)
	}
	if format == 'x' || format == 'X' {
		return appendHexFloat(to, negative, mantissa, exponent, format, precision, layout)
	}

	var room [32]byte
	d := decimal{digits: room[:0]}
	shortest := precision < 0
	if shortest {
		if mantissa != 0 {
			d.shortest(mantissa, exponent, layout)
		}
		switch format {
		case 'e', 'E':
			precision = max(len(d.digits)-1, 0)
		case 'f':
			precision = max(len(d.digits)-d.point, 0)
		case 'g', 'G':
			precision = len(d.digits)
		}
	} else {
		if precision == 0 && format|0x20 == 'g' {
			precision = 1
		}
		if mantissa != 0 {
			switch format {
			case 'e', 'E':
				d.rounded(mantissa, exponent, precision+1, false)
			case 'f':
				d.rounded(mantissa, exponent, precision, true)
			case 'g', 'G':
				d.rounded(mantissa, exponent, precision, false)
			}
		}
	}

	switch format {
	case 'e', 'E':
		return appendExponent(to, negative, &d, precision, format)
	case 'f':
		return appendPlain(to, negative, &d, precision)
	case 'g', 'G':
		largest := precision // exponent from which on %e is used
		if largest > len(d.digits) && len(d.digits) >= d.point {
			largest = len(d.digits)
		}
		if shortest {
			largest = 6
		}
		if x := d.point - 1; x < -4 || x >= largest {
			return appendExponent(to, negative, &d, min(precision, len(d.digits))-1, format-'g'+'e')
		}
		if precision > d.point {
			precision = len(d.digits)
		}
		return appendPlain(to, negative, &d, max(precision-d.point, 0))
	}
	return append(to, '%', format)
}

func sign(to []byte, negative bool) []byte {
	if negative {
		return append(to, '-')
	}
	return to
}

func (d *decimal) at(i int) byte {
	if 0 <= i && i < len(d.digits) {
		return d.digits[i]
	}
	return '0'
}

// appendExponent: -d.dddde±dd
func appendExponent(to []byte, negative bool, d *decimal, precision int, letter byte) []byte {
	to = append(sign(to, negative), d.at(0))
	if precision > 0 {
		to = append(to, '.')
		for i := 1; i <= precision; i++ {
			to = append(to, d.at(i))
		}
	}
	exponent := 0
	if len(d.digits) != 0 {
		exponent = d.point - 1
	}
	to = append(to, letter)
	to, exponent = exponentSign(to, exponent)
	if exponent < 10 {
		to = append(to, '0')
	}
	return AppendInt(to, int64(exponent), 10)
}

func exponentSign(to []byte, exponent int) ([]byte, int) {
	if exponent < 0 {
		return append(to, '-'), -exponent
	}
	return append(to, '+'), exponent
}

// appendPlain: -ddddd.ddd
func appendPlain(to []byte, negative bool, d *decimal, precision int) []byte {
	to = sign(to, negative)
	if d.point <= 0 {
		to = append(to, '0')
	}
	for i := 0; i < d.point; i++ {
		to = append(to, d.at(i))
	}
	if precision > 0 {
		to = append(to, '.')
		for i := 0; i < precision; i++ {
			to = append(to, d.at(d.point+i))
		}
	}
	return to
}

// appendBinaryExponent: -ddddp±ddd
func appendBinaryExponent(to []byte, negative bool, mantissa uint64, exponent int) []byte {
	to = AppendUint(sign(to, negative), mantissa, 10)
	to, exponent = exponentSign(append(to, 'p'), exponent)
	return AppendInt(to, int64(exponent), 10)
}

// appendHexFloat: -0x1.yyyyyyyyp±dd
func appendHexFloat(to []byte, negative bool, mantissa uint64, exponent int, letter byte, precision int, layout *floatFormat) []byte {
	if mantissa == 0 {
		exponent = 0
	} else { // the highest bit before the point, 60 behind it
		shift := bits.LeadingZeros64(mantissa) - 3
		mantissa <<= shift
		exponent += 60 - shift
	}
	if precision >= 0 && precision < 15 {
		drop := uint(60 - precision*4)
		rest := mantissa & (1<<drop - 1)
		mantissa >>= drop
		if half := uint64(1) << (drop - 1); rest > half || rest == half && mantissa&1 != 0 {
			mantissa++
		}
		mantissa <<= drop
		if mantissa>>61 != 0 {
			mantissa >>= 1
			exponent++
		}
	}
	alphabet := "0123456789abcdef"
	if letter == 'X' {
		alphabet = "0123456789ABCDEF"
	}
	to = append(sign(to, negative), '0', letter, '0'+byte(mantissa>>60&1))
	mantissa <<= 4
	if precision < 0 && mantissa != 0 {
		to = append(to, '.')
		for ; mantissa != 0; mantissa <<= 4 {
			to = append(to, alphabet[mantissa>>60])
		}
	} else if precision > 0 {
		to = append(to, '.')
		for i := 0; i < precision; i++ {
			to = append(to, alphabet[mantissa>>60])
			mantissa <<= 4
		}
	}
	to, exponent = exponentSign(append(to, letter-'x'+'p'), exponent)
	if exponent < 10 {
		to = append(to, '0')
	}
	return AppendInt(to, int64(exponent), 10)
}
