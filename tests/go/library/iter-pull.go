// iter: Pull and Pull2, stopped early, late and never, with iterators that panic.
package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("end ")
		for i := range n {
			if !yield(i) {
				fmt.Print("stopped ")
				return
			}
		}
	}
}

// merged gives the values of two sorted iterators in order: what Pull is for.
func merged(a, b iter.Seq[int]) iter.Seq[int] {
	return func(yield func(int) bool) {
		nextA, stopA := iter.Pull(a)
		defer stopA()
		nextB, stopB := iter.Pull(b)
		defer stopB()
		x, okX := nextA()
		y, okY := nextB()
		for okX || okY {
			if okX && (!okY || x <= y) {
				if !yield(x) {
					return
				}
				x, okX = nextA()
			} else {
				if !yield(y) {
					return
				}
				y, okY = nextB()
			}
		}
	}
}

func try(f func()) {
	defer func() { fmt.Println("panic:", recover()) }()
	f()
}

func main() {
	next, stop := iter.Pull(count(3))
	for range 5 {
		fmt.Println(next())
	}
	stop()
	stop()
	next, stop = iter.Pull(count(3))
	stop()
	fmt.Println(next())
	next, stop = iter.Pull(count(3))
	fmt.Println(next())
	stop()
	fmt.Println(next())

	fmt.Println(slices.Collect(merged(slices.Values([]int{1, 4, 6, 9}), slices.Values([]int{2, 4, 7}))))
	for v := range merged(count(10), slices.Values([]int{3, 3, 3})) {
		if v == 3 {
			break
		}
	}
	fmt.Println()

	next2, stop2 := iter.Pull2(maps.All(map[string]int{"only": 1}))
	fmt.Println(next2())
	fmt.Println(next2())
	stop2()

	next, stop = iter.Pull(func(yield func(int) bool) { yield(1); panic("inside") })
	fmt.Println(next())
	try(func() { next() })
	fmt.Println(next())
	stop()
	next, stop = iter.Pull(func(yield func(int) bool) {
		defer func() { panic("on the way out") }()
		yield(1)
	})
	next()
	try(stop)
	next, stop = iter.Pull(func(yield func(int) bool) { fmt.Print(yield(1), yield(2), " ") })
	next()
	stop()
	fmt.Println()

	var wg sync.WaitGroup
	sums := make([]int, 8)
	for i := range sums {
		wg.Go(func() {
			next, stop := iter.Pull(slices.Values(slices.Repeat([]int{i}, 100)))
			defer stop()
			for v, ok := next(); ok; v, ok = next() {
				sums[i] += v
			}
		})
	}
	wg.Wait()
	fmt.Println(sums)
}
