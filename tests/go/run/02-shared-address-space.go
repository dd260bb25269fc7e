// 3.1 Goroutines: One address space
// A goroutine runs in the address space it was created in: it changes the
// parent's variable itself.
package main

import (
	"fmt"
	"sync"
)

type tree struct {
	left, right *tree
	value       int
}

func grow(depth int) *tree {
	if depth == 0 {
		return nil
	}
	return &tree{grow(depth - 1), grow(depth - 1), depth}
}

// sum forks at every node: fork-join as recursion.
func sum(t *tree) (total int) {
	if t == nil {
		return 0
	}
	var wg sync.WaitGroup
	var left, right int
	wg.Add(2)
	go func() { defer wg.Done(); left = sum(t.left) }()
	go func() { defer wg.Done(); right = sum(t.right) }()
	wg.Wait()
	return left + right + t.value
}

func main() {
	salutation := "hello"
	done := make(chan struct{})
	go func() {
		salutation = "welcome"
		close(done)
	}()
	<-done
	fmt.Println(salutation)
	fmt.Println("sum of a tree of 4095 nodes, a goroutine each side:", sum(grow(12)))
}
