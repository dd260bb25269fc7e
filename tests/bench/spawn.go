// What a goroutine costs from go to its end, a thousand alive at a time; the best of many short rounds.
package main

import (
	"fmt"
	"sync"
	"time"
)

const batches, batch = 10, 1000

func round() time.Duration {
	var wg sync.WaitGroup
	start := time.Now()
	for b := 0; b < batches; b++ {
		wg.Add(batch)
		for i := 0; i < batch; i++ {
			go wg.Done()
		}
		wg.Wait()
	}
	return time.Since(start)
}

func main() {
	best := time.Hour
	for i := 0; i < 300; i++ {
		best = min(best, round())
	}
	fmt.Println("ns", best.Nanoseconds()/(batches*batch))
}
