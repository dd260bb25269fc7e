// How much faster two processors are than one, on work that shares nothing: a hundredth each.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func isPrime(n int) bool {
	if n < 2 {
		return false
	}
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}

func count(limit, workers int) int {
	const chunk = 1000
	jobs := make(chan int)
	counts := make([]int, workers)
	var wg sync.WaitGroup
	for w := 0; w < workers; w++ {
		wg.Add(1)
		go func(w int) {
			defer wg.Done()
			for start := range jobs {
				for n := start; n < start+chunk && n < limit; n++ {
					if isPrime(n) {
						counts[w]++
					}
				}
			}
		}(w)
	}
	for start := 0; start < limit; start += chunk {
		jobs <- start
	}
	close(jobs)
	wg.Wait()
	total := 0
	for _, c := range counts {
		total += c
	}
	return total
}

func timed(procs int) time.Duration {
	runtime.GOMAXPROCS(procs)
	start := time.Now()
	if n := count(1000000, procs); n != 78498 {
		panic(n)
	}
	return time.Since(start)
}

func main() {
	one := timed(1)
	two := timed(2)
	fmt.Println("hundredths", int64(100*one/two))
}
