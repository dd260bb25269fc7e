// 9 More Go: Ranging over functions
// A function that calls yield for each value can stand after range. Break,
// return and defer work in the loop's body as ever.
package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

func collatz(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("| ") // even when the loop is left early
		for yield(n) && n != 1 {
			if n%2 == 0 {
				n /= 2
			} else {
				n = 3*n + 1
			}
		}
	}
}

func zip[A, B any](a iter.Seq[A], b []B) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		i := 0
		for v := range a {
			if i == len(b) || !yield(v, b[i]) {
				return
			}
			i++
		}
	}
}

func firstAbove(limit int) int {
	for n := range collatz(27) {
		if n > limit {
			return n
		}
	}
	return 0
}

func main() {
	for n := range collatz(6) {
		fmt.Print(n, " ")
	}
	fmt.Println()
	fmt.Println(firstAbove(1000))

outer:
	for a := range collatz(3) {
		for b := range collatz(5) {
			if a == b {
				fmt.Println("both pass", a)
				break outer
			}
		}
	}

	for n, letter := range zip(collatz(12), []string{"a", "b", "c"}) {
		fmt.Print(n, letter, " ")
	}
	fmt.Println()

	ages := map[string]int{"Ann": 31, "Bob": 25, "Cid": 40}
	for _, name := range slices.Sorted(maps.Keys(ages)) {
		fmt.Print(name, " is ", ages[name], "; ")
	}
	fmt.Println(slices.Max(slices.Collect(maps.Values(ages))))
	for i := range 3 {
		fmt.Print(i, " ")
	}
	fmt.Println()
}
