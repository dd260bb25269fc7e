// What a value costs through a buffered channel, and by a select of two unbuffered ones; the best of many short rounds.
package main

import (
	"fmt"
	"time"
)

const values = 10_000

func buffered() time.Duration {
	c := make(chan int, 128)
	go func() {
		for i := range values {
			c <- i
		}
		close(c)
	}()
	start := time.Now()
	sum := 0
	for v := range c {
		sum += v
	}
	if sum != values*(values-1)/2 {
		panic("values were lost")
	}
	return time.Since(start)
}

func selecting() time.Duration {
	a, b := make(chan int), make(chan int)
	for _, c := range []chan int{a, b} {
		go func() {
			for i := range values / 2 {
				c <- i
			}
		}()
	}
	start := time.Now()
	sum := 0
	for range values {
		select {
		case v := <-a:
			sum += v
		case v := <-b:
			sum += v
		}
	}
	if sum != values/2*(values/2-1) {
		panic("values were lost")
	}
	return time.Since(start)
}

func best(round func() time.Duration) int64 {
	least := time.Hour
	for range 300 {
		least = min(least, round())
	}
	return least.Nanoseconds() / values
}

func main() {
	fmt.Println("buffered", best(buffered))
	fmt.Println("select", best(selecting))
}
