// Recursion without end through functions that count and others, in a goroutine, with deferred calls that cannot help.
package main

import "fmt"

type node struct {
	next *node
	size [4]int
}

func (n *node) visit(depth int, seen func(int) bool) int {
	if !seen(depth) {
		return 0
	}
	return through(n.next, depth, seen) + n.size[depth%4]
}

func through(n *node, depth int, seen func(int) bool) int {
	return again(n, depth+1, seen) + 1
}

func again(n *node, depth int, seen func(int) bool) int {
	return n.visit(depth, seen)
}

func main() {
	defer fmt.Println("not printed")
	ring := &node{}
	ring.next = &node{next: ring}
	done := make(chan int)
	go func() {
		defer func() { recover() }()
		done <- ring.visit(0, func(int) bool { return true })
	}()
	fmt.Println(<-done)
}

// stack: deep
