// What a goroutine costs from go to its end, a thousand alive at a time, on one processor.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1)
	const batches, batch = 500, 1000
	var wg sync.WaitGroup
	start := time.Now()
	for b := 0; b < batches; b++ {
		wg.Add(batch)
		for i := 0; i < batch; i++ {
			go wg.Done()
		}
		wg.Wait()
	}
	fmt.Println("ns", time.Since(start).Nanoseconds()/(batches*batch))
}
