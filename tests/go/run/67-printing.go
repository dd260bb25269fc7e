// 9 More Go: Printing with verbs
// Widths, precisions, signs and zeros; values as Go source; and what happens
// when verb and value do not go together.
package main

import (
	"errors"
	"fmt"
	"math"
	"time"
)

type point struct{ X, Y int }

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

func main() {
	fmt.Printf("|%5d|%-5d|%05d|%+d|%x|%X|%o|%b|%c|%U|\n", 42, 42, 42, 42, 255, 255, 8, 5, 'G', 'é')
	fmt.Printf("|%8.3f|%-8.2f|%e|%g|%08.3f|%+.1f|%6.2f%%|\n", math.Pi, math.Pi, 123456.789, 1e21, -math.Pi, 2.0, 99.5)
	fmt.Printf("|%s|%10s|%-10s|%.3s|%q|%x|\n", "gopher", "gopher", "gopher", "gopher", "a\tb", "Go")
	p := &point{1, -2}
	fmt.Printf("%v %+v %#v %T\n", *p, p, *p, p)
	fmt.Printf("%v %d %#v %T\n", []int{1, 2}, []byte("ab"), map[string]bool{"x": true}, celsius(1))
	fmt.Printf("%v %s %.2f %v\n", celsius(21.55), celsius(-3), celsius(36.6), []celsius{1, 2})
	fmt.Printf("%t %v %p %v\n", true, nil, nil, errors.New("an error"))
	fmt.Printf("%*d|%-*d|%[2]*[1]d|%[3]q %[3]v\n", 5, 42, 5, 43)
	fmt.Printf("%d %s %!\n", "text", 5)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%d %d\n", 1)
	fmt.Println(time.Duration(90500)*time.Millisecond, 1500*time.Microsecond, math.Inf(1), -0.0, 1+2i, [2]bool{true}, struct{}{})
	fmt.Print("no", "spaces", 1, 2, "between", 3.0, "strings\n")
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3), len(fmt.Sprintln()))
	var nothing *point
	var none error
	fmt.Println(nothing, none, []any{nil, nothing == nil}, any(nothing) == nil)
}
