// 3.2.4 Once: Two that wait for each other
// The first Do waits for the second, which waits for the first to be finished.
// Nobody is left to run, and Go says so.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var onceA, onceB sync.Once
	var initB func()
	initA := func() { onceB.Do(initB) }
	initB = func() { onceA.Do(initA) }
	fmt.Println("this will not end well")
	onceA.Do(initA)
	fmt.Println("never")
}
