// 3.2.4 Once: Exactly once, and then for everybody
// Whoever comes while the first call is at work waits for it. OnceValue keeps
// the result.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var once sync.Once
	var calls, sawIt atomic.Int32
	var config string
	var wg sync.WaitGroup
	for range 100 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			once.Do(func() {
				calls.Add(1)
				config = "loaded"
			})
			if config == "loaded" {
				sawIt.Add(1)
			}
		}()
	}
	wg.Wait()
	fmt.Println("calls", calls.Load(), "saw the result", sawIt.Load())

	once.Do(func() { fmt.Println("never: a Once counts calls of Do, not functions") })

	answer := sync.OnceValue(func() int {
		fmt.Println("thinking")
		return 42
	})
	fmt.Println(answer(), answer(), answer())
}
