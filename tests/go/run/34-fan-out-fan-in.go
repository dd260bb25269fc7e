// 3.3 Channels: Fan out, fan in
// Several workers take from one channel, and what they send comes together in
// another. The last one to leave closes it.
package main

import (
	"fmt"
	"sync"
)

func isPrime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return n > 1
}

func merge[T any](inputs ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	for _, in := range inputs {
		wg.Go(func() {
			for v := range in {
				out <- v
			}
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func main() {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for n := 1; n <= 20000; n++ {
			numbers <- n
		}
	}()

	finders := make([]<-chan int, 4)
	for i := range finders {
		found := make(chan int)
		finders[i] = found
		go func() {
			defer close(found)
			for n := range numbers {
				if isPrime(n) {
					found <- n
				}
			}
		}()
	}

	count, largest := 0, 0
	for p := range merge(finders...) { // in any order
		count++
		largest = max(largest, p)
	}
	fmt.Println(count, "primes, the largest", largest)
}
