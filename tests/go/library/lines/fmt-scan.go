// fmt: Sscan, Sscanln, Sscanf and Fscan over tables and random inputs, and types that scan themselves.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

type (
	shortInt    int8
	otherString string
	otherFloat  float32
	otherBytes  []byte
)

type scannedPoint struct{ x, y int }

func (p *scannedPoint) Scan(s fmt.ScanState, verb rune) error {
	if verb != 'v' && verb != 'd' {
		return errors.New("only v and d")
	}
	s.SkipSpace()
	if r, _, err := s.ReadRune(); err != nil || r != '(' {
		return errors.New("no bracket")
	}
	_, err := fmt.Fscan(s, &p.x, &p.y)
	return err
}

type word struct{ text string }

func (w *word) Scan(s fmt.ScanState, verb rune) error {
	token, err := s.Token(true, func(r rune) bool { return r != ',' })
	w.text = string(token)
	width, ok := s.Width()
	w.text += fmt.Sprint(width, ok)
	return err
}

func fmtScan(out *bufio.Writer) {
	show := func(n int, err error, values ...any) {
		fmt.Fprint(out, n, " ", err)
		for _, v := range values {
			fmt.Fprintf(out, " %#v", v)
		}
		fmt.Fprintln(out)
	}
	texts := []string{"", " ", "5", "-5", "+5", "0x1F", "0b11", "0o17", "017", "1_000", "08", "300", "-129", "99999999999999999999", "abc", "a b c", "1 2 3", "1\n2\n3", "1,2", "true", "T", "f", "tru", "false x", "1.5", "1e3", ".5", "-inf", "nan", "0x1p3", "1.5p2", "1.5e", "(1+2i)", "1-2i", "(1+2",
		"'x'", `"quoted text" rest`, "`raw` x", `"open`, "48656c6c6f", "4865zz", "é日本 x", "\t\n x", "U+00e9", "5%", "5 % 6", "100%", "x", "\r\n5", "5\r\n6", "12345", "1 2", "1\n", "1 2\n3", "\xff\xfe", "3abc", "NaN", "+Inf", "1__0", "0x", "0", "00", "--5", "(3 4)", "(3", "a,b", "1:2:3", "10-20"}
	for _, text := range texts {
		var i int
		var i8 int8
		var u uint16
		var f float64
		var f32 float32
		var c complex128
		var b bool
		var s, s2 string
		var bytes []byte
		var r rune
		var mi shortInt
		var ms otherString
		var mf otherFloat
		var mb otherBytes
		var p scannedPoint
		var w word
		all := []any{&i, &i8, &u, &f, &f32, &c, &b, &s, &bytes, &r, &mi, &ms, &mf, &mb, &p, &w}
		for _, target := range all {
			n, err := fmt.Sscan(text, target)
			show(n, err, i, i8, u, f, f32, c, b, s, bytes, r, mi, ms, mf, mb, p, w)
			for _, verb := range []string{"%v", "%d", "%x", "%X", "%o", "%b", "%c", "%s", "%q", "%t", "%f", "%e", "%g", "%U", "%3d", "%2s", "%5v", "%z", "%%", "%d%%", "x%d", " %d", "%d\n", "%1c", "%3c"} {
				n, err := fmt.Sscanf(text, verb, target)
				show(n, err, i, i8, u, f, f32, c, b, s, bytes, r, mi, ms, mf, mb, p, w)
			}
		}
		var j, k int
		n, err := fmt.Sscan(text, &i, &j, &k)
		show(n, err, i, j, k)
		n, err = fmt.Sscanln(text, &i, &j)
		show(n, err, i, j)
		n, err = fmt.Sscanln(text, &s, &s2)
		show(n, err, s, s2)
		n, err = fmt.Sscanf(text, "%d:%d:%d", &i, &j, &k)
		show(n, err, i, j, k)
		n, err = fmt.Sscanf(text, "%d-%d", &i, &j)
		show(n, err, i, j)
		n, err = fmt.Sscanf(text, "%d %d", &i)
		show(n, err, i)
		n, err = fmt.Sscanf(text, "%d", &i, &j)
		show(n, err, i, j)
		n, err = fmt.Sscanf(text, "%2d%1d%s", &i, &j, &s)
		show(n, err, i, j, s)
		n, err = fmt.Sscanf(text, "%s %s", &s, &s2)
		show(n, err, s, s2)
		n, err = fmt.Sscan(text, i)
		show(n, err)
		n, err = fmt.Sscan(text, &struct{}{})
		show(n, err)
		n, err = fmt.Sscanf(text, "%d,%v", &w, &w)
		show(n, err, w)
	}
	r := random(17)
	pieces := []string{"1", "23", "-4", " ", "  ", "\n", "\t", "a", "é", "%", ",", ":", "0x1f", "1.5", "true", "\r\n"}
	formats := []string{"%d", "%v", "%s", "%c", "%5d", "%2s", " ", "\n", ",", ":", "a", "%%", "%x", "%f", "  ", "\n ", " \n", "é"}
	for i := 0; i < 1000; i++ {
		text, format := "", ""
		for n := r.below(7); n > 0; n-- {
			text += pieces[r.below(len(pieces))]
		}
		for n := r.below(6); n > 0; n-- {
			format += formats[r.below(len(formats))]
		}
		var a int
		var b, c string
		var f float64
		n, err := fmt.Sscanf(text, format, &a, &b, &c, &f)
		show(n, err, text, format, a, b, c, f)
		var x, y int
		n, err = fmt.Sscanf(text, format, &x, &y)
		show(n, err, x, y)
		n, err = fmt.Sscan(text, &x, &b, &f)
		show(n, err, x, b, f)
		n, err = fmt.Sscanln(text, &x, &b)
		show(n, err, x, b)
	}
	in := bufio.NewReader(strings.NewReader("3\n10 20 30\nname: Ann age: 30\nlast words"))
	var n, sum int
	fmt.Fscan(in, &n)
	for range n {
		var v int
		fmt.Fscan(in, &v)
		sum += v
	}
	var name string
	var age int
	count, err := fmt.Fscanf(in, "\nname: %s age: %d\n", &name, &age)
	fmt.Fprintln(out, n, sum, name, age, count, err)
	rest, _ := io.ReadAll(in)
	fmt.Fprintf(out, "%q\n", rest)
	plain := io.MultiReader(strings.NewReader("12 34\xc3"), strings.NewReader("\xa9 56"))
	var a, b, c string
	count, err = fmt.Fscan(plain, &a, &b, &c)
	fmt.Fprintln(out, a, b, c, count, err)
}
