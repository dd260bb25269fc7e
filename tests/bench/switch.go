// What a switch costs: two goroutines for each processor hand it to each other with Gosched; the best of many short rounds.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

const switches = 10000

var procs = runtime.GOMAXPROCS(0)

func round() time.Duration {
	var wg sync.WaitGroup
	wg.Add(2 * procs)
	start := time.Now()
	for g := 0; g < 2*procs; g++ {
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
	best := time.Hour
	for i := 0; i < 300; i++ {
		best = min(best, round())
	}
	fmt.Println("ns", best.Nanoseconds()/(2*switches))
}
