// What an unrecovered panic prints of values of all kinds: one chain of panics, each in a call that the one before deferred.
package main

import (
	"errors"
	"fmt"
	"strconv"
)

type (
	myInt     int
	myString  string
	myBool    bool
	myFloat   float32
	myComplex complex64
	myUint    uint8
)

type stringer struct{ text string }

func (s stringer) String() string { return s.text }

type both struct{}

func (both) Error() string  { return "the error" }
func (both) String() string { return "the string" }

func die(values []any) {
	if len(values) > 1 {
		defer die(values[1:])
	}
	panic(values[0])
}

func main() {
	die([]any{
		"text", "", "two\nlines\n", "tab\tand \x1b", true, -5, int8(-128), int64(1 << 40), uint8(200), uintptr(77), 1.5, 0.0, float32(0.1), 1e100,
		1 + 2i, complex64(-1i), 'x', myInt(7), myString("named\ntext"), myBool(false), myFloat(2.5), myComplex(1 + 1i), myUint(3),
		errors.New("an error\nin lines"), fmt.Errorf("wrapped: %w", errors.New("inner")), stringer{"by String"}, both{},
		"same", "same", nil, strconv.ErrRange, &strconv.NumError{Func: "F", Num: "n", Err: strconv.ErrSyntax},
		(*int)(nil), (map[string]int)(nil), "long " + fmt.Sprint(make([]int, 300)),
	})
}
