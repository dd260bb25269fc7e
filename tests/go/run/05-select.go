// 3.4 The select statement: Fairness, timeouts, default
// select: fairness, default, timeout, nil channels, send and receive together.
package main

import (
	"fmt"
	"time"
)

func main() {
	a, b := make(chan int), make(chan int)
	close(a)
	close(b)
	var fromA, fromB int
	for i := 0; i < 1000; i++ {
		select {
		case <-a:
			fromA++
		case <-b:
			fromB++
		}
	}
	fmt.Println("both taken, neither starved:", fromA > 350 && fromB > 350, fromA+fromB)

	var never chan int
	start := time.Now()
	select {
	case <-never:
		fmt.Println("unreachable")
	case <-time.After(50 * time.Millisecond):
		fmt.Println("timed out after 50 ms:", time.Since(start) >= 50*time.Millisecond)
	}

	done := make(chan struct{})
	go func() { time.Sleep(20 * time.Millisecond); close(done) }()
	polls := 0
loop:
	for {
		select {
		case <-done:
			break loop
		default:
			polls++
		}
	}
	fmt.Println("worked while waiting:", polls > 0)

	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	ticks := 0
	for range ticker.C {
		if ticks++; ticks == 3 {
			break
		}
	}
	fmt.Println("ticks", ticks)

	out, in := make(chan int, 1), make(chan int, 1)
	in <- 7
	sent, got := false, 0
	for !sent || got == 0 {
		select {
		case out <- 1:
			sent = true
		case got = <-in:
		}
	}
	fmt.Println(sent, got)
}
