// strings and bytes: every function over random texts made of a few pieces, so that matches are frequent.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
)

var pieces = []string{"a", "b", "ab", "A", "B", " ", "\t", "\n", "é", "É", "日", "\xff", "\xe6\x97", "\ufffd", "\u00a0", "ß", "ſ", "K", "k", "K", ",", "--", "0", "ǅ", "İ", "\u2028", "aaaa"}

func (r *random) text(most int) string {
	s := ""
	for n := r.below(most + 1); n > 0; n-- {
		s += pieces[r.below(len(pieces))]
	}
	return s
}

func stringsFunctions(out *bufio.Writer) {
	r := random(4)
	isVowel := func(c rune) bool { return strings.ContainsRune("aéÉA日", c) }
	rotate := func(c rune) rune {
		switch {
		case c == 'a':
			return 'é'
		case c == 'b':
			return -1
		case c == '日':
			return 'x'
		case c == ',':
			return 0x110000
		}
		return c
	}
	for i := 0; i < 600; i++ {
		s, t, u := r.text(12), r.text(2), r.text(3)
		n := r.below(6) - 1
		c := []rune("ab é日\ufffdK")[r.below(7)]
		p := func(args ...any) { fmt.Fprintf(out, strings.Repeat("%q ", len(args))+"\n", args...) }
		p(s, t, u)
		p(strings.Index(s, t), strings.LastIndex(s, t), strings.IndexByte(s, t2(t)), strings.LastIndexByte(s, t2(t)), strings.IndexRune(s, c), strings.IndexAny(s, u), strings.LastIndexAny(s, u),
			strings.IndexFunc(s, isVowel), strings.LastIndexFunc(s, isVowel), strings.IndexRune(s, -1), strings.IndexRune(s, 0xD800))
		fmt.Fprintln(out, strings.Contains(s, t), strings.ContainsAny(s, t), strings.ContainsRune(s, c), strings.ContainsFunc(s, isVowel), strings.HasPrefix(s, t), strings.HasSuffix(s, t), strings.Count(s, t), strings.Compare(s, t),
			strings.EqualFold(s, t), strings.EqualFold(s, strings.ToUpper(s)), strings.EqualFold(s, strings.ToLower(s)), strings.EqualFold(t, u))
		before, after, ok := strings.Cut(s, t)
		p(before, after)
		after, ok2 := strings.CutPrefix(s, t)
		before, ok3 := strings.CutSuffix(s, t)
		p(before, after)
		fmt.Fprintln(out, ok, ok2, ok3)
		p(strings.Split(s, t), strings.SplitN(s, t, n), strings.SplitAfter(s, t), strings.SplitAfterN(s, t, n), strings.Fields(s), strings.FieldsFunc(s, isVowel))
		p(strings.Trim(s, t), strings.TrimLeft(s, u), strings.TrimRight(s, u), strings.TrimSpace(s), strings.TrimPrefix(s, t), strings.TrimSuffix(s, t), strings.TrimFunc(s, isVowel), strings.TrimLeftFunc(s, isVowel), strings.TrimRightFunc(s, isVowel))
		p(strings.Replace(s, t, u, n), strings.ReplaceAll(s, t, u), strings.Map(rotate, s), strings.ToUpper(s), strings.ToLower(s), strings.ToTitle(s), strings.Title(s), strings.ToUpperSpecial(unicode.TurkishCase, s),
			strings.ToValidUTF8(s, t), strings.Repeat(t, r.below(4)), strings.Join(strings.Split(s, t), u), strings.Clone(s))
		p(strings.NewReplacer(t, u, u, "<"+t+">", "a", "1", "ab", "2", "", "").Replace(s), strings.NewReplacer("a", "b", "b", "a").Replace(s), strings.NewReplacer(t, "X", t, "Y").Replace(s), strings.NewReplacer().Replace(s))
		for _, seq := range []func(func(string) bool){strings.Lines(s), strings.SplitSeq(s, t), strings.SplitAfterSeq(s, t), strings.FieldsSeq(s), strings.FieldsFuncSeq(s, isVowel)} {
			k := 0
			for part := range seq {
				fmt.Fprintf(out, "%q ", part)
				if k++; k == 5 {
					break
				}
			}
		}
		fmt.Fprintln(out)

		b, d, e := []byte(s), []byte(t), []byte(u)
		p(bytes.Index(b, d), bytes.LastIndex(b, d), bytes.IndexByte(b, t2(t)), bytes.LastIndexByte(b, t2(t)), bytes.IndexRune(b, c), bytes.IndexAny(b, u), bytes.LastIndexAny(b, u), bytes.IndexFunc(b, isVowel), bytes.LastIndexFunc(b, isVowel))
		fmt.Fprintln(out, bytes.Contains(b, d), bytes.ContainsAny(b, t), bytes.ContainsRune(b, c), bytes.ContainsFunc(b, isVowel), bytes.HasPrefix(b, d), bytes.HasSuffix(b, d), bytes.Count(b, d), bytes.Compare(b, d), bytes.Equal(b, d), bytes.EqualFold(b, d))
		x, y, found := bytes.Cut(b, d)
		p(x, y, bytes.Split(b, d), bytes.SplitN(b, d, n), bytes.SplitAfter(b, d), bytes.SplitAfterN(b, d, n), bytes.Fields(b), bytes.FieldsFunc(b, isVowel), bytes.Trim(b, t), bytes.TrimLeft(b, u), bytes.TrimRight(b, u), bytes.TrimSpace(b),
			bytes.TrimPrefix(b, d), bytes.TrimSuffix(b, d), bytes.TrimFunc(b, isVowel))
		p(bytes.Replace(b, d, e, n), bytes.ReplaceAll(b, d, e), bytes.Map(rotate, b), bytes.ToUpper(b), bytes.ToLower(b), bytes.ToTitle(b), bytes.Title(b), bytes.ToValidUTF8(b, d), bytes.Repeat(d, 3), bytes.Join(bytes.Split(b, d), e), bytes.Runes(b), bytes.Clone(b))
		for part := range bytes.SplitSeq(b, d) {
			fmt.Fprintf(out, "%q ", part)
		}
		for part := range bytes.Lines(b) {
			fmt.Fprintf(out, "%q ", part)
		}
		fmt.Fprintln(out, found)
	}

	long := strings.Repeat("ab", 5000) + "abc" + strings.Repeat("a", 5000) + "b"
	fmt.Fprintln(out, strings.Index(long, "abc"), strings.Index(long, strings.Repeat("a", 4000)+"b"), strings.Index(long, strings.Repeat("ba", 300)+"c"), strings.Count(long, "aba"), strings.LastIndex(long, "aba"))

	readers := []interface {
		io.Reader
		io.ReaderAt
		io.Seeker
		io.RuneScanner
		io.ByteScanner
		io.WriterTo
		Len() int
		Size() int64
	}{strings.NewReader("héllo, wörld\xff日本"), bytes.NewReader([]byte("héllo, wörld\xff日本"))}
	for _, rd := range readers {
		for i := 0; i < 200; i++ {
			switch r.below(9) {
			case 0:
				b := make([]byte, r.below(6))
				n, err := rd.Read(b)
				fmt.Fprintln(out, n, err, b[:n])
			case 1:
				b := make([]byte, r.below(6))
				n, err := rd.ReadAt(b, int64(r.below(25)-2))
				fmt.Fprintln(out, n, err, b[:n])
			case 2:
				n, err := rd.Seek(int64(r.below(25)-6), r.below(4))
				fmt.Fprintln(out, n, err)
			case 3:
				c, size, err := rd.ReadRune()
				fmt.Fprintln(out, c, size, err)
			case 4:
				fmt.Fprintln(out, rd.UnreadRune())
			case 5:
				c, err := rd.ReadByte()
				fmt.Fprintln(out, c, err)
			case 6:
				fmt.Fprintln(out, rd.UnreadByte())
			case 7:
				fmt.Fprintln(out, rd.Len(), rd.Size())
			case 8:
				if r.below(10) == 0 {
					var w bytes.Buffer
					n, err := rd.WriteTo(&w)
					fmt.Fprintln(out, n, err, w.String())
				}
			}
		}
	}

	var b bytes.Buffer
	for i := 0; i < 1000; i++ {
		switch r.below(17) {
		case 0:
			b.WriteString(r.text(3))
		case 1:
			b.Write([]byte(r.text(3)))
		case 2:
			b.WriteByte(byte(r.next()))
		case 3:
			n, err := b.WriteRune(rune(r.below(0x11000)))
			fmt.Fprintln(out, n, err)
		case 4:
			p := make([]byte, r.below(5))
			n, err := b.Read(p)
			fmt.Fprintln(out, n, err, p[:n])
		case 5:
			fmt.Fprintf(out, "%q\n", b.Next(r.below(4)))
		case 6:
			c, err := b.ReadByte()
			fmt.Fprintln(out, c, err)
		case 7:
			c, n, err := b.ReadRune()
			fmt.Fprintln(out, c, n, err)
		case 8:
			fmt.Fprintln(out, b.UnreadByte())
		case 9:
			fmt.Fprintln(out, b.UnreadRune())
		case 10:
			line, err := b.ReadString('a')
			fmt.Fprintf(out, "%q %v\n", line, err)
		case 11:
			line, err := b.ReadBytes('\n')
			fmt.Fprintf(out, "%q %v\n", line, err)
		case 12:
			b.Truncate(b.Len() / 2)
		case 13:
			n, err := b.ReadFrom(strings.NewReader(r.text(4)))
			fmt.Fprintln(out, n, err)
		case 14:
			if r.below(5) == 0 {
				var w strings.Builder
				n, err := b.WriteTo(&w)
				fmt.Fprintf(out, "%d %v %q\n", n, err, w.String())
			}
		case 15:
			b.Grow(r.below(100))
			b.Truncate(b.Len()) // what UnreadByte does now depends on whether Grow has moved the contents
			fmt.Fprintln(out, b.Available() >= 0, b.Cap() >= b.Len(), len(b.AvailableBuffer()))
		case 16:
			peek, err := b.Peek(r.below(5))
			fmt.Fprintf(out, "%q %v\n", peek, err)
		}
		fmt.Fprintf(out, "%d %q\n", b.Len(), b.Bytes())
	}
	var sb strings.Builder
	for i := 0; i < 100; i++ {
		sb.WriteByte('x')
		sb.WriteRune(rune(r.below(0x3000)))
		sb.WriteString("yz")
		fmt.Fprintf(&sb, "%d", i)
		sb.Grow(10)
	}
	fmt.Fprintln(out, sb.Len(), sb.String(), sb.Cap() >= sb.Len())
	sb.Reset()
	fmt.Fprintf(out, "%q %s %q\n", sb.String(), (*bytes.Buffer)(nil), bytes.NewBufferString("x"))
	for _, f := range []func(){func() { strings.Repeat("x", -1) }, func() { strings.Repeat("xx", 1<<62) }, func() { strings.NewReplacer("a") }, func() { bytes.Repeat(nil, -1) }, func() { b.Truncate(-1) }, func() { b.Grow(-1) }, func() { sb.Grow(-1) },
		func() { sb.WriteString("a"); c := sb; c.WriteString("b") }} {
		func() {
			defer func() { fmt.Fprintln(out, recover()) }()
			f()
		}()
	}
}

func t2(t string) byte {
	if t == "" {
		return 'x'
	}
	return t[len(t)-1]
}
