package strconv

import "errors"

// IntSize is the size of an int in bits.
const IntSize = 64

var (
	ErrRange  = errors.New("value out of range")
	ErrSyntax = errors.New("invalid syntax")
)

// NumError says what could not be converted and why.
type NumError struct {
	Func string // the function that was called: ParseInt, say
	Num  string // its input
	Err  error
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

func (e *NumError) Unwrap() error { return e.Err }

// The input is copied so that an error does not keep alive what it was cut out of.
func numError(function, input string, err error) *NumError {
	return &NumError{function, string([]byte(input)), err}
}

func argumentError(function, input, what string, n int) *NumError {
	return numError(function, input, errors.New("invalid "+what+" "+Itoa(n)))
}

// Atoi is ParseInt(s, 10, 0) with the result an int.
func Atoi(s string) (int, error) {
	if n, ok := shortDecimal(s); ok {
		return n, nil
	}
	n, err := ParseInt(s, 10, 0)
	if e, ok := err.(*NumError); ok {
		e.Func = "Atoi"
	}
	return int(n), err
}

// shortDecimal reads what surely fits and holds nothing but digits and a sign.
func shortDecimal(s string) (n int, ok bool) {
	i := 0
	if len(s) > 1 && (s[0] == '-' || s[0] == '+') {
		i = 1
	}
	if len(s) == 0 || len(s) > 18 {
		return 0, false
	}
	for ; i < len(s); i++ {
		digit := s[i] - '0'
		if digit > 9 {
			return 0, false
		}
		n = n*10 + int(digit)
	}
	if s[0] == '-' {
		n = -n
	}
	return n, true
}

// ParseInt reads a signed number in the given base; base 0 takes it from a prefix (0b, 0o, 0, 0x) and lets
// underscores separate digits. The result must fit in bitSize bits, 0 meaning an int's.
func ParseInt(s string, base int, bitSize int) (int64, error) {
	const function = "ParseInt"
	if s == "" {
		return 0, numError(function, s, ErrSyntax)
	}
	rest := s
	negative := s[0] == '-'
	if negative || s[0] == '+' {
		rest = s[1:]
	}
	magnitude, err := ParseUint(rest, base, bitSize)
	if e, ok := err.(*NumError); ok && e.Err != ErrRange {
		e.Func = function
		e.Num = string([]byte(s))
		return 0, e
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	limit := uint64(1) << (bitSize - 1)
	if !negative && magnitude >= limit {
		return int64(limit - 1), numError(function, s, ErrRange)
	}
	if negative && magnitude > limit {
		return -int64(limit), numError(function, s, ErrRange)
	}
	if negative {
		return -int64(magnitude), nil
	}
	return int64(magnitude), nil
}

// ParseUint is ParseInt for unsigned numbers; it takes no sign.
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	const function = "ParseUint"
	if s == "" {
		return 0, numError(function, s, ErrSyntax)
	}
	rest, underscores := s, base == 0
	switch {
	case 2 <= base && base <= 36:
	case base == 0:
		base, rest = basePrefix(s)
	default:
		return 0, argumentError(function, s, "base", base)
	}
	if bitSize == 0 {
		bitSize = IntSize
	} else if bitSize < 0 || bitSize > 64 {
		return 0, argumentError(function, s, "bit size", bitSize)
	}
	largest := uint64(1)<<bitSize - 1
	beforeOverflow := ^uint64(0)/uint64(base) + 1 // the smallest that overflows when multiplied
	sawUnderscore := false
	var n uint64
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		if c == '_' && underscores {
			sawUnderscore = true
			continue
		}
		digit := digitValue(c)
		if int(digit) >= base {
			return 0, numError(function, s, ErrSyntax)
		}
		if n >= beforeOverflow {
			return largest, numError(function, s, ErrRange)
		}
		n *= uint64(base)
		next := n + uint64(digit)
		if next < n || next > largest {
			return largest, numError(function, s, ErrRange)
		}
		n = next
	}
	if sawUnderscore && !underscoresOK(s) {
		return 0, numError(function, s, ErrSyntax)
	}
	return n, nil
}

// digitValue is 36 or more for what is no digit in any base.
func digitValue(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return c | 0x20 - 'a' + 10
	}
	return 255
}

// basePrefix tells the base of a Go integer literal and what follows its prefix.
func basePrefix(s string) (base int, rest string) {
	if s[0] != '0' {
		return 10, s
	}
	if len(s) >= 3 {
		switch s[1] | 0x20 {
		case 'b':
			return 2, s[2:]
		case 'o':
			return 8, s[2:]
		case 'x':
			return 16, s[2:]
		}
	}
	return 8, s[1:]
}

// underscoresOK tells whether every underscore of a number stands between digits, or between prefix and digit.
func underscoresOK(s string) bool {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	last := byte('^') // '0' after a digit or prefix, '_' after an underscore, '!' after anything else
	hexadecimal := false
	i := 0
	if len(s) >= 2 && s[0] == '0' && (s[1]|0x20 == 'b' || s[1]|0x20 == 'o' || s[1]|0x20 == 'x') {
		i = 2
		last = '0'
		hexadecimal = s[1]|0x20 == 'x'
	}
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9' || hexadecimal && 'a' <= c|0x20 && c|0x20 <= 'f':
			last = '0'
		case c == '_':
			if last != '0' {
				return false
			}
			last = '_'
		default:
			if last == '_' {
				return false
			}
			last = '!'
		}
	}
	return last != '_'
}

// ParseBool reads 1, t, T, TRUE, true, True, 0, f, F, FALSE, false, False.
func ParseBool(s string) (bool, error) {
	switch s {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, numError("ParseBool", s, ErrSyntax)
}

func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func AppendBool(to []byte, b bool) []byte { return append(to, FormatBool(b)...) }
