// What a switch costs: two goroutines on one processor hand it to each other with Gosched; the best of five rounds.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

const switches = 500000

func round() time.Duration {
	var wg sync.WaitGroup
	wg.Add(2)
	start := time.Now()
	for g := 0; g < 2; g++ {
		go func() {
			for i := 0; i < switches; i++ {
				runtime.Gosched()
			}
			wg.Done()
		}()
	}
	wg.Wait()
	return time.Since(start)
}

func main() {
	runtime.GOMAXPROCS(1)
	best := time.Hour
	for i := 0; i < 5; i++ {
		best = min(best, round())
	}
	fmt.Println("ns", best.Nanoseconds()/(2*switches))
}
