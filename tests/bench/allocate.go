// What a small object costs that is soon garbage, the collector's part included: ns, the best of five rounds; and binary
// trees of depth 18, ms.
package main

import (
	"fmt"
	"time"
)

type node struct{ left, right *node }

const objects = 5_000_000

var kept [1024]*node

func small() time.Duration {
	start := time.Now()
	for i := range objects {
		kept[i%len(kept)] = &node{left: kept[(i+1)%len(kept)]}
		if i%16 == 0 {
			kept[i%len(kept)].left = nil // chains stay short
		}
	}
	return time.Since(start)
}

func grow(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{grow(depth - 1), grow(depth - 1)}
}

func (n *node) count() int {
	if n.left == nil {
		return 1
	}
	return 1 + n.left.count() + n.right.count()
}

// The benchmarks game's.
func trees(most int) time.Duration {
	start := time.Now()
	grow(most + 1).count()
	long := grow(most)
	for depth := 4; depth <= most; depth += 4 {
		trees := 1 << (most - depth + 4)
		nodes := 0
		for range trees {
			nodes += grow(depth).count()
		}
		if nodes != trees*(1<<(depth+1)-1) {
			panic("nodes were lost")
		}
	}
	if long.count() != 1<<(most+1)-1 {
		panic("nodes were lost")
	}
	return time.Since(start)
}

func main() {
	least := time.Hour
	for range 5 {
		clear(kept[:])
		least = min(least, small())
	}
	fmt.Println("small", least.Nanoseconds()/objects)
	clear(kept[:])
	fmt.Println("trees", trees(18).Milliseconds())
}
