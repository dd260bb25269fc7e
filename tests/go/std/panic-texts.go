// differential: stderr
// differential: args 42
//
// runtime: what an unrecovered panic prints, for values of all kinds and for chains of panics. The argument chooses the case; how
// to die is in real.go and ours.go.
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

type (
	myInt     int
	myString  string
	myBool    bool
	myFloat   float32
	myComplex complex64
	myUint    uint8
	point     struct{ x, y int }
	empty     struct{}
)

type stringer struct{ text string }

func (s stringer) String() string { return s.text }

type failing struct{ with any }

func (f failing) Error() string { panic(f.with) }

type both struct{}

func (both) Error() string  { return "the error" }
func (both) String() string { return "the string" }

func main() {
	n, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	fmt.Println("case", n)
	values := [][]any{
		{"text"}, {""}, {"two\nlines\n"}, {true}, {-5}, {int8(-128)}, {int64(1 << 40)}, {uint8(200)}, {uintptr(77)}, {1.5}, {float32(0.1)}, {1e100}, {1 + 2i}, {complex64(-1i)}, {'x'},
		{myInt(7)}, {myString("named\ntext")}, {myBool(false)}, {myFloat(2.5)}, {myComplex(1 + 1i)}, {myUint(3)},
		{errors.New("an error\nin lines")}, {fmt.Errorf("wrapped: %w", errors.New("inner"))}, {stringer{"by String"}}, {both{}}, {failing{"while printing"}}, {failing{errors.New("e")}}, {failing{5}},
		{"first", "second"}, {"first", "second", "third"}, {1, errors.New("two")}, {"same", "same"}, {errors.New("a"), stringer{"b"}, myInt(3)},
		{error(nil)}, {(*int)(nil)}, {(map[string]int)(nil)}, {[]int(nil) == nil}, {strconv.ErrRange}, {&strconv.NumError{Func: "F", Num: "n", Err: strconv.ErrSyntax}}, {"long " + fmt.Sprint(make([]int, 300))}, {0.0}, {"tab\tand \x00 bytes \xff"},
	}
	die(values[n]...)
}
