package fmt

import (
	"internal/rtype"
	"io"
	"strconv"
	"unsafe"
)

const (
	binaryDigits  = "01"
	octalDigits   = "01234567"
	decimalDigits = "0123456789"
	hexDigits     = "0123456789aAbBcCdDeEfF"
	floatVerbs    = "beEfFgGv"
)

// value reads what the verb says into what arg points to.
func (s *scanning) value(verb rune, arg any) {
	s.token = s.token[:0]
	if own, ok := arg.(Scanner); ok {
		err := own.Scan(s, verb)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		s.failIf(err)
		return
	}
	pointer := rtype.TypeOf(arg)
	if pointer == nil {
		s.fail("can't scan type: <nil>")
	}
	if pointer.Kind != rtype.Pointer {
		s.fail("type not a pointer: " + pointer.String())
	}
	t, at := pointer.Elem(), rtype.EfaceOf(&arg).Data
	switch {
	case t.Kind == rtype.Bool:
		*(*bool)(at) = s.boolean(verb)
	case t.Kind.Signed():
		storeBits(t, at, uint64(s.signed(verb, int(t.Size)*8)))
	case t.Kind.Unsigned():
		storeBits(t, at, s.unsigned(verb, int(t.Size)*8))
	case t.Kind == rtype.Float32:
		*(*float32)(at) = float32(s.float(verb, 32, t))
	case t.Kind == rtype.Float64:
		*(*float64)(at) = s.float(verb, 64, t)
	case t.Kind == rtype.Complex64:
		*(*complex64)(at) = complex64(s.complex(verb, 32))
	case t.Kind == rtype.Complex128:
		*(*complex128)(at) = s.complex(verb, 64)
	case t.Kind == rtype.String:
		*(*string)(at) = s.text(verb)
	case t.Kind == rtype.Slice && t.Elem().Kind == rtype.Uint8:
		*(*[]byte)(at) = []byte(s.text(verb))
	default:
		s.fail("can't scan type: " + pointer.String())
	}
}

func storeBits(t *rtype.Type, at unsafe.Pointer, bits uint64) {
	switch t.Size {
	case 1:
		*(*uint8)(at) = uint8(bits)
	case 2:
		*(*uint16)(at) = uint16(bits)
	case 4:
		*(*uint32)(at) = uint32(bits)
	default:
		*(*uint64)(at) = bits
	}
}

func (s *scanning) mustBeVerb(verb rune, verbs, what string) {
	if !isOneOf(verb, verbs) {
		s.fail("bad verb '%" + string(verb) + "' for " + what)
	}
}

func (s *scanning) boolean(verb rune) bool {
	s.SkipSpace()
	s.mustNotEnd()
	s.mustBeVerb(verb, "tv", "boolean")
	bad := false
	result := false
	switch s.next() {
	case '1':
		result = true
	case 't', 'T':
		bad = s.accept("rR") && !(s.accept("uU") && s.accept("eE"))
		result = true
	case 'f', 'F':
		bad = s.accept("aA") && !(s.accept("lL") && s.accept("sS") && s.accept("eE"))
	}
	if bad {
		s.fail("syntax error scanning boolean")
	}
	return result
}

// number reads the digits of an integer, with prefix and underscores for %v, and gives the base for strconv.
func (s *scanning) number(verb rune, signed bool) (base int) {
	base, digits := 10, decimalDigits
	s.mustBeVerb(verb, "bdoUxXv", "integer")
	switch verb {
	case 'b':
		base, digits = 2, binaryDigits
	case 'o':
		base, digits = 8, octalDigits
	case 'x', 'X', 'U':
		base, digits = 16, hexDigits
	}
	if verb == 'U' {
		if !s.accept("U") || !s.accept("+") {
			s.fail("bad unicode format ")
		}
		s.token = s.token[:0]
	} else {
		if signed {
			s.accept("+-")
		}
		if verb == 'v' {
			base, digits = 0, decimalDigits+"_"
			if s.accept("0") {
				switch {
				case s.accept("bB"):
					digits = binaryDigits + "_"
				case s.accept("oO"):
					digits = octalDigits + "_"
				case s.accept("xX"):
					digits = hexDigits + "_"
				default:
					digits = octalDigits + "_"
				}
				s.acceptAll(digits)
				return base
			}
		}
	}
	s.mustNotEnd()
	if !s.accept(digits) {
		s.fail("expected integer")
	}
	s.acceptAll(digits)
	return base
}

func (s *scanning) signed(verb rune, bits int) int64 {
	if verb == 'c' {
		return s.character(bits)
	}
	s.SkipSpace()
	s.mustNotEnd()
	base := s.number(verb, true)
	n, err := strconv.ParseInt(string(s.token), base, 64)
	s.failIf(err)
	if n<<(64-bits)>>(64-bits) != n {
		s.fail("integer overflow on token " + string(s.token))
	}
	return n
}

func (s *scanning) unsigned(verb rune, bits int) uint64 {
	if verb == 'c' {
		return uint64(s.character(bits))
	}
	s.SkipSpace()
	s.mustNotEnd()
	base := s.number(verb, false)
	n, err := strconv.ParseUint(string(s.token), base, 64)
	s.failIf(err)
	if n<<(64-bits)>>(64-bits) != n {
		s.fail("unsigned integer overflow on token " + string(s.token))
	}
	return n
}

func (s *scanning) character(bits int) int64 {
	s.mustNotEnd()
	r := int64(s.next())
	if r<<(64-bits)>>(64-bits) != r {
		s.fail("overflow on character value " + string(rune(r)))
	}
	return r
}

// floatToken adds a number to the token, as far as it looks like one.
func (s *scanning) floatToken() string {
	s.token = s.token[:0]
	if s.accept("nN") && s.accept("aA") && s.accept("nN") {
		return string(s.token)
	}
	s.accept("+-")
	if s.accept("iI") && s.accept("nN") && s.accept("fF") {
		return string(s.token)
	}
	digits, exponent := decimalDigits+"_", "eEpP"
	if s.accept("0") && s.accept("xX") {
		digits, exponent = hexDigits+"_", "pP"
	}
	s.acceptAll(digits)
	if s.accept(".") {
		s.acceptAll(digits)
	}
	if s.accept(exponent) {
		s.accept("+-")
		s.acceptAll(decimalDigits + "_")
	}
	return string(s.token)
}

func (s *scanning) float(verb rune, bits int, t *rtype.Type) float64 {
	// As in Go, the verb is not looked at for a named type.
	if !t.Named() || t.PackagePath() == "" {
		s.mustBeVerb(verb, floatVerbs, t.String())
	}
	s.SkipSpace()
	s.mustNotEnd()
	return s.convertFloat(s.floatToken(), bits)
}

// convertFloat understands decimal mantissas with a power of two too: 1.5p3.
func (s *scanning) convertFloat(text string, bits int) float64 {
	p, isHex := -1, false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case 'p':
			p = i
		case 'x', 'X':
			isHex = true
		}
	}
	if p < 0 || isHex {
		f, err := strconv.ParseFloat(text, bits)
		s.failIf(err)
		return f
	}
	f, err := strconv.ParseFloat(text[:p], bits)
	s.failIf(withNumber(err, text))
	n, err := strconv.Atoi(text[p+1:])
	s.failIf(withNumber(err, text))
	for ; n > 0 && f-f == 0; n-- {
		f *= 2
	}
	for ; n < 0 && f != 0; n++ {
		f /= 2
	}
	return f
}

func withNumber(err error, text string) error {
	if e, ok := err.(*strconv.NumError); ok {
		e.Num = text
	}
	return err
}

func (s *scanning) complex(verb rune, bits int) complex128 {
	const fault = "syntax error scanning complex number"
	s.mustBeVerb(verb, floatVerbs, "complex")
	s.SkipSpace()
	s.mustNotEnd()
	brackets := s.accept("(")
	re := s.floatToken()
	s.token = s.token[:0]
	if !s.accept("+-") {
		s.fail(fault)
	}
	sign := string(s.token)
	im := sign + s.floatToken()
	if !s.accept("i") || brackets && !s.accept(")") {
		s.fail(fault)
	}
	return complex(s.convertFloat(re, bits), s.convertFloat(im, bits))
}

func (s *scanning) text(verb rune) string {
	s.mustBeVerb(verb, "svqxX", "string")
	s.SkipSpace()
	s.mustNotEnd()
	switch verb {
	case 'q':
		return s.quotedText()
	case 'x', 'X':
		return s.hexBytes()
	}
	s.takeWhile(notSpace)
	return string(s.token)
}

func (s *scanning) quotedText() string {
	switch quote := s.next(); quote {
	case '`':
		for {
			r := s.mustNext()
			if r == '`' {
				return string(s.token)
			}
			s.token = append(s.token, string(r)...)
		}
	case '"':
		s.token = append(s.token, '"')
		for {
			r := s.mustNext()
			s.token = append(s.token, string(r)...)
			if r == '\\' {
				s.token = append(s.token, string(s.mustNext())...)
			} else if r == '"' {
				break
			}
		}
		text, err := strconv.Unquote(string(s.token))
		s.failIf(err)
		return text
	}
	s.fail("expected quoted string")
	return ""
}

func hexValue(r rune) (int, bool) {
	switch {
	case '0' <= r && r <= '9':
		return int(r - '0'), true
	case 'a' <= r|0x20 && r|0x20 <= 'f':
		return int(r|0x20-'a') + 10, true
	}
	return 0, false
}

func (s *scanning) hexBytes() string {
	for {
		r := s.next()
		if r == endOfText {
			break
		}
		high, ok := hexValue(r)
		if !ok {
			s.UnreadRune()
			break
		}
		low, ok := hexValue(s.mustNext())
		if !ok {
			s.fail("illegal hex digit")
		}
		s.token = append(s.token, byte(high<<4|low))
	}
	if len(s.token) == 0 {
		s.fail("no hex data for %x string")
	}
	return string(s.token)
}
