// What polls cost, and the count of how deep the stack is; tenths of a ns, the best of many short rounds. To be compared with
// the same program compiled without them: walk is a loop that is polled on every turn, rows one that is polled around another
// that is not, and calls a function that calls itself.
package main

import (
	"fmt"
	"time"
)

type node struct {
	next  *node
	value int
}

//go:noinline
func walk(n *node) (sum int) {
	for ; n != nil; n = n.next {
		sum += n.value
	}
	return sum
}

const width = 16

//go:noinline
func rows(table [][width]int) (sum int) {
	for i := range table {
		for j := range width {
			sum += table[i][j] ^ i
		}
	}
	return sum
}

//go:noinline
func calls(n int) int {
	if n < 2 {
		return 1
	}
	return calls(n-1) + calls(n-2)
}

func best(times int, round func() int) int64 {
	least := time.Hour
	for range 2000 {
		start := time.Now()
		if round() == 0 {
			panic("nothing was done")
		}
		least = min(least, time.Since(start))
	}
	return least.Nanoseconds() * 10 / int64(times)
}

func main() {
	nodes := make([]node, 20_000)
	for i := range nodes {
		nodes[i].value = i
		if i > 0 {
			nodes[i-1].next = &nodes[i]
		}
	}
	table := make([][width]int, 2_000)
	fmt.Println("walk", best(len(nodes), func() int { return walk(&nodes[0]) }))
	fmt.Println("rows", best(len(table), func() int { return rows(table) }))
	fmt.Println("calls", best(calls(20), func() int { return calls(20) }))
}
