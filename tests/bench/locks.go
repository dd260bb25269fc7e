// What Lock and Unlock of a mutex cost: that nobody else wants, the best of many short rounds; and that four goroutines want
// all the time, the best of five rounds; tenths of a ns.
package main

import (
	"fmt"
	"sync"
	"time"
)

const (
	alone, aloneRounds    = 200_000, 200
	goroutines            = 4
	each, contendedRounds = 250_000, 5
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

func best(rounds int, round func() time.Duration, times int64) int64 {
	least := time.Hour
	for range rounds {
		least = min(least, round())
	}
	return least.Nanoseconds() * 10 / times
}

func main() {
	fmt.Println("uncontended", best(aloneRounds, uncontended, alone))
	fmt.Println("contended", best(contendedRounds, contended, goroutines*each))
	if count != aloneRounds*alone+contendedRounds*goroutines*each {
		panic("counts were lost")
	}
}
