// 9 More Go: Closures and deferred calls
// A closure keeps the variables it uses. Deferred calls run last in, first
// out, with arguments from when they were deferred.
package main

import "fmt"

func counter() (next func() int, reset func()) {
	n := 0
	next = func() int { n++; return n }
	reset = func() { n = 0 }
	return next, reset
}

func traced(name string) (result string) {
	defer func() { result += " and back" }() // may still change a named result
	defer fmt.Println("leaving", name)
	fmt.Println("entering", name)
	return "been to " + name
}

func main() {
	next, reset := counter()
	fmt.Println(next(), next(), next())
	reset()
	fmt.Println(next())

	fmt.Println(traced("Rome"))

	for i := range 3 {
		defer func(n int) { fmt.Println("deferred", n, "while i is", i) }(i * 10)
	}

	fibonacci := func() func() int {
		a, b := 0, 1
		return func() int {
			defer func() { a, b = b, a+b }()
			return a
		}
	}()
	for range 10 {
		fmt.Print(fibonacci(), " ")
	}
	fmt.Println()
}
