// 3.3 Channels: Buffers, len and cap
// A buffered channel takes values until it is full. Closed, it still gives
// what it holds, then zeros.
package main

import "fmt"

func main() {
	c := make(chan string, 3)
	show := func(when string) { fmt.Printf("%-12s len %d cap %d\n", when, len(c), cap(c)) }
	show("empty")
	c <- "a"
	c <- "b"
	show("two sent")
	fmt.Println("received", <-c)
	c <- "c"
	c <- "d"
	show("full")

	select {
	case c <- "e":
		fmt.Println("never")
	default:
		fmt.Println("no room for more")
	}

	close(c)
	show("closed")
	for s := range c {
		fmt.Println("left over", s)
	}
	s, ok := <-c
	fmt.Printf("at the end %q %t\n", s, ok)
}
