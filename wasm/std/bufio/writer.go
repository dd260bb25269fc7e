package bufio

import (
	"io"
	"unicode/utf8"
)

// Writer gathers buf[:n] before it writes. After an error it writes nothing more.
type Writer struct {
	err error
	buf []byte
	n   int
	wr  io.Writer
}

func NewWriter(w io.Writer) *Writer { return NewWriterSize(w, usualSize) }

func NewWriterSize(w io.Writer, size int) *Writer {
	if b, ok := w.(*Writer); ok && len(b.buf) >= size {
		return b
	}
	if size <= 0 {
		size = usualSize
	}
	return &Writer{buf: make([]byte, size), wr: w}
}

func (b *Writer) Reset(w io.Writer) {
	if b == w {
		return
	}
	if b.buf == nil {
		b.buf = make([]byte, usualSize)
	}
	b.err, b.n, b.wr = nil, 0, w
}

func (b *Writer) Size() int               { return len(b.buf) }
func (b *Writer) Available() int          { return len(b.buf) - b.n }
func (b *Writer) Buffered() int           { return b.n }
func (b *Writer) AvailableBuffer() []byte { return b.buf[b.n:][:0] }

// Flush writes what was gathered.
func (b *Writer) Flush() error {
	if b.err != nil || b.n == 0 {
		return b.err
	}
	n, err := b.wr.Write(b.buf[:b.n])
	if n < b.n && err == nil {
		err = io.ErrShortWrite
	}
	if err != nil {
		if 0 < n && n < b.n {
			copy(b.buf, b.buf[n:b.n])
		}
		b.n -= n
		b.err = err
		return err
	}
	b.n = 0
	return nil
}

func (b *Writer) Write(p []byte) (n int, err error) {
	for len(p) > b.Available() && b.err == nil {
		var m int
		if b.n == 0 { // too much for the buffer anyway
			m, b.err = b.wr.Write(p)
		} else {
			m = copy(b.buf[b.n:], p)
			b.n += m
			b.Flush()
		}
		n += m
		p = p[m:]
	}
	if b.err != nil {
		return n, b.err
	}
	b.n += copy(b.buf[b.n:], p)
	return n + len(p), nil
}

func (b *Writer) WriteString(s string) (n int, err error) {
	for len(s) > b.Available() && b.err == nil {
		var m int
		if w, ok := b.wr.(io.StringWriter); ok && b.n == 0 {
			m, b.err = w.WriteString(s)
		} else {
			m = copy(b.buf[b.n:], s)
			b.n += m
			b.Flush()
		}
		n += m
		s = s[m:]
	}
	if b.err != nil {
		return n, b.err
	}
	b.n += copy(b.buf[b.n:], s)
	return n + len(s), nil
}

func (b *Writer) WriteByte(c byte) error {
	if b.err != nil {
		return b.err
	}
	if b.Available() <= 0 && b.Flush() != nil {
		return b.err
	}
	b.buf[b.n] = c
	b.n++
	return nil
}

func (b *Writer) WriteRune(r rune) (size int, err error) {
	if uint32(r) < utf8.RuneSelf {
		if err = b.WriteByte(byte(r)); err != nil {
			return 0, err
		}
		return 1, nil
	}
	if b.err == nil && b.Available() < utf8.UTFMax {
		b.Flush()
	}
	if b.err != nil {
		return 0, b.err
	}
	if b.Available() < utf8.UTFMax { // a very small buffer
		return b.WriteString(string(r))
	}
	size = utf8.EncodeRune(b.buf[b.n:], r)
	b.n += size
	return size, nil
}

// ReadFrom writes all that r gives.
func (b *Writer) ReadFrom(r io.Reader) (n int64, err error) {
	if b.err != nil {
		return 0, b.err
	}
	if w, ok := b.wr.(io.ReaderFrom); ok && b.n == 0 {
		n, err = w.ReadFrom(r)
		b.err = err
		return n, err
	}
	idle := 0
	for {
		if b.Available() == 0 {
			if err := b.Flush(); err != nil {
				return n, err
			}
		}
		m, err := r.Read(b.buf[b.n:])
		if m < 0 {
			return n, errNegativeRead
		}
		b.n += m
		n += int64(m)
		if err == io.EOF {
			// A buffer that is just full goes out now, as Go's does.
			if b.Available() == 0 {
				b.Flush()
			}
			return n, b.err
		}
		if err != nil {
			return n, err
		}
		if m > 0 {
			idle = 0
		} else if idle++; idle == mostIdle {
			return n, io.ErrNoProgress
		}
	}
}

// ReadWriter is both.
type ReadWriter struct {
	*Reader
	*Writer
}

func NewReadWriter(r *Reader, w *Writer) *ReadWriter { return &ReadWriter{r, w} }
