// Plain calls: fib(32), in microseconds.
package main

import (
	"fmt"
	"time"
)

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func main() {
	best := time.Hour
	for i := 0; i < 5; i++ {
		start := time.Now()
		if fib(32) != 2178309 {
			panic("wrong")
		}
		if elapsed := time.Since(start); elapsed < best {
			best = elapsed
		}
	}
	fmt.Println("us", best.Microseconds())
}
