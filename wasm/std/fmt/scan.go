package fmt

import (
	"errors"
	"io"
	"os"
	"unicode"
	"unicode/utf8"
)

// ScanState is what a Scanner reads from.
type ScanState interface {
	ReadRune() (r rune, size int, err error)
	UnreadRune() error
	SkipSpace()
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	Width() (wid int, ok bool)
	Read(buf []byte) (n int, err error)
}

// Scanner reads itself.
type Scanner interface {
	Scan(state ScanState, verb rune) error
}

// Scan and the like read values between spaces, newlines included; Scanln and the like stop at a newline, before which there
// must be a value for every argument; Scanf and the like follow a format.

func Scan(a ...any) (n int, err error)                 { return Fscan(os.Stdin, a...) }
func Scanln(a ...any) (n int, err error)               { return Fscanln(os.Stdin, a...) }
func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }

func Sscan(str string, a ...any) (n int, err error)   { return Fscan(&textReader{rest: str}, a...) }
func Sscanln(str string, a ...any) (n int, err error) { return Fscanln(&textReader{rest: str}, a...) }
func Sscanf(str string, format string, a ...any) (n int, err error) {
	return Fscanf(&textReader{rest: str}, format, a...)
}

func Fscan(r io.Reader, a ...any) (n int, err error) {
	s := newScanning(r)
	s.newlineIsSpace = true
	return s.scan(a)
}

func Fscanln(r io.Reader, a ...any) (n int, err error) {
	s := newScanning(r)
	s.newlineEnds = true
	return s.scan(a)
}

func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	return newScanning(r).scanFormat(format, a)
}

type textReader struct{ rest string }

func (t *textReader) Read(b []byte) (n int, err error) {
	n = copy(b, t.rest)
	t.rest = t.rest[n:]
	if n == 0 {
		err = io.EOF
	}
	return n, err
}

// scanning is one call. Faults are panics with a scanFault, or io.EOF for an end before a value has begun.
type scanning struct {
	source io.RuneScanner
	token  []byte
	taken  int // runes read
	limit  int // taken may not become more
	width  int // of the verb; unlimited: none
	atEnd  bool

	newlineIsSpace bool
	newlineEnds    bool
}

type scanFault struct{ err error }

const (
	unlimited = 1 << 30
	endOfText = -1 // in place of a rune
)

func newScanning(r io.Reader) *scanning {
	s := &scanning{limit: unlimited, width: unlimited}
	if source, ok := r.(io.RuneScanner); ok {
		s.source = source
	} else {
		s.source = &runeReader{source: r, peeked: -1}
	}
	return s
}

func (s *scanning) fail(text string) { panic(scanFault{errors.New(text)}) }

func (s *scanning) failIf(err error) {
	if err != nil {
		panic(scanFault{err})
	}
}

// caught, deferred, turns a fault into an error.
func caughtFault(err *error) {
	switch fault := recover().(type) {
	case nil:
	case scanFault:
		*err = fault.err
	default:
		if fault != any(io.EOF) {
			panic(fault)
		}
		*err = io.EOF
	}
}

// ---- the state as a ScanState

func (s *scanning) Read(buf []byte) (n int, err error) {
	return 0, errors.New("ScanState's Read should not be called. Use ReadRune")
}

func (s *scanning) ReadRune() (r rune, size int, err error) {
	if s.atEnd || s.taken >= s.limit {
		return 0, 0, io.EOF
	}
	r, size, err = s.source.ReadRune()
	if err == nil {
		s.taken++
		s.atEnd = s.newlineEnds && r == '\n'
	} else if err == io.EOF {
		s.atEnd = true
	}
	return r, size, err
}

func (s *scanning) UnreadRune() error {
	s.source.UnreadRune()
	s.atEnd = false
	s.taken--
	return nil
}

func (s *scanning) Width() (wid int, ok bool) {
	if s.width == unlimited {
		return 0, false
	}
	return s.width, true
}

func (s *scanning) Token(skipSpace bool, f func(rune) bool) (token []byte, err error) {
	defer caughtFault(&err)
	if f == nil {
		f = notSpace
	}
	s.token = s.token[:0]
	if skipSpace {
		s.SkipSpace()
	}
	s.takeWhile(f)
	return s.token, nil
}

func (s *scanning) SkipSpace() {
	for {
		r := s.next()
		switch {
		case r == endOfText:
			return
		case r == '\r' && s.sees("\n"):
		case r == '\n':
			if !s.newlineIsSpace {
				s.fail("unexpected newline")
			}
		case !unicode.IsSpace(r):
			s.UnreadRune()
			return
		}
	}
}

// ---- reading

func notSpace(r rune) bool { return !unicode.IsSpace(r) }

func (s *scanning) next() rune {
	r, _, err := s.ReadRune()
	if err == io.EOF {
		return endOfText
	}
	s.failIf(err)
	return r
}

func (s *scanning) mustNext() rune {
	r := s.next()
	if r == endOfText {
		s.failIf(io.ErrUnexpectedEOF)
	}
	return r
}

func (s *scanning) mustNotEnd() {
	if s.next() == endOfText {
		panic(io.EOF)
	}
	s.UnreadRune()
}

func (s *scanning) takeWhile(f func(rune) bool) {
	for {
		r := s.next()
		if r == endOfText {
			return
		}
		if !f(r) {
			s.UnreadRune()
			return
		}
		s.token = utf8.AppendRune(s.token, r)
	}
}

func isOneOf(r rune, set string) bool {
	for _, c := range set {
		if c == r {
			return true
		}
	}
	return false
}

// sees tells whether the next rune is one of set.
func (s *scanning) sees(set string) bool {
	r := s.next()
	if r == endOfText {
		return false
	}
	s.UnreadRune()
	return isOneOf(r, set)
}

// accept adds the next rune to the token if it is one of set.
func (s *scanning) accept(set string) bool {
	r := s.next()
	if r == endOfText {
		return false
	}
	if !isOneOf(r, set) {
		s.UnreadRune()
		return false
	}
	s.token = utf8.AppendRune(s.token, r)
	return true
}

func (s *scanning) acceptAll(set string) {
	for s.accept(set) {
	}
}

// runeReader makes runes of a reader's bytes, which it reads one at a time so as to take no more than it must.
type runeReader struct {
	source  io.Reader
	pending []byte // read, but not part of the rune
	peeked  rune   // unread: the rune; else ^ of the rune read last
	size    int
}

func (r *runeReader) readByte() (byte, error) {
	if len(r.pending) > 0 {
		b := r.pending[0]
		r.pending = r.pending[1:]
		return b, nil
	}
	var b [1]byte
	_, err := io.ReadFull(r.source, b[:])
	return b[0], err
}

func (r *runeReader) ReadRune() (ch rune, size int, err error) {
	if r.peeked >= 0 {
		ch = r.peeked
		r.peeked = ^ch
		return ch, utf8.RuneLen(ch), nil
	}
	var room [utf8.UTFMax]byte
	n := 0
	for n == 0 || !utf8.FullRune(room[:n]) {
		b, err := r.readByte()
		if err == io.EOF && n > 0 {
			break
		}
		if err != nil {
			return 0, 0, err
		}
		room[n] = b
		n++
	}
	ch, size = utf8.DecodeRune(room[:n])
	r.pending = append(append([]byte(nil), room[size:n]...), r.pending...)
	r.peeked = ^ch
	return ch, size, nil
}

func (r *runeReader) UnreadRune() error {
	if r.peeked >= 0 {
		return errors.New("fmt: scanning called UnreadRune with no rune available")
	}
	r.peeked = ^r.peeked
	return nil
}

// ---- the calls

func (s *scanning) scan(a []any) (n int, err error) {
	defer caughtFault(&err)
	for _, arg := range a {
		s.value('v', arg)
		n++
	}
	for s.newlineEnds {
		r := s.next()
		if r == '\n' || r == endOfText {
			break
		}
		if !unicode.IsSpace(r) {
			s.fail("expected newline")
		}
	}
	return n, nil
}

func (s *scanning) scanFormat(format string, a []any) (n int, err error) {
	defer caughtFault(&err)
	for format != "" {
		length, matched := s.matchText(format)
		format = format[length:]
		if length > 0 {
			continue
		}
		if format[0] != '%' {
			if !matched {
				s.fail("input does not match format")
			}
			break
		}
		format = format[1:]
		width, digits, ok := readNumber(format[:max(0, len(format)-1)])
		format = format[digits:]
		s.width = unlimited
		if ok {
			s.width = width
		}
		verb, size := utf8.DecodeRuneInString(format)
		rest := format
		format = format[size:]
		if verb != 'c' {
			s.SkipSpace()
		}
		if verb == '%' {
			s.SkipSpace()
			s.mustNotEnd()
			if !s.accept("%") {
				s.fail("missing literal %")
			}
			continue
		}
		s.limit = min(unlimited, s.taken+s.width)
		if n >= len(a) {
			s.fail("too few operands for format '%" + rest + "'")
		}
		s.value(verb, a[n])
		n++
		s.limit = unlimited
	}
	if n < len(a) {
		s.fail("too many operands")
	}
	return n, nil
}

// matchText matches input with the format up to the next verb, and tells how much of the format that was. matched is false
// when the first thing does not match.
func (s *scanning) matchText(format string) (length int, matched bool) {
	for length < len(format) {
		c, size := utf8.DecodeRuneInString(format[length:])
		if unicode.IsSpace(c) {
			length += s.matchSpace(format[length:])
			continue
		}
		if c == '%' {
			if length+1 == len(format) {
				s.fail("missing verb: % at end of format string")
			}
			if format[length+1] != '%' {
				return length, true
			}
			length++
		}
		if s.mustNext() != c {
			s.UnreadRune()
			return 0, false
		}
		length += size
	}
	return length, true
}

// matchSpace matches the space that format begins with: each newline in it must be one in the input, perhaps after other
// space; other space stands for any, but there must be some if there is no newline.
func (s *scanning) matchSpace(format string) (length int) {
	newlines, after := 0, false // after: space behind the last newline
	for _, c := range format {
		if !unicode.IsSpace(c) {
			break
		}
		length += utf8.RuneLen(c)
		if after = c != '\n'; !after {
			newlines++
		}
	}
	for i := 0; i < newlines; i++ {
		r := s.next()
		for r != '\n' && r != endOfText && unicode.IsSpace(r) {
			r = s.next()
		}
		if r != '\n' && r != endOfText {
			s.fail("newline in format does not match input")
		}
	}
	if !after {
		return length
	}
	r := s.next()
	if newlines == 0 {
		if r != endOfText && !unicode.IsSpace(r) {
			s.fail("expected space in input to match format")
		}
		if r == '\n' {
			s.fail("newline in input does not match format")
		}
	}
	for r != '\n' && r != endOfText && unicode.IsSpace(r) {
		r = s.next()
	}
	if r != endOfText {
		s.UnreadRune()
	}
	return length
}
