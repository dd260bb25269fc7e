// With one worker, whatever spins leaves time to other goroutines, to timers and to collections.
//
// stack: deep
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

var (
	stop    atomic.Bool
	counter int
)

func spin() {
	for !stop.Load() {
	}
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1) + 1
}

func recurse() {
	for !stop.Load() {
		counter += fib(25)
	}
}

func recurseDeep() {
	for !stop.Load() {
		counter += deep(100_000)
	}
}

func count() {
	for {
		counter++
	}
}

func forever() {
	for {
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	for _, busy := range []struct {
		name string
		run  func()
	}{
		{"a spin on an atomic", spin},
		{"recursion", recurse},
		{"deep recursion", recurseDeep},
		{"a spin on a variable", count},
		{"for {}", forever},
	} {
		stop.Store(false)
		ended := make(chan bool, 1)
		go func() {
			busy.run()
			ended <- true
		}()
		other := make(chan string)
		go func() { other <- "another goroutine" }()
		fmt.Println(busy.name, "beside", <-other)
		<-time.After(time.Millisecond)
		fmt.Println(busy.name, "beside a timer")
		runtime.GC()
		fmt.Println(busy.name, "beside a collection")
		stop.Store(true)
		if busy.name != "for {}" && busy.name != "a spin on a variable" {
			<-ended
		}
	}
}
