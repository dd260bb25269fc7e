// What Lock and Unlock of a mutex cost: that nobody else wants, and that four goroutines on two processors want all the time;
// tenths of a ns, the best of five rounds.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

const (
	alone      = 20_000_000
	goroutines = 4
	each       = 250_000
)

var (
	mu    sync.Mutex
	count int
)

func uncontended() time.Duration {
	start := time.Now()
	for range alone {
		mu.Lock()
		count++
		mu.Unlock()
	}
	return time.Since(start)
}

func contended() time.Duration {
	var wg sync.WaitGroup
	start := time.Now()
	for range goroutines {
		wg.Go(func() {
			for range each {
				mu.Lock()
				count++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return time.Since(start)
}

func best(round func() time.Duration, times int64) int64 {
	least := time.Hour
	for range 5 {
		least = min(least, round())
	}
	return least.Nanoseconds() * 10 / times
}

func main() {
	runtime.GOMAXPROCS(1)
	fmt.Println("uncontended", best(uncontended, alone))
	runtime.GOMAXPROCS(2)
	fmt.Println("contended", best(contended, goroutines*each))
	if count != 5*(alone+goroutines*each) {
		panic("counts were lost")
	}
}
