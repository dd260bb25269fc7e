// 3.1 Goroutines: Fork and join
// Fork with go, join with a WaitGroup: the parent goes on beside its children
// and meets them at Wait.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	heard := map[string]int{}

	for _, word := range []string{"hello", "greetings", "good day"} {
		wg.Add(1)
		go func(word string) { // a copy each: the goroutine may run after the loop has moved on
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			heard[word]++
		}(word)
	}
	wg.Wait() // the join point

	for _, word := range []string{"hello", "greetings", "good day"} {
		fmt.Printf("%-9s heard %d time\n", word, heard[word])
	}
}
