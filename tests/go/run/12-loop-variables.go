// 3.1 Goroutines: Closures and loop variables
// Since Go 1.22 every turn of a loop has variables of its own. A variable
// declared outside is still shared by all closures.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	seen := make([]int, 5)
	for i := 0; i < 5; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			seen[i] = i * i // this turn's i
		}()
	}
	wg.Wait()
	fmt.Println("own variables: ", seen)

	var shared int
	var calls []func() int
	for shared = 0; shared < 5; shared++ {
		calls = append(calls, func() int { return shared * shared })
	}
	fmt.Print("one for all:    ")
	for _, call := range calls {
		fmt.Print(call(), " ")
	}
	fmt.Println()
}
