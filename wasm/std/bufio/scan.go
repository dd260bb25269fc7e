package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"
)

var (
	ErrTooLong         = errors.New("bufio.Scanner: token too long")
	ErrNegativeAdvance = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
	ErrAdvanceTooFar   = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
	ErrBadReadCount    = errors.New("bufio.Scanner: Read returned impossible count")
	ErrFinalToken      = errors.New("final token") // given by a SplitFunc: this token, if not nil, is the last
)

// MaxScanTokenSize is how long a token may be, its end included, if Buffer does not say otherwise.
const MaxScanTokenSize = 64 * 1024

// SplitFunc looks for a token at the beginning of data and tells how far to go on. No advance and no token: it wants more.
type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

// Scanner reads tokens: lines, unless Split says otherwise.
type Scanner struct {
	r       io.Reader
	split   SplitFunc
	longest int
	token   []byte
	buf     []byte
	start   int // buf[start:end] is still to be split
	end     int
	err     error // of reading; io.EOF at the end
	empties int   // tokens in a row that were empty and moved nothing on
	begun   bool
	done    bool
}

func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, split: ScanLines, longest: MaxScanTokenSize}
}

func (s *Scanner) Buffer(buf []byte, max int) {
	if s.begun {
		panic("Buffer called after Scan")
	}
	s.buf = buf[:cap(buf)]
	s.longest = max
}

func (s *Scanner) Split(split SplitFunc) {
	if s.begun {
		panic("Split called after Scan")
	}
	s.split = split
}

func (s *Scanner) Bytes() []byte { return s.token }
func (s *Scanner) Text() string  { return string(s.token) }

// Err is what ended the scan, nil for the end of the input.
func (s *Scanner) Err() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

func (s *Scanner) fail(err error) {
	if s.err == nil || s.err == io.EOF {
		s.err = err
	}
}

// Scan goes on to the next token; false: there is none.
func (s *Scanner) Scan() bool {
	if s.done {
		return false
	}
	s.begun = true
	for {
		if s.end > s.start || s.err != nil {
			if found, stop := s.next(); stop {
				return found
			}
		}
		if s.err != nil {
			s.start, s.end = 0, 0
			return false
		}
		if !s.makeRoom() {
			return false
		}
		s.read()
	}
}

// next tries to split off a token; stop: that decides what Scan returns.
func (s *Scanner) next() (found, stop bool) {
	advance, token, err := s.split(s.buf[s.start:s.end], s.err != nil)
	if err == ErrFinalToken {
		s.token = token
		s.done = true
		return token != nil, true
	}
	if err == nil && advance < 0 {
		err = ErrNegativeAdvance
	}
	if err == nil && advance > s.end-s.start {
		err = ErrAdvanceTooFar
	}
	if err != nil {
		s.fail(err)
		return false, true
	}
	s.start += advance
	s.token = token
	if token == nil {
		return false, false
	}
	if s.err == nil || advance > 0 {
		s.empties = 0
	} else if s.empties++; s.empties > mostIdle {
		panic("bufio.Scan: too many empty tokens without progressing")
	}
	return true, true
}

func (s *Scanner) makeRoom() bool {
	if s.start > 0 && (s.end == len(s.buf) || s.start > len(s.buf)/2) {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.start = 0
	}
	if s.end < len(s.buf) {
		return true
	}
	if len(s.buf) >= s.longest {
		s.fail(ErrTooLong)
		return false
	}
	size := len(s.buf) * 2
	if size == 0 {
		size = usualSize
	}
	grown := make([]byte, min(size, s.longest))
	s.end = copy(grown, s.buf[s.start:s.end])
	s.start = 0
	s.buf = grown
	return true
}

func (s *Scanner) read() {
	for idle := 0; idle <= mostIdle; idle++ {
		n, err := s.r.Read(s.buf[s.end:])
		if n < 0 || n > len(s.buf)-s.end {
			s.fail(ErrBadReadCount)
			return
		}
		s.end += n
		if err != nil {
			s.fail(err)
			return
		}
		if n > 0 {
			s.empties = 0
			return
		}
	}
	s.fail(io.ErrNoProgress)
}

// ScanBytes: every byte is a token.
func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	return 1, data[:1], nil
}

// ScanRunes: every rune is a token; bytes that are not UTF-8 give utf8.RuneError.
func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 || !atEOF && !utf8.FullRune(data) {
		return 0, nil, nil
	}
	r, size := utf8.DecodeRune(data)
	if r == utf8.RuneError && size == 1 {
		return 1, []byte(string(utf8.RuneError)), nil
	}
	return size, data[:size], nil
}

// ScanLines: every line is a token, without its end.
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	end := bytes.IndexByte(data, '\n')
	switch {
	case end >= 0:
		advance = end + 1
	case atEOF:
		end, advance = len(data), len(data)
	default:
		return 0, nil, nil
	}
	if end > 0 && data[end-1] == '\r' {
		end--
	}
	return advance, data[:end], nil
}

// ScanWords: every word between white space is a token.
func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error) {
	start := 0
	for start < len(data) {
		r, size := utf8.DecodeRune(data[start:])
		if !unicode.IsSpace(r) {
			break
		}
		start += size
	}
	for i := start; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if unicode.IsSpace(r) {
			return i + size, data[start:i], nil
		}
		i += size
	}
	if atEOF && len(data) > start {
		return len(data), data[start:], nil
	}
	return start, nil, nil
}
