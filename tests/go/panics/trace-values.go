// Calls through function values and interfaces show the function alone, and not how it was come to.
package main

import "fmt"

type list struct{ values []int }

func (l list) String() string {
	return fmt.Sprint(l.values[3])
}

type named struct{ list }

func fail(n int) {
	if n == 0 {
		var s fmt.Stringer = named{}
		println(s.String())
	}
	fail(n - 1)
}

func main() {
	f := fail
	for _, g := range []func(int){f, f} {
		g(2)
	}
}
