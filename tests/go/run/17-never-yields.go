// 3.1 Goroutines: One that never yields
// A loop without a single call cannot keep the others from running: goroutines
// are preempted, even with one processor.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
)

func main() {
	runtime.GOMAXPROCS(1)
	var stop atomic.Bool
	spun := make(chan bool)
	go func() {
		n := 0
		for !stop.Load() {
			n++
		}
		spun <- n > 0
	}()
	runtime.Gosched() // let it begin
	fmt.Println("main runs although the other never gives way")
	stop.Store(true)
	fmt.Println("it has been spinning:", <-spun)
}
