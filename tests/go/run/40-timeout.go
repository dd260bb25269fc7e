// 3.4 The select statement: Not for ever
// time.After makes a channel that is ready later: whichever is ready first
// wins.
package main

import (
	"fmt"
	"time"
)

func answer(after time.Duration) <-chan int {
	c := make(chan int, 1) // with room, so that nobody waits for a receiver who has left
	go func() {
		time.Sleep(after)
		c <- 42
	}()
	return c
}

func ask(slow, patience time.Duration) {
	select {
	case n := <-answer(slow):
		fmt.Println("the answer is", n)
	case <-time.After(patience):
		fmt.Println("too slow")
	}
}

func main() {
	ask(time.Millisecond, 5*time.Second)
	ask(5*time.Second, 20*time.Millisecond)
}
