package fmt

import (
	"strconv"
	"unicode/utf8"
)

// pad brings what was appended since start to the width, with fill on the left, or spaces on the right.
func (p *printer) pad(start int, fill byte) {
	if !p.hasWidth {
		return
	}
	missing := p.width - utf8.RuneCount(p.out[start:])
	if missing <= 0 {
		return
	}
	end := len(p.out)
	if p.minus {
		fill = ' '
	}
	for i := 0; i < missing; i++ {
		p.out = append(p.out, fill)
	}
	if p.minus {
		return
	}
	copy(p.out[start+missing:], p.out[start:end])
	for i := start; i < start+missing; i++ {
		p.out[i] = fill
	}
}

// fill is what texts are padded with on the left.
func (p *printer) fill() byte {
	if p.zero && !p.minus {
		return '0'
	}
	return ' '
}

func (p *printer) padded(s string) {
	start := len(p.out)
	p.out = append(p.out, s...)
	p.pad(start, p.fill())
}

const (
	smallDigits = "0123456789abcdef"
	largeDigits = "0123456789ABCDEF"
)

func (p *printer) boolean(b bool, verb rune) {
	if verb != 't' && verb != 'v' {
		p.badVerb(verb)
		return
	}
	p.padded(strconv.FormatBool(b))
}

func (p *printer) signed(n int64, verb rune) {
	if verb == 'd' || verb == 'v' {
		if p.spec == (spec{}) { // nearly always
			p.out = strconv.AppendInt(p.out, n, 10)
			return
		}
		p.decimal(n)
		return
	}
	p.integer(uint64(n), n < 0, verb)
}

func (p *printer) decimal(n int64) {
	if n < 0 {
		p.digits(-uint64(n), true, 10, smallDigits, "")
	} else {
		p.digits(uint64(n), false, 10, smallDigits, "")
	}
}

func (p *printer) unsigned(n uint64, verb rune) {
	if verb == 'v' && p.sharpV {
		p.hex0x(n, true)
		return
	}
	p.integer(n, false, verb)
}

// hex0x prints n in hexadecimal, with or without 0x whatever the flags.
func (p *printer) hex0x(n uint64, with0x bool) {
	sharp := p.sharp
	p.sharp = with0x
	p.digits(n, false, 16, smallDigits, "")
	p.sharp = sharp
}

// integer prints an integer's 64 bits, which stand for a negative number if so said.
func (p *printer) integer(bits uint64, negative bool, verb rune) {
	magnitude := bits
	if negative {
		magnitude = -bits
	}
	switch verb {
	case 'd', 'v':
		p.digits(magnitude, negative, 10, smallDigits, "")
	case 'b':
		p.digits(magnitude, negative, 2, smallDigits, "")
	case 'o':
		p.digits(magnitude, negative, 8, smallDigits, "")
	case 'O':
		p.digits(magnitude, negative, 8, smallDigits, "0o")
	case 'x':
		p.digits(magnitude, negative, 16, smallDigits, "")
	case 'X':
		p.digits(magnitude, negative, 16, largeDigits, "")
	case 'c':
		start := len(p.out)
		p.out = utf8.AppendRune(p.out, runeOf(bits))
		p.pad(start, p.fill())
	case 'q':
		start := len(p.out)
		if p.plus {
			p.out = strconv.AppendQuoteRuneToASCII(p.out, runeOf(bits))
		} else {
			p.out = strconv.AppendQuoteRune(p.out, runeOf(bits))
		}
		p.pad(start, p.fill())
	case 'U':
		p.unicode(bits)
	default:
		p.badVerb(verb)
	}
}

func runeOf(n uint64) rune {
	if n > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(n)
}

// digits prints a number: sign, prefix, zeros up to the precision (or the width, with flag 0), digits.
func (p *printer) digits(n uint64, negative bool, base uint64, alphabet, prefix string) {
	start := len(p.out)
	least := 0 // digits
	if p.hasPrecision {
		least = p.precision
		if least == 0 && n == 0 {
			p.pad(start, ' ')
			return
		}
	} else if p.zero && !p.minus && p.hasWidth {
		least = p.width
		if negative || p.plus || p.space {
			least--
		}
	}

	var room [64]byte
	i := len(room)
	for {
		i--
		room[i] = alphabet[n%base]
		n /= base
		if n == 0 {
			break
		}
	}
	zeros := max(0, least-(len(room)-i))

	switch {
	case negative:
		p.out = append(p.out, '-')
	case p.plus:
		p.out = append(p.out, '+')
	case p.space:
		p.out = append(p.out, ' ')
	}
	p.out = append(p.out, prefix...)
	if p.sharp {
		switch base {
		case 2:
			p.out = append(p.out, "0b"...)
		case 8:
			if zeros == 0 && room[i] != '0' {
				p.out = append(p.out, '0')
			}
		case 16:
			p.out = append(p.out, '0', 'x'-'a'+alphabet[10])
		}
	}
	for ; zeros > 0; zeros-- {
		p.out = append(p.out, '0')
	}
	p.out = append(p.out, room[i:]...)
	p.pad(start, ' ')
}

// unicode prints U+0078, or with # U+0078 'x'.
func (p *printer) unicode(n uint64) {
	start := len(p.out)
	p.out = append(p.out, "U+"...)
	var room [16]byte
	i := len(room)
	for rest := n; i == len(room) || rest != 0; rest >>= 4 {
		i--
		room[i] = largeDigits[rest&15]
	}
	least := 4
	if p.hasPrecision && p.precision > least {
		least = p.precision
	}
	for zeros := least - (len(room) - i); zeros > 0; zeros-- {
		p.out = append(p.out, '0')
	}
	p.out = append(p.out, room[i:]...)
	if p.sharp && n <= utf8.MaxRune && strconv.IsPrint(rune(n)) {
		p.out = append(p.out, " '"...)
		p.out = utf8.AppendRune(p.out, rune(n))
		p.out = append(p.out, '\'')
	}
	p.pad(start, ' ')
}

// float prints a floating-point number of that many bits.
func (p *printer) float(v float64, size int, verb rune) {
	switch verb {
	case 'v':
		p.floatAs(v, size, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.floatAs(v, size, byte(verb), -1)
	case 'f', 'e', 'E':
		p.floatAs(v, size, byte(verb), 6)
	case 'F':
		p.floatAs(v, size, 'f', 6)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) floatAs(v float64, size int, format byte, precision int) {
	if p.hasPrecision {
		precision = p.precision
	}
	start := len(p.out)
	p.out = append(p.out, '+') // always a sign at first
	p.out = strconv.AppendFloat(p.out, v, format, precision, size)
	if next := p.out[start+1]; next == '-' || next == '+' {
		p.out = append(p.out[:start], p.out[start+1:]...)
	}
	if p.space && !p.plus && p.out[start] == '+' {
		p.out[start] = ' '
	}
	if first := p.out[start+1]; first == 'I' || first == 'N' {
		// An infinity keeps its sign, and zeros are no padding here.
		if first == 'N' && !p.space && !p.plus {
			p.out = append(p.out[:start], p.out[start+1:]...)
		}
		p.pad(start, ' ')
		return
	}
	if p.sharp && format != 'b' {
		p.keepZeros(start, format, precision)
	}
	if !p.plus && p.out[start] == '+' {
		p.out = append(p.out[:start], p.out[start+1:]...)
	} else if p.zero && !p.minus && p.hasWidth && p.width > len(p.out)-start {
		// The sign goes before the zeros.
		p.width--
		p.pad(start+1, '0')
		p.width++
		return
	}
	p.pad(start, p.fill())
}

// keepZeros does for floats what # asks: always a decimal point and, for %g and %x, the zeros at the end.
func (p *printer) keepZeros(start int, format byte, precision int) {
	lacking := 0 // digits
	switch format {
	case 'g', 'G', 'x':
		lacking = precision
		if lacking == -1 {
			lacking = 6
		}
	}
	number := p.out[start+1:]
	end := len(number) // where the exponent begins
	point, significant := false, false
	for i, c := range number {
		if c == 'p' || c == 'P' || (c == 'e' || c == 'E') && format != 'x' && format != 'X' {
			end = i
			break
		}
		if c == '.' {
			point = true
			continue
		}
		// In hexadecimal the x counts as a digit, as it does in Go.
		significant = significant || c != '0'
		if significant {
			lacking--
		}
	}
	exponent := string(number[end:])
	p.out = p.out[:start+1+end]
	if !point {
		if end == 1 && number[0] == '0' {
			lacking--
		}
		p.out = append(p.out, '.')
	}
	for ; lacking > 0; lacking-- {
		p.out = append(p.out, '0')
	}
	p.out = append(p.out, exponent...)
}

func (p *printer) complex(v complex128, size int, verb rune) {
	switch verb {
	case 'v', 'b', 'g', 'G', 'x', 'X', 'f', 'F', 'e', 'E':
		plus := p.plus
		p.out = append(p.out, '(')
		p.float(real(v), size/2, verb)
		p.plus = true
		p.float(imag(v), size/2, verb)
		p.plus = plus
		p.out = append(p.out, "i)"...)
	default:
		p.badVerb(verb)
	}
}

// cut is the part of s that the precision leaves.
func (p *printer) cut(s string) string {
	if p.hasPrecision {
		n := 0
		for i := range s {
			if n == p.precision {
				return s[:i]
			}
			n++
		}
	}
	return s
}

func (p *printer) string(s string, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV {
			p.quoted(s)
			return
		}
		p.padded(p.cut(s))
	case 's':
		p.padded(p.cut(s))
	case 'q':
		p.quoted(s)
	case 'x':
		p.hexText(s, smallDigits)
	case 'X':
		p.hexText(s, largeDigits)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) quoted(s string) {
	s = p.cut(s)
	start := len(p.out)
	switch {
	case p.sharp && strconv.CanBackquote(s):
		p.out = append(p.out, '`')
		p.out = append(p.out, s...)
		p.out = append(p.out, '`')
	case p.plus:
		p.out = strconv.AppendQuoteToASCII(p.out, s)
	default:
		p.out = strconv.AppendQuote(p.out, s)
	}
	p.pad(start, p.fill())
}

// hexText prints the bytes of s, with 0x in front if #, apart if space.
func (p *printer) hexText(s string, alphabet string) {
	if p.hasPrecision && p.precision < len(s) {
		s = s[:p.precision]
	}
	start := len(p.out)
	for i := 0; i < len(s); i++ {
		if i > 0 && p.space {
			p.out = append(p.out, ' ')
		}
		if p.sharp && (i == 0 || p.space) {
			p.out = append(p.out, '0', 'x'-'a'+alphabet[10])
		}
		p.out = append(p.out, alphabet[s[i]>>4], alphabet[s[i]&15])
	}
	p.pad(start, p.fill())
}
