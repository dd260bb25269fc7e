// Package bufio reads and writes by way of a buffer, and splits what is read into tokens.
package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

var (
	ErrInvalidUnreadByte = errors.New("bufio: invalid use of UnreadByte")
	ErrInvalidUnreadRune = errors.New("bufio: invalid use of UnreadRune")
	ErrBufferFull        = errors.New("bufio: buffer full")
	ErrNegativeCount     = errors.New("bufio: negative count")

	errNegativeRead  = errors.New("bufio: reader returned negative count from Read")
	errNegativeWrite = errors.New("bufio: writer returned negative count from Write")
)

const (
	usualSize = 4096
	leastSize = 16
	mostIdle  = 100 // reads that give neither bytes nor an error
)

// Reader has read buf[r:w] from rd already.
type Reader struct {
	buf          []byte
	rd           io.Reader
	r, w         int
	err          error // to be given when the buffer is empty
	lastByte     int   // for UnreadByte; -1: none
	lastRuneSize int   // for UnreadRune; -1: none
}

func NewReader(rd io.Reader) *Reader { return NewReaderSize(rd, usualSize) }

func NewReaderSize(rd io.Reader, size int) *Reader {
	if b, ok := rd.(*Reader); ok && len(b.buf) >= size {
		return b
	}
	b := new(Reader)
	b.start(make([]byte, max(size, leastSize)), rd)
	return b
}

func (b *Reader) start(buf []byte, rd io.Reader) {
	*b = Reader{buf: buf, rd: rd, lastByte: -1, lastRuneSize: -1}
}

func (b *Reader) Reset(r io.Reader) {
	if b == r {
		return
	}
	if b.buf == nil {
		b.buf = make([]byte, usualSize)
	}
	b.start(b.buf, r)
}

func (b *Reader) Size() int     { return len(b.buf) }
func (b *Reader) Buffered() int { return b.w - b.r }

func (b *Reader) forget() { b.lastByte, b.lastRuneSize = -1, -1 }

func (b *Reader) takeError() error {
	err := b.err
	b.err = nil
	return err
}

// fill reads more into the buffer, which must not be full.
func (b *Reader) fill() {
	if b.r > 0 {
		copy(b.buf, b.buf[b.r:b.w])
		b.w -= b.r
		b.r = 0
	}
	for i := 0; i < mostIdle; i++ {
		n, err := b.rd.Read(b.buf[b.w:])
		if n < 0 {
			panic(errNegativeRead)
		}
		b.w += n
		b.err = err
		if n > 0 || err != nil {
			return
		}
	}
	b.err = io.ErrNoProgress
}

// Peek shows the next n bytes.
func (b *Reader) Peek(n int) ([]byte, error) {
	if n < 0 {
		return nil, ErrNegativeCount
	}
	b.forget()
	for b.Buffered() < n && b.Buffered() < len(b.buf) && b.err == nil {
		b.fill()
	}
	if n > len(b.buf) {
		return b.buf[b.r:b.w], ErrBufferFull
	}
	if b.Buffered() >= n {
		return b.buf[b.r : b.r+n], nil
	}
	err := b.takeError()
	if err == nil {
		err = ErrBufferFull
	}
	return b.buf[b.r:b.w], err
}

// Discard skips n bytes.
func (b *Reader) Discard(n int) (discarded int, err error) {
	if n < 0 {
		return 0, ErrNegativeCount
	}
	if n == 0 {
		return 0, nil
	}
	b.forget()
	for {
		if b.Buffered() == 0 {
			b.fill()
		}
		step := min(b.Buffered(), n-discarded)
		b.r += step
		discarded += step
		if discarded == n {
			return n, nil
		}
		if b.err != nil {
			return discarded, b.takeError()
		}
	}
}

// Read gives what the buffer holds, or what one read gives.
func (b *Reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		if b.Buffered() > 0 {
			return 0, nil
		}
		return 0, b.takeError()
	}
	if b.r == b.w {
		if b.err != nil {
			return 0, b.takeError()
		}
		to := b.buf
		direct := len(p) >= len(b.buf)
		if direct {
			to = p
		} else {
			b.r, b.w = 0, 0
		}
		n, b.err = b.rd.Read(to)
		if n < 0 {
			panic(errNegativeRead)
		}
		if n == 0 || direct {
			if n > 0 {
				b.lastByte, b.lastRuneSize = int(p[n-1]), -1
			}
			return n, b.takeError()
		}
		b.w = n
	}
	n = copy(p, b.buf[b.r:b.w])
	b.r += n
	b.lastByte, b.lastRuneSize = int(b.buf[b.r-1]), -1
	return n, nil
}

func (b *Reader) ReadByte() (byte, error) {
	b.lastRuneSize = -1
	for b.r == b.w {
		if b.err != nil {
			return 0, b.takeError()
		}
		b.fill()
	}
	c := b.buf[b.r]
	b.r++
	b.lastByte = int(c)
	return c, nil
}

func (b *Reader) UnreadByte() error {
	if b.lastByte < 0 || b.r == 0 && b.w > 0 {
		return ErrInvalidUnreadByte
	}
	if b.r > 0 {
		b.r--
	} else { // the byte was read past the buffer, which is empty
		b.w = 1
	}
	b.buf[b.r] = byte(b.lastByte)
	b.forget()
	return nil
}

func (b *Reader) ReadRune() (r rune, size int, err error) {
	for b.Buffered() < utf8.UTFMax && !utf8.FullRune(b.buf[b.r:b.w]) && b.err == nil && b.Buffered() < len(b.buf) {
		b.fill()
	}
	b.lastRuneSize = -1
	if b.r == b.w {
		return 0, 0, b.takeError()
	}
	r, size = utf8.DecodeRune(b.buf[b.r:b.w])
	b.r += size
	b.lastByte, b.lastRuneSize = int(b.buf[b.r-1]), size
	return r, size, nil
}

func (b *Reader) UnreadRune() error {
	if b.lastRuneSize < 0 || b.r < b.lastRuneSize {
		return ErrInvalidUnreadRune
	}
	b.r -= b.lastRuneSize
	b.forget()
	return nil
}

// ReadSlice reads up to and with delim; the slice is the buffer's.
func (b *Reader) ReadSlice(delim byte) (line []byte, err error) {
	searched := 0
	for {
		if i := bytes.IndexByte(b.buf[b.r+searched:b.w], delim); i >= 0 {
			end := b.r + searched + i + 1
			line = b.buf[b.r:end]
			b.r = end
			break
		}
		if b.err != nil || b.Buffered() == len(b.buf) {
			line = b.buf[b.r:b.w]
			b.r = b.w
			err = ErrBufferFull
			if b.err != nil {
				err = b.takeError()
			}
			break
		}
		searched = b.Buffered()
		b.fill()
	}
	if n := len(line); n > 0 {
		b.lastByte, b.lastRuneSize = int(line[n-1]), -1
	}
	return line, err
}

// ReadLine reads a line without its end, or as much of it as the buffer holds.
func (b *Reader) ReadLine() (line []byte, isPrefix bool, err error) {
	line, err = b.ReadSlice('\n')
	if err == ErrBufferFull {
		if n := len(line); n > 0 && line[n-1] == '\r' { // perhaps half of the line's end
			b.r--
			line = line[:n-1]
		}
		return line, true, nil
	}
	if len(line) == 0 {
		if err != nil {
			line = nil
		}
		return line, false, err
	}
	if n := len(line); line[n-1] == '\n' {
		line = line[:n-1]
		if n > 1 && line[n-2] == '\r' {
			line = line[:n-2]
		}
	}
	return line, false, nil
}

// ReadBytes reads up to and with delim, however long that is.
func (b *Reader) ReadBytes(delim byte) ([]byte, error) {
	all := []byte{}
	for {
		part, err := b.ReadSlice(delim)
		all = append(all, part...)
		if err != ErrBufferFull {
			return all, err
		}
	}
}

func (b *Reader) ReadString(delim byte) (string, error) {
	line, err := b.ReadBytes(delim)
	return string(line), err
}

func (b *Reader) WriteTo(w io.Writer) (n int64, err error) {
	b.forget()
	for {
		if b.r < b.w {
			m, err := w.Write(b.buf[b.r:b.w])
			if m < 0 {
				panic(errNegativeWrite)
			}
			b.r += m
			n += int64(m)
			if err != nil {
				return n, err
			}
		}
		if b.err != nil {
			break
		}
		b.fill()
		if b.r == b.w {
			break
		}
	}
	if b.err == io.EOF {
		b.err = nil
	}
	return n, b.takeError()
}
