package strconv

import (
	"unicode"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// What a quoted text may hold as it is, beside what always may.
type quoting uint8

const (
	printable quoting = iota
	asciiOnly
	graphic // spaces other than U+0020 too
)

// IsPrint is unicode.IsPrint.
func IsPrint(r rune) bool { return unicode.IsPrint(r) }

// IsGraphic is unicode.IsGraphic.
func IsGraphic(r rune) bool { return unicode.IsGraphic(r) }

func appendQuoted(to []byte, s string, quote byte, mode quoting) []byte {
	if cap(to)-len(to) < len(s)+2 {
		grown := make([]byte, len(to), len(to)+len(s)+len(s)/8+2)
		copy(grown, to)
		to = grown
	}
	to = append(to, quote)
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 {
			to = append(to, '\\', 'x', hexDigits[s[0]>>4], hexDigits[s[0]&15])
		} else {
			to = appendEscaped(to, r, quote, mode)
		}
		s = s[size:]
	}
	return append(to, quote)
}

func appendQuotedRune(to []byte, r rune, mode quoting) []byte {
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	to = append(to, '\'')
	to = appendEscaped(to, r, '\'', mode)
	return append(to, '\'')
}

func appendEscaped(to []byte, r rune, quote byte, mode quoting) []byte {
	switch {
	case r == rune(quote) || r == '\\':
		return append(to, '\\', byte(r))
	case ' ' <= r && r < 0x7f:
		return append(to, byte(r))
	case mode != asciiOnly && r >= 0x80 && (IsPrint(r) || mode == graphic && IsGraphic(r)):
		return utf8.AppendRune(to, r)
	case '\a' <= r && r <= '\r':
		return append(to, '\\', "abtnvfr"[r-'\a'])
	case r < ' ' || r == 0x7f:
		return append(to, '\\', 'x', hexDigits[r>>4], hexDigits[r&15])
	case r < 0x10000:
		return appendHex(append(to, '\\', 'u'), r, 4)
	}
	return appendHex(append(to, '\\', 'U'), r, 8)
}

func appendHex(to []byte, r rune, n int) []byte {
	for shift := 4 * (n - 1); shift >= 0; shift -= 4 {
		to = append(to, hexDigits[r>>shift&15])
	}
	return to
}

func Quote(s string) string          { return string(appendQuoted(nil, s, '"', printable)) }
func QuoteToASCII(s string) string   { return string(appendQuoted(nil, s, '"', asciiOnly)) }
func QuoteToGraphic(s string) string { return string(appendQuoted(nil, s, '"', graphic)) }

func QuoteRune(r rune) string          { return string(appendQuotedRune(nil, r, printable)) }
func QuoteRuneToASCII(r rune) string   { return string(appendQuotedRune(nil, r, asciiOnly)) }
func QuoteRuneToGraphic(r rune) string { return string(appendQuotedRune(nil, r, graphic)) }

func AppendQuote(to []byte, s string) []byte          { return appendQuoted(to, s, '"', printable) }
func AppendQuoteToASCII(to []byte, s string) []byte   { return appendQuoted(to, s, '"', asciiOnly) }
func AppendQuoteToGraphic(to []byte, s string) []byte { return appendQuoted(to, s, '"', graphic) }

func AppendQuoteRune(to []byte, r rune) []byte          { return appendQuotedRune(to, r, printable) }
func AppendQuoteRuneToASCII(to []byte, r rune) []byte   { return appendQuotedRune(to, r, asciiOnly) }
func AppendQuoteRuneToGraphic(to []byte, r rune) []byte { return appendQuotedRune(to, r, graphic) }

// CanBackquote tells whether s can stand between back quotes on one line.
func CanBackquote(s string) bool {
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r < ' ' && r != '\t' || r == '`' || r == 0x7f || r == '\ufeff' || r == utf8.RuneError && size == 1 {
			return false
		}
		s = s[size:]
	}
	return true
}

// UnquoteChar decodes the first character, or escape, of what stands between quotes. With quote ' or ", that quote must be
// escaped and the other one must not.
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	if s == "" || s[0] == quote && (quote == '\'' || quote == '"') {
		return 0, false, "", ErrSyntax
	}
	if s[0] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(s)
		return r, true, s[size:], nil
	}
	if s[0] != '\\' {
		return rune(s[0]), false, s[1:], nil
	}
	if len(s) < 2 {
		return 0, false, "", ErrSyntax
	}
	c := s[1]
	rest := s[2:]
	switch c {
	case 'a':
		return '\a', false, rest, nil
	case 'b':
		return '\b', false, rest, nil
	case 'f':
		return '\f', false, rest, nil
	case 'n':
		return '\n', false, rest, nil
	case 'r':
		return '\r', false, rest, nil
	case 't':
		return '\t', false, rest, nil
	case 'v':
		return '\v', false, rest, nil
	case '\\':
		return '\\', false, rest, nil
	case '\'', '"':
		if c == quote {
			return rune(c), false, rest, nil
		}
	case 'x':
		if v, ok := escapeNumber(rest, 2, 16); ok {
			return v, false, rest[2:], nil
		}
	case 'u':
		if v, ok := escapeNumber(rest, 4, 16); ok && utf8.ValidRune(v) {
			return v, true, rest[4:], nil
		}
	case 'U':
		if v, ok := escapeNumber(rest, 8, 16); ok && utf8.ValidRune(v) {
			return v, true, rest[8:], nil
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if v, ok := escapeNumber(s[1:], 3, 8); ok && v < 256 {
			return v, false, s[4:], nil
		}
	}
	return 0, false, "", ErrSyntax
}

func escapeNumber(s string, length int, base rune) (v rune, ok bool) {
	if len(s) < length {
		return 0, false
	}
	for i := 0; i < length; i++ {
		digit := rune(digitValue(s[i]))
		if digit >= base {
			return 0, false
		}
		v = v*base + digit
	}
	return v, true
}

// QuotedPrefix is the quoted string that s begins with, quotes included.
func QuotedPrefix(s string) (string, error) {
	end, _, err := scanQuoted(s, false)
	if err != nil {
		return "", err
	}
	return s[:end], nil
}

// Unquote reads s as a Go string or rune literal and gives its value.
func Unquote(s string) (string, error) {
	end, value, err := scanQuoted(s, true)
	if err != nil || end != len(s) {
		return "", ErrSyntax
	}
	return value, nil
}

// scanQuoted finds where the literal at the start of s ends and, if asked, what it means.
func scanQuoted(s string, wantValue bool) (end int, value string, err error) {
	if len(s) < 2 {
		return 0, "", ErrSyntax
	}
	quote := s[0]
	if quote == '`' {
		return scanRaw(s, wantValue)
	}
	if quote != '"' && quote != '\'' {
		return 0, "", ErrSyntax
	}
	// Most literals have no escapes.
	plain := 1
	for plain < len(s) && s[plain] != quote && s[plain] != '\\' && s[plain] != '\n' {
		plain++
	}
	if plain < len(s) && s[plain] == quote && quote == '"' && utf8.ValidString(s[1:plain]) {
		return plain + 1, s[1:plain], nil
	}
	var out []byte
	rest := s[1:]
	for n := 0; ; n++ {
		if rest == "" || rest[0] == '\n' {
			return 0, "", ErrSyntax
		}
		if rest[0] == quote && (quote == '"' || n <= 1) { // Go takes '' too
			break
		}
		if quote == '\'' && n > 0 {
			return 0, "", ErrSyntax
		}
		r, multibyte, tail, err := UnquoteChar(rest, quote)
		if err != nil {
			return 0, "", err
		}
		rest = tail
		if !wantValue {
			continue
		}
		if r < utf8.RuneSelf || !multibyte {
			out = append(out, byte(r))
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return len(s) - len(rest) + 1, string(out), nil
}

// scanRaw: a raw string drops carriage returns.
func scanRaw(s string, wantValue bool) (end int, value string, err error) {
	end = 1
	returns := 0
	for ; ; end++ {
		if end == len(s) {
			return 0, "", ErrSyntax
		}
		if s[end] == '`' {
			break
		}
		if s[end] == '\r' {
			returns++
		}
	}
	raw := s[1:end]
	if !wantValue || returns == 0 {
		return end + 1, raw, nil
	}
	out := make([]byte, 0, len(raw)-returns)
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\r' {
			out = append(out, raw[i])
		}
	}
	return end + 1, string(out), nil
}
