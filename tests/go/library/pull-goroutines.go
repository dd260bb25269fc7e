// What iter.Pull has begun counts as a goroutine until its sequence ends, and not a moment longer.
//
// stack: deep
package main

import (
	"fmt"
	"iter"
	"regexp"
	"runtime"
)

func numbers(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	most, least := 0, 1000
	for range 200 {
		next, stop := iter.Pull(numbers(3))
		most = max(most, runtime.NumGoroutine())
		sum := 0
		for value, ok := next(); ok; value, ok = next() {
			sum += value
			most = max(most, runtime.NumGoroutine())
		}
		least = min(least, runtime.NumGoroutine())
		stop()
		if sum != 3 {
			fmt.Println(sum)
		}
	}
	fmt.Println(least, most)

	_, stop := iter.Pull(numbers(1))
	fmt.Println(runtime.NumGoroutine())
	stop()
	fmt.Println(runtime.NumGoroutine())

	next, stop := iter.Pull(func(yield func(int) bool) {
		yield(1)
		panic("in the sequence")
	})
	defer stop()
	fmt.Println(next())
	stacks := make([]byte, 1<<16)
	stacks = stacks[:runtime.Stack(stacks, true)]
	fmt.Printf("%s\n", regexp.MustCompile(`(?m)^created by .* in goroutine \d+$|iter.go:\d+`).FindAll(stacks, -1))
	func() {
		defer func() { fmt.Println(recover(), runtime.NumGoroutine()) }()
		next()
	}()
	fmt.Println(next())
}
