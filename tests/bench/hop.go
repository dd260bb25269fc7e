// What one hop over an unbuffered channel costs, sender and receiver on one processor.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1)
	const hops = 1000000
	c := make(chan int)
	go func() {
		for i := 0; i < hops; i++ {
			c <- i
		}
		close(c)
	}()
	sum := 0
	start := time.Now()
	for v := range c {
		sum += v
	}
	elapsed := time.Since(start)
	if sum != hops*(hops-1)/2 {
		panic("values were lost")
	}
	fmt.Println("ns", elapsed.Nanoseconds()/hops)
}
