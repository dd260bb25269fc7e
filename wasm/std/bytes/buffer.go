package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// MinRead is how much room ReadFrom makes before each Read.
const MinRead = 512

// ErrTooLarge is what a Buffer panics with when it cannot grow.
var ErrTooLarge = errors.New("bytes.Buffer: too large")

// What was read last, so that it can be unread.
type lastRead int8

const (
	readNothing lastRead = 0
	readByte    lastRead = -1 // anything that ended with a byte
	// A positive number is the length of the rune read.
)

// Buffer is written to at its end and read from its start. Its zero value is empty.
type Buffer struct {
	buf  []byte
	off  int // buf[off:] has not been read
	last lastRead
}

func NewBuffer(buf []byte) *Buffer        { return &Buffer{buf: buf} }
func NewBufferString(s string) *Buffer    { return &Buffer{buf: []byte(s)} }
func (b *Buffer) Bytes() []byte           { return b.buf[b.off:] }
func (b *Buffer) Len() int                { return len(b.buf) - b.off }
func (b *Buffer) Cap() int                { return cap(b.buf) }
func (b *Buffer) Available() int          { return cap(b.buf) - len(b.buf) }
func (b *Buffer) AvailableBuffer() []byte { return b.buf[len(b.buf):] }

func (b *Buffer) String() string {
	if b == nil {
		return "<nil>"
	}
	return string(b.buf[b.off:])
}

func (b *Buffer) Reset() {
	b.buf = b.buf[:0]
	b.off = 0
	b.last = readNothing
}

// Truncate keeps only the first n unread bytes.
func (b *Buffer) Truncate(n int) {
	if n == 0 {
		b.Reset()
		return
	}
	b.last = readNothing
	if n < 0 || n > b.Len() {
		panic("bytes.Buffer: truncation out of range")
	}
	b.buf = b.buf[:b.off+n]
}

// makeRoom sees to it that n more bytes fit behind what there is.
func (b *Buffer) makeRoom(n int) {
	if b.off == len(b.buf) && b.off > 0 {
		b.Reset()
	}
	if cap(b.buf)-len(b.buf) >= n {
		return
	}
	unread := b.Len()
	if n <= cap(b.buf)/2-unread { // moving costs less than new memory
		copy(b.buf, b.buf[b.off:])
		b.buf = b.buf[:unread]
	} else {
		grown := make([]byte, unread, max(64, 2*cap(b.buf)+n))
		copy(grown, b.buf[b.off:])
		b.buf = grown
	}
	b.off = 0
}

// Grow makes room for n more bytes.
func (b *Buffer) Grow(n int) {
	if n < 0 {
		panic("bytes.Buffer.Grow: negative count")
	}
	b.makeRoom(n)
}

func (b *Buffer) Write(p []byte) (n int, err error) {
	b.last = readNothing
	b.makeRoom(len(p))
	b.buf = append(b.buf, p...)
	return len(p), nil
}

func (b *Buffer) WriteString(s string) (n int, err error) {
	b.last = readNothing
	b.makeRoom(len(s))
	b.buf = append(b.buf, s...)
	return len(s), nil
}

func (b *Buffer) WriteByte(c byte) error {
	b.last = readNothing
	b.makeRoom(1)
	b.buf = append(b.buf, c)
	return nil
}

func (b *Buffer) WriteRune(r rune) (n int, err error) {
	b.last = readNothing
	b.makeRoom(utf8.UTFMax)
	before := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	return len(b.buf) - before, nil
}

// ReadFrom reads until r ends.
func (b *Buffer) ReadFrom(r io.Reader) (n int64, err error) {
	b.last = readNothing
	for {
		b.makeRoom(MinRead)
		m, err := r.Read(b.buf[len(b.buf):cap(b.buf)])
		if m < 0 {
			panic(errors.New("bytes.Buffer: reader returned negative count from Read"))
		}
		b.buf = b.buf[:len(b.buf)+m]
		n += int64(m)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// WriteTo writes all that has not been read.
func (b *Buffer) WriteTo(w io.Writer) (n int64, err error) {
	b.last = readNothing
	if unread := b.Len(); unread > 0 {
		m, err := w.Write(b.buf[b.off:])
		if m > unread {
			panic("bytes.Buffer.WriteTo: invalid Write count")
		}
		b.off += m
		n = int64(m)
		if err != nil {
			return n, err
		}
		if m != unread {
			return n, io.ErrShortWrite
		}
	}
	b.Reset()
	return n, nil
}

func (b *Buffer) Read(p []byte) (n int, err error) {
	b.last = readNothing
	if b.Len() == 0 {
		b.Reset()
		if len(p) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n = copy(p, b.buf[b.off:])
	b.off += n
	if n > 0 {
		b.last = readByte
	}
	return n, nil
}

// Peek shows the next n bytes without reading them.
func (b *Buffer) Peek(n int) ([]byte, error) {
	if b.Len() < n {
		return b.buf[b.off:], io.EOF
	}
	return b.buf[b.off : b.off+n], nil
}

// Next reads n bytes, or what there is, without copying them.
func (b *Buffer) Next(n int) []byte {
	b.last = readNothing
	data := b.buf[b.off : b.off+min(n, b.Len())]
	b.off += len(data)
	if len(data) > 0 {
		b.last = readByte
	}
	return data
}

func (b *Buffer) ReadByte() (byte, error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, io.EOF
	}
	c := b.buf[b.off]
	b.off++
	b.last = readByte
	return c, nil
}

func (b *Buffer) ReadRune() (r rune, size int, err error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRune(b.buf[b.off:])
	b.off += size
	b.last = lastRead(size)
	return r, size, nil
}

func (b *Buffer) UnreadRune() error {
	if b.last <= readNothing {
		return errors.New("bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune")
	}
	if b.off >= int(b.last) { // else Grow has moved it away
		b.off -= int(b.last)
	}
	b.last = readNothing
	return nil
}

func (b *Buffer) UnreadByte() error {
	if b.last == readNothing {
		return errors.New("bytes.Buffer: UnreadByte: previous operation was not a successful read")
	}
	b.last = readNothing
	if b.off > 0 {
		b.off--
	}
	return nil
}

// line reads up to and with delim, or to the end.
func (b *Buffer) line(delim byte) (line []byte, err error) {
	end := b.off + IndexByte(b.buf[b.off:], delim) + 1
	if end == b.off {
		end = len(b.buf)
		err = io.EOF
	}
	line = b.buf[b.off:end]
	b.off = end
	b.last = readByte
	return line, err
}

func (b *Buffer) ReadBytes(delim byte) (line []byte, err error) {
	line, err = b.line(delim)
	return append([]byte(nil), line...), err
}

func (b *Buffer) ReadString(delim byte) (line string, err error) {
	found, err := b.line(delim)
	return string(found), err
}
