// 3.3 Channels: A pipeline
// Every stage receives, does its bit and sends on. All watch done: who has
// seen enough closes it, and no stage is left behind.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func generate(done <-chan struct{}) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 1; ; i++ {
			select {
			case out <- i:
			case <-done:
				return
			}
		}
	}()
	return out
}

func stage(done <-chan struct{}, in <-chan int, f func(int) (int, bool)) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range in {
			result, keep := f(n)
			if !keep {
				continue
			}
			select {
			case out <- result:
			case <-done:
				return
			}
		}
	}()
	return out
}

func main() {
	before := runtime.NumGoroutine()
	done := make(chan struct{})
	squares := stage(done, generate(done), func(n int) (int, bool) { return n * n, true })
	odd := stage(done, squares, func(n int) (int, bool) { return n, n%2 == 1 })
	for n := range odd {
		fmt.Print(n, " ")
		if n > 100 {
			break
		}
	}
	fmt.Println()
	close(done)
	for runtime.NumGoroutine() > before { // they need a moment
		time.Sleep(time.Millisecond)
	}
	fmt.Println("nobody is left behind")
}
