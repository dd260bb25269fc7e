// 3.5 The GOMAXPROCS lever: Counting primes in parallel
// varies: GOMAXPROCS=\d+|speed-up=[0-9.]+
// Is it parallel? Counts primes with one worker and with all, and says what
// Amdahl would.
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

func main() {
	const limit = 3000000
	procs := runtime.GOMAXPROCS(0)
	var base time.Duration
	for _, p := range []int{1, procs} {
		runtime.GOMAXPROCS(p)
		start := time.Now()
		n := count(limit, p)
		elapsed := time.Since(start)
		if p == 1 {
			base = elapsed
		}
		fmt.Printf("GOMAXPROCS=%d primes=%d speed-up=%.2f\n", p, n, float64(base)/float64(elapsed))
	}
}
