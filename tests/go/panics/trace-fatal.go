// A fatal error shows where the goroutine is that made it, and no other.
package main

import (
	"runtime"
	"sync"
)

type account struct{ mu sync.Mutex }

func (a *account) close() { a.mu.Unlock() }

func closeAll(accounts []*account) {
	defer println("a fatal error runs no deferred call")
	for _, a := range accounts {
		a.close()
	}
}

func wait(c chan int) int { return <-c }

func main() {
	c := make(chan int)
	go wait(c)
	for range 10 {
		runtime.Gosched()
	}
	runtime.GC()
	done := make(chan bool)
	go func() {
		closeAll([]*account{{}})
		done <- true
	}()
	<-done
}
