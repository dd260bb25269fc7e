// 3.3 Channels: Ownership, range, close, and a sieve
// Channels: ownership, direction, buffering, range, close, nil.
package main

import (
	"bytes"
	"fmt"
	"os"
)

func owner(n int) <-chan int { // creates, writes, closes; hands out only the receiving end
	out := make(chan int, 2)
	go func() {
		defer close(out)
		for i := 1; i <= n; i++ {
			out <- i
		}
	}()
	return out
}

func square(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range in {
			out <- v * v
		}
	}()
	return out
}

func generate(ch chan<- int) {
	for i := 2; ; i++ {
		ch <- i
	}
}

func filter(in <-chan int, out chan<- int, prime int) {
	for {
		if i := <-in; i%prime != 0 {
			out <- i
		}
	}
}

func main() {
	sum := 0
	for v := range square(owner(10)) {
		sum += v
	}
	fmt.Println("squares:", sum)

	closed := make(chan int)
	close(closed)
	v, ok := <-closed
	fmt.Printf("(%v): %v\n", ok, v)

	var log bytes.Buffer
	defer log.WriteTo(os.Stdout)
	items := make(chan int, 4)
	go func() {
		defer close(items)
		for i := 0; i < 5; i++ {
			items <- i
		}
	}()
	for item := range items {
		fmt.Fprintf(&log, "received %v\n", item)
	}
	fmt.Fprintln(&log, "len", len(items), "cap", cap(items))

	// The sieve: a goroutine for every prime.
	ch := make(chan int)
	go generate(ch)
	for i := 0; i < 30; i++ {
		prime := <-ch
		fmt.Fprint(&log, prime, " ")
		next := make(chan int)
		go filter(ch, next, prime)
		ch = next
	}
	fmt.Fprintln(&log)
}
