// Closures that only a slow way needs are made on that way only.
package main

import (
	"fmt"
	"sync"
	"testing"
)

type config struct {
	once  sync.Once
	value int
}

func (c *config) get(base int) int {
	c.once.Do(func() { c.value = base * 2 })
	return c.value
}

// The object is made in a loop, and only some turns keep it.
func keepSome(n int) []*[2]int {
	var kept []*[2]int
	for i := range n {
		pair := &[2]int{i, i * i}
		if i%3 == 0 {
			kept = append(kept, pair)
		}
	}
	return kept
}

// What the object holds changes after it was made.
func before(n int) (*int, int) {
	p := new(int)
	*p = n
	n++
	if n%2 == 0 {
		return p, n
	}
	return nil, n
}

func main() {
	var c config
	fmt.Println(c.get(21), c.get(4))
	fmt.Println(testing.AllocsPerRun(100, func() { c.get(5) }))

	calls := 0
	f := sync.OnceFunc(func() { calls++ })
	f()
	fmt.Println(testing.AllocsPerRun(100, f), calls)
	v := sync.OnceValue(func() int { calls++; return calls })
	fmt.Println(v(), testing.AllocsPerRun(100, func() { v() }), calls)

	for _, pair := range keepSome(8) {
		fmt.Print(*pair, " ")
	}
	fmt.Println()
	p, n := before(3)
	fmt.Println(*p, n)
	p, n = before(4)
	fmt.Println(p == nil, n)
}
