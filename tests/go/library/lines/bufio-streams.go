// bufio and io: readers, writers and scanners over sources that give little, nothing, or errors.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// moody reads a few bytes at a time, sometimes none, and fails at the end with err.
type moody struct {
	r    *random
	rest string
	err  error
}

func (m *moody) Read(p []byte) (int, error) {
	if m.rest == "" {
		return 0, m.err
	}
	n := copy(p[:min(len(p), m.r.below(7))], m.rest)
	m.rest = m.rest[n:]
	if m.rest == "" && m.r.below(2) == 0 {
		return n, m.err
	}
	return n, nil
}

// grudging writes so many bytes, then fails.
type grudging struct {
	out  io.Writer
	left int
}

func (g *grudging) Write(p []byte) (int, error) {
	if len(p) <= g.left {
		g.left -= len(p)
		fmt.Fprintf(g.out, "wrote %q\n", p)
		return len(p), nil
	}
	n := g.left
	g.left = 0
	fmt.Fprintf(g.out, "wrote %q and no more\n", p[:n])
	return n, errors.New("full")
}

func bufioStreams(out *bufio.Writer) {
	r := random(8)
	text := func(n int) string {
		s := ""
		for ; n > 0; n-- {
			s += []string{"word", " ", "\n", "\r\n", "é", "日", "\xff", "x", "\t", "", "a long piece of text "}[r.below(11)]
		}
		return s
	}
	boom := errors.New("boom")
	for i := 0; i < 150; i++ {
		rd := bufio.NewReaderSize(&moody{&r, text(r.below(40)), []error{io.EOF, boom}[r.below(2)]}, 16+r.below(20))
		for k := 0; k < 40; k++ {
			switch r.below(12) {
			case 0:
				p := make([]byte, r.below(40))
				n, err := rd.Read(p)
				fmt.Fprintf(out, "%q %v\n", p[:n], err)
			case 1:
				c, err := rd.ReadByte()
				fmt.Fprintln(out, c, err)
			case 2:
				c, n, err := rd.ReadRune()
				fmt.Fprintln(out, c, n, err)
			case 3:
				fmt.Fprintln(out, rd.UnreadByte())
			case 4:
				fmt.Fprintln(out, rd.UnreadRune())
			case 5:
				line, err := rd.ReadSlice('\n')
				fmt.Fprintf(out, "%q %v\n", line, err)
			case 6:
				line, prefix, err := rd.ReadLine()
				fmt.Fprintf(out, "%q %v %v\n", line, prefix, err)
			case 7:
				line, err := rd.ReadString('x')
				fmt.Fprintf(out, "%q %v\n", line, err)
			case 8:
				line, err := rd.ReadBytes(' ')
				fmt.Fprintf(out, "%q %v\n", line, err)
			case 9:
				p, err := rd.Peek(r.below(40) - 1)
				fmt.Fprintf(out, "%q %v\n", p, err)
			case 10:
				n, err := rd.Discard(r.below(20) - 1)
				fmt.Fprintln(out, n, err)
			case 11:
				if r.below(10) == 0 {
					var b bytes.Buffer
					n, err := rd.WriteTo(&b)
					fmt.Fprintf(out, "%d %v %q\n", n, err, b.String())
				}
			}
			fmt.Fprintln(out, rd.Size(), rd.Buffered() <= rd.Size())
		}

		w := bufio.NewWriterSize(&grudging{out, r.below(200)}, 1+r.below(20))
		for k := 0; k < 12; k++ {
			switch r.below(6) {
			case 0:
				n, err := w.Write([]byte(text(r.below(5))))
				fmt.Fprintln(out, n, err)
			case 1:
				n, err := w.WriteString(text(r.below(5)))
				fmt.Fprintln(out, n, err)
			case 2:
				fmt.Fprintln(out, w.WriteByte('b'))
			case 3:
				n, err := w.WriteRune([]rune("aé日")[r.below(3)])
				fmt.Fprintln(out, n, err)
			case 4:
				fmt.Fprintln(out, w.Flush())
			case 5:
				n, err := w.ReadFrom(&moody{&r, text(3), io.EOF})
				fmt.Fprintln(out, n, err)
			}
			fmt.Fprintln(out, w.Available(), w.Buffered(), w.Size())
		}

		for _, split := range []bufio.SplitFunc{bufio.ScanLines, bufio.ScanWords, bufio.ScanRunes, bufio.ScanBytes, func(data []byte, atEOF bool) (int, []byte, error) {
			if i := bytes.IndexByte(data, 'x'); i >= 0 {
				if i == 3 {
					return 0, data[:i], bufio.ErrFinalToken
				}
				return i + 1, data[:i], nil
			}
			if atEOF {
				return len(data), data, boom
			}
			return 0, nil, nil
		}, func(data []byte, atEOF bool) (int, []byte, error) { return r.below(len(data)+3) - 1, data, nil }} {
			s := bufio.NewScanner(&moody{&r, text(r.below(30)), []error{io.EOF, boom}[r.below(2)]})
			if r.below(2) == 0 {
				s.Buffer(make([]byte, r.below(10)), 12)
			}
			s.Split(split)
			for n := 0; s.Scan() && n < 200; n++ {
				fmt.Fprintf(out, "%q ", s.Text())
			}
			fmt.Fprintln(out, s.Err())
		}
	}

	// io
	two := func(n any, err error) { fmt.Fprintln(out, n, err) }
	src := func(s string) io.Reader { return &moody{&r, s, io.EOF} }
	all, err := io.ReadAll(io.MultiReader(src("one "), src(""), strings.NewReader("two "), io.MultiReader(), io.LimitReader(src("three four"), 5)))
	fmt.Fprintf(out, "%q %v\n", all, err)
	var a, b bytes.Buffer
	n, err := io.Copy(io.MultiWriter(&a, &b, io.Discard), io.TeeReader(src("copied twice"), &a))
	fmt.Fprintln(out, n, err, a.Len(), b.String())
	n, err = io.CopyN(&b, src("abc"), 2)
	fmt.Fprintln(out, n, err)
	n, err = io.CopyN(&b, src("abc"), 5)
	fmt.Fprintln(out, n, err)
	n, err = io.Copy(&grudging{out, 3}, struct{ io.Reader }{strings.NewReader("too much")})
	fmt.Fprintln(out, n, err)
	n, err = io.CopyBuffer(io.Discard, src("buffered"), make([]byte, 3))
	fmt.Fprintln(out, n, err)
	for _, size := range []int{0, 2, 3, 5} {
		p := make([]byte, size)
		m, err := io.ReadFull(src("abc"), p)
		fmt.Fprintln(out, m, err, p)
		m, err = io.ReadAtLeast(src("abc"), p, 3)
		fmt.Fprintln(out, m, err)
	}
	two(io.ReadFull(src(""), make([]byte, 1)))
	section := io.NewSectionReader(strings.NewReader("0123456789"), 2, 5)
	for _, at := range []int64{-1, 0, 2, 4, 5, 9} {
		p := make([]byte, 3)
		m, err := section.ReadAt(p, at)
		fmt.Fprintf(out, "%d %v %q\n", m, err, p[:m])
	}
	rest, err := io.ReadAll(section)
	fmt.Fprintln(out, string(rest), err, section.Size())
	two(section.Seek(-2, io.SeekEnd))
	two(section.Seek(-9, io.SeekCurrent))
	two(section.Seek(1, 7))
	m, err := io.WriteString(&a, "s")
	fmt.Fprintln(out, m, err, io.NopCloser(src("x")).Close(), io.ErrUnexpectedEOF, utf8.UTFMax)

	pr, pw := io.Pipe()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 5; i++ {
			fmt.Fprintf(pw, "line %d\n", i)
		}
		pw.CloseWithError(boom)
	}()
	s := bufio.NewScanner(pr)
	for s.Scan() {
		fmt.Fprintln(out, s.Text())
	}
	fmt.Fprintln(out, s.Err())
	wg.Wait()
	pr, pw = io.Pipe()
	pr.CloseWithError(errors.New("not interested"))
	two(pw.Write([]byte("x")))
	two(pr.Read(nil))
	pw.Close()
	two(pr.Read(nil))
}
