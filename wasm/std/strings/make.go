package strings

import (
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// Builder puts a string together piece by piece.
type Builder struct {
	addr *Builder // itself: finds copies
	buf  []byte
}

func (b *Builder) check() {
	if b.addr == nil {
		b.addr = b
	} else if b.addr != b {
		panic("strings: illegal use of non-zero Builder copied by value")
	}
}

// String is what was written so far; it shares the builder's memory, which is only added to.
func (b *Builder) String() string { return unsafe.String(unsafe.SliceData(b.buf), len(b.buf)) }

func (b *Builder) Len() int { return len(b.buf) }
func (b *Builder) Cap() int { return cap(b.buf) }

func (b *Builder) Reset() {
	b.addr = nil
	b.buf = nil
}

// Grow makes room for n more bytes.
func (b *Builder) Grow(n int) {
	b.check()
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
	if cap(b.buf)-len(b.buf) < n {
		grown := make([]byte, len(b.buf), 2*cap(b.buf)+n)
		copy(grown, b.buf)
		b.buf = grown
	}
}

func (b *Builder) Write(p []byte) (int, error) {
	b.check()
	b.buf = append(b.buf, p...)
	return len(p), nil
}

func (b *Builder) WriteByte(c byte) error {
	b.check()
	b.buf = append(b.buf, c)
	return nil
}

func (b *Builder) WriteRune(r rune) (int, error) {
	b.check()
	n := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	return len(b.buf) - n, nil
}

func (b *Builder) WriteString(s string) (int, error) {
	b.check()
	b.buf = append(b.buf, s...)
	return len(s), nil
}

// Clone is s in memory of its own.
func Clone(s string) string { return string([]byte(s)) }

// Join puts sep between the elements.
func Join(elems []string, sep string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	}
	size := len(sep) * (len(elems) - 1)
	for _, e := range elems {
		size += len(e)
	}
	buf := make([]byte, 0, size)
	for i, e := range elems {
		if i > 0 {
			buf = append(buf, sep...)
		}
		buf = append(buf, e...)
	}
	return unsafe.String(unsafe.SliceData(buf), len(buf))
}

// Repeat is s count times.
func Repeat(s string, count int) string {
	if count < 0 {
		panic("strings: negative Repeat count")
	}
	if s == "" || count == 0 {
		return ""
	}
	if len(s) > (1<<63-1)/count {
		panic("strings: Repeat output length overflow")
	}
	buf := make([]byte, len(s)*count)
	for n := copy(buf, s); n < len(buf); n *= 2 { // double what is there
		copy(buf[n:], buf[:n])
	}
	return unsafe.String(&buf[0], len(buf))
}

// Replace replaces the first n olds, all if n < 0. An empty old is before every rune and at the end.
func Replace(s, old, new string, n int) string {
	if old == new || n == 0 {
		return s
	}
	count := Count(s, old)
	if count == 0 {
		return s
	}
	if n < 0 || n > count {
		n = count
	}
	buf := make([]byte, 0, len(s)+n*(len(new)-len(old)))
	rest := 0
	for i := 0; i < n; i++ {
		at := rest
		if old == "" {
			if i > 0 {
				_, size := utf8.DecodeRuneInString(s[rest:])
				at += size
			}
		} else {
			at += Index(s[rest:], old)
		}
		buf = append(buf, s[rest:at]...)
		buf = append(buf, new...)
		rest = at + len(old)
	}
	buf = append(buf, s[rest:]...)
	return unsafe.String(unsafe.SliceData(buf), len(buf))
}

func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }

// Map replaces every rune by what mapping makes of it, and drops it if that is negative. Bytes that are not UTF-8 become
// utf8.RuneError.
func Map(mapping func(rune) rune, s string) string {
	for i, c := range s {
		r := mapping(c)
		if r == c && (c != utf8.RuneError || isEncodedError(s[i:])) {
			continue
		}
		// From here on it is another string.
		buf := append(make([]byte, 0, len(s)+utf8.UTFMax), s[:i]...)
		if r >= 0 {
			buf = utf8.AppendRune(buf, r)
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		for _, c := range s[i+size:] {
			if r := mapping(c); r >= 0 {
				buf = utf8.AppendRune(buf, r)
			}
		}
		return unsafe.String(unsafe.SliceData(buf), len(buf))
	}
	return s
}

// isEncodedError tells whether s begins with utf8.RuneError itself, not with a wrong byte.
func isEncodedError(s string) bool {
	_, size := utf8.DecodeRuneInString(s)
	return size != 1
}

func ToUpper(s string) string { return Map(unicode.ToUpper, s) }
func ToLower(s string) string { return Map(unicode.ToLower, s) }
func ToTitle(s string) string { return Map(unicode.ToTitle, s) }

func ToUpperSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToUpper, s) }
func ToLowerSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToLower, s) }
func ToTitleSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToTitle, s) }

// Title begins every word with a capital.
func Title(s string) string {
	before := ' '
	return Map(func(r rune) rune {
		begins := separates(before)
		before = r
		if begins {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

func separates(r rune) bool {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
		return false
	case r < utf8.RuneSelf:
		return true
	}
	return unicode.IsSpace(r)
}

// ToValidUTF8 replaces each run of bytes that are not UTF-8.
func ToValidUTF8(s, replacement string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b Builder
	wasBad := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		bad := r == utf8.RuneError && size == 1
		if !bad {
			b.WriteString(s[i : i+size])
		} else if !wasBad {
			b.WriteString(replacement)
		}
		wasBad = bad
		i += size
	}
	return b.String()
}
