// fmt: every verb with many flags, widths and precisions over values of every kind; then random format strings with random
// operands.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"strings"
)

type (
	myInt    int
	myUint8  uint8
	myString string
	myFloat  float32
	myBool   bool
	myBytes  []byte
	myMap    map[string]int
	myFunc   func()
	bools    [3]bool
)

type point struct {
	X, Y int
}

type mixed struct {
	A     int
	b     string
	C     []int
	d     map[string]bool
	E     any
	f     error
	G     *point
	inner point
	_     int
}

type stringer struct{ n int }

func (s stringer) String() string { return fmt.Sprintf("<%d>", s.n) }

type pointerStringer struct{ n int }

func (s *pointerStringer) String() string { return fmt.Sprintf("*<%d>", s.n) }

type goStringer int

func (g goStringer) GoString() string { return "go!" }

type formatter struct{}

func (formatter) Format(s fmt.State, verb rune) {
	w, hasWidth := s.Width()
	p, hasPrecision := s.Precision()
	fmt.Fprintf(s, "F(%c %d %t %d %t %t%t%t%t%t %s)", verb, w, hasWidth, p, hasPrecision, s.Flag('-'), s.Flag('+'), s.Flag('#'), s.Flag(' '), s.Flag('0'), fmt.FormatString(s, verb))
}

type valueError string // has no address

func (v valueError) Error() string { return string(v) }

type errorAndStringer struct{}

func (errorAndStringer) Error() string  { return "as error" }
func (errorAndStringer) String() string { return "as string" }

type panics struct{ with any }

func (p panics) String() string { panic(p.with) }

type nilPanics struct{ n int }

func (p *nilPanics) Error() string { return fmt.Sprint(p.n) }

type badFormatter struct{}

func (badFormatter) Format(s fmt.State, verb rune) { s.Write([]byte("before ")); panic("mid") }

type embedsUnexported struct {
	point
	*stringer
	err
}

type err struct{ E error }

type hidden struct {
	s  stringer
	S  stringer
	p  *pointerStringer
	in any
	ls []stringer
	LS []stringer
	e  embedded
	embedded
}

type embedded struct {
	In  stringer
	out stringer
}

type recursive struct {
	Next *recursive
	V    int
}

var verbs = []rune("vTtdbcoOqxXUeEfFgGspw%z!é")

func values() []any {
	return []any{
		nil, true, false, myBool(true),
		0, 1, -1, 42, -123456, math.MaxInt64, math.MinInt64, int8(-128), int16(300), int32('x'), int64(-5), myInt(7), 'é', '\n', 0x10FFFF, 0x110000, 0xD800,
		uint(3), uint8(200), uint16(65535), uint32(1 << 31), uint64(math.MaxUint64), uintptr(0xbeef), myUint8(65),
		0.0, math.Copysign(0, -1), 1.0, -1.5, 3.14159265, 1e6, 1e21, 1e-7, 123456789.0, math.Inf(1), math.Inf(-1), math.NaN(), float32(0.1), float32(16777216), myFloat(2.5), 100.0, 0.000012345,
		1 + 2i, complex64(-1.5 - 2.5i), complex(math.Inf(1), math.NaN()), complex(0, math.Copysign(0, -1)),
		"", "hello", "héllo, 世界", "a\tb\n\"quoted\" `back`", "\xff\xfe", "bad\xc3", myString("mine"), "日本語",
		[]byte(nil), []byte{}, []byte("bytes"), []byte{0, 255, 128}, myBytes("mb"), [3]byte{1, 2, 3}, []myUint8{65, 66}, [2]myUint8{67, 68},
		[]int(nil), []int{}, []int{1, -2, 3}, [3]int{4, 5, 6}, [0]int{}, []string{"a", "b c"}, []any{1, "x", nil, 2.5, []int{1}}, [][]int{{1}, nil, {2, 3}}, bools{true, false, true},
		map[string]int(nil), map[string]int{}, map[string]int{"b": 2, "a": 1, "c": 3}, myMap{"k": 9}, map[int]string{3: "c", -1: "a", 2: "b"}, map[float64]int{2.5: 1, math.Inf(-1): 2, math.NaN(): 3},
		map[bool]int{true: 1, false: 0}, map[point]string{{2, 1}: "x", {1, 9}: "y", {1, 2}: "z"}, map[[2]int]int{{2, 1}: 1, {1, 5}: 2}, map[any]int{"only": 1}, map[stringer]stringer{{2}: {3}, {1}: {4}}, map[error]int{nil: 1},
		map[complex128]int{1 + 2i: 1, 1 + 1i: 2}, map[uint8]bool{9: true, 3: false}, map[rune]int{'b': 1, 'a': 2},
		struct{}{}, point{1, 2}, &point{3, 4}, (*point)(nil), mixed{A: 1, b: "b", C: []int{1}, d: map[string]bool{"t": true}, E: 2.5, f: errorAndStringer{}, inner: point{5, 6}}, &mixed{}, struct {
			a any
			b error
			c *int
			d func()
			e chan int
		}{},
		&[]int{1, 2}, &map[string]int{"x": 1}, &[2]string{"p", "q"}, (*int)(nil), (chan int)(nil), (func())(nil), myFunc(nil), (*[]int)(nil),
		stringer{1}, &stringer{2}, pointerStringer{3}, &pointerStringer{4}, (*pointerStringer)(nil), (*stringer)(nil), []stringer{{5}, {6}}, []*pointerStringer{nil}, map[string]stringer{"k": {7}},
		goStringer(8), []goStringer{9}, formatter{}, &formatter{}, []any{formatter{}}, errorAndStringer{}, errors.New("plain"), fmt.Errorf("wrap %w", valueError("it")), error(nil),
		panics{"oops"}, panics{valueError("err")}, panics{5}, panics{panics{"twice"}}, (*nilPanics)(nil), &nilPanics{3}, badFormatter{}, []any{panics{"in list"}},
		embedsUnexported{point: point{1, 2}}, hidden{s: stringer{1}, S: stringer{2}, in: stringer{3}, ls: []stringer{{4}}, LS: []stringer{{5}}, e: embedded{stringer{6}, stringer{7}}, embedded: embedded{stringer{8}, stringer{9}}},
		recursive{V: 1}, &recursive{V: 2}, [2]any{point{1, 1}, &point{}}[0], []error{nil, valueError("e")}, []fmt.Stringer{stringer{1}, nil}, struct{ S fmt.Stringer }{stringer{2}}, struct{ s fmt.Stringer }{stringer{3}},
		strings.Repeat("long ", 30), any(any(5)), [1]struct{ A, B any }{{1, "x"}},
	}
}

func fmtVerbs(out *bufio.Writer) {
	all := values()
	show := func(format string, args ...any) {
		defer func() {
			if r := recover(); r != nil {
				fmt.Fprintf(out, "%q panicked\n", format)
			}
		}()
		text := fmt.Sprintf(format, args...)
		if len(text) > 400 { // a random width
			hash := uint32(1)
			for i := range len(text) {
				hash = hash*31 + uint32(text[i])
			}
			text = fmt.Sprint(text[:50], len(text), hash)
		}
		fmt.Fprintf(out, "%q|%s|\n", format, text)
	}
	flags := []string{"", "+", "-", "#", " ", "0", "+#", "-0", "# ", "+0", "0#", "+ ", "-#", "#+- 0"}
	sizes := []string{"", "1", "8", "20", ".0", ".1", ".3", ".10", "12.4", "3.", "08.2", "30.20"}
	// Addresses differ from run to run.
	hasAddress := func(v any) bool {
		text := fmt.Sprintf("%p", v)
		return strings.HasPrefix(text, "0x") && text != "0x0"
	}
	turn := 0 // not everything with everything
	for _, v := range all {
		for _, verb := range verbs {
			if verb == 'p' && hasAddress(v) {
				continue
			}
			turn++
			for i, f := range flags {
				for k, s := range sizes {
					if (i+k+turn)%24 == 0 {
						show("%"+f+s+string(verb), v)
					}
				}
			}
		}
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Fprintln(out, "Sprint panicked")
				}
			}()
			fmt.Fprintln(out, fmt.Sprint(v), fmt.Sprintln(v), fmt.Sprint(v, v), fmt.Sprint("a", v, 1, 2, "b", v))
			fmt.Fprintf(out, "%s\n", fmt.Append([]byte("x"), v))
		}()
	}

	r := random(11)
	pieces := []string{"%", "%", "%", "v", "d", "s", "x", "q", "+", "-", "#", " ", "0", "1", "5", "12", ".", "*", "[1]", "[2]", "[3]", "[", "]", "[9]", "[0]", "[x]", "[-1]", "text", "%%", "T", "f", "g",
		"t", "e", "c", "U", "w", "é", "\xff", "9999999", "[]", "[1]*", ".*", ".[2]*", "X", "b", "o", "O", "!"}
	few := []any{1, -7, "str", 2.5, true, nil, []int{1, 2}, point{1, 2}, int8(3), uint16(9), stringer{5}, errors.New("e"), 3000000, -2, "", 'x', []byte("b"), myInt(4)}
	for i := 0; i < 3000; i++ {
		format := ""
		for n := r.below(9); n >= 0; n-- {
			format += pieces[r.below(len(pieces))]
		}
		args := make([]any, r.below(5))
		for k := range args {
			args[k] = few[r.below(len(few))]
		}
		show(format, args...)
	}
	for i := 0; i < 1500; i++ {
		format := "%" + flags[r.below(len(flags))]
		if r.below(2) == 0 {
			format += fmt.Sprint(r.below(25))
		}
		if r.below(2) == 0 {
			format += "." + fmt.Sprint(r.below(25))
		}
		format += string(verbs[r.below(len(verbs))])
		if v := all[r.below(len(all))]; !strings.HasSuffix(format, "p") || !hasAddress(v) {
			show(format, v)
		}
		show(format, math.Float64frombits(r.next()))
		show(format, int64(r.next()>>r.below(64)))
		show(format, float32(r.below(100000))/100)
	}

	for _, e := range []error{fmt.Errorf("none"), fmt.Errorf("%w", errors.New("a")), fmt.Errorf("%w %w", errors.New("a"), errors.New("b")), fmt.Errorf("%w", 5), fmt.Errorf("%w", nil), fmt.Errorf("%[2]w %[1]w %[2]w", errors.New("a"), errors.New("b")),
		fmt.Errorf("%v %w", errors.New("a"), stringer{1}), fmt.Errorf("%w %w", 5, errors.New("x")), fmt.Errorf("%+w %#w", errors.New("x"), errors.New("y")), fmt.Errorf("")} {
		fmt.Fprintf(out, "%v|%T|%v|", e, e, errors.Unwrap(e))
		if m, ok := e.(interface{ Unwrap() []error }); ok {
			fmt.Fprint(out, m.Unwrap())
		}
		fmt.Fprintln(out)
	}
	fmt.Fprint(out, "a", "b", 1, 2, true, "c", nil, nil, 3.0, '\n')
	fmt.Fprintln(out)
	fmt.Fprintln(out, "a", 1, nil, []string{"x"}, map[string][]int{"k": {1}})
	fmt.Fprintln(out, string(fmt.Appendf(nil, "%d-%s", 5, "x")), string(fmt.Appendln([]byte("z"), 1, "two")))
	n, err1 := fmt.Fprintf(out, "%5d|\n", 3)
	fmt.Fprintln(out, n, err1)
	p, q := new(int), new(int)
	fmt.Fprintln(out, fmt.Sprintf("%p", p) == fmt.Sprintf("%v", p), fmt.Sprintf("%p", p) == fmt.Sprintf("%p", q), fmt.Sprintf("%p", p)[:2], fmt.Sprintf("%#p", p)[:1] != "0", fmt.Sprintf("%x", p) == fmt.Sprintf("%#p", p))
	c := make(chan int)
	fmt.Fprintln(out, fmt.Sprintf("%v", c)[:2], fmt.Sprintf("%#v", c)[:10], fmt.Sprintf("%d", c) != "", fmt.Sprintf("%s", c)[:13], fmt.Sprintf("%v", values)[:2], fmt.Sprintf("%#v", p)[:9])
	loop := &recursive{V: 1}
	loop.Next = loop
	fmt.Fprintln(out, fmt.Sprintf("%v", loop)[:4], fmt.Sprintf("%+v", *loop)[:8])
}
