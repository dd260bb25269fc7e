package strconv

// FormatComplex is (a+bi), the parts as FormatFloat has them.
func FormatComplex(c complex128, format byte, precision, bitSize int) string {
	if bitSize != 64 && bitSize != 128 {
		panic("invalid bitSize")
	}
	im := FormatFloat(imag(c), format, precision, bitSize/2)
	if im[0] != '+' && im[0] != '-' {
		im = "+" + im
	}
	return "(" + FormatFloat(real(c), format, precision, bitSize/2) + im + "i)"
}

// ParseComplex reads N, Ni or N±Ni, perhaps in brackets.
func ParseComplex(s string, bitSize int) (complex128, error) {
	size := 64
	if bitSize == 64 {
		size = 32
	}
	rest := s
	if len(s) >= 2 && s[0] == '(' && s[len(s)-1] == ')' {
		rest = s[1 : len(s)-1]
	}
	syntax := func() (complex128, error) { return 0, numError("ParseComplex", s, ErrSyntax) }
	outOfRange := false
	part := func() (f float64, ok bool) {
		f, n, err := parseFloatPrefix(rest, size)
		rest = rest[n:]
		outOfRange = outOfRange || err == ErrRange
		return f, n > 0
	}
	result := func(re, im float64) (complex128, error) {
		if outOfRange {
			return complex(re, im), numError("ParseComplex", s, ErrRange)
		}
		return complex(re, im), nil
	}
	re, ok := part()
	switch {
	case !ok:
		return syntax()
	case rest == "":
		return result(re, 0)
	case rest == "i":
		return result(0, re)
	case rest[0] == '+':
		if len(rest) > 1 && rest[1] != '+' {
			rest = rest[1:]
		}
	case rest[0] != '-':
		return syntax()
	}
	im, ok := part()
	if !ok || rest != "i" {
		return syntax()
	}
	return result(re, im)
}
