// A deferred call parks while the panic is on its way, and the goroutine may go on on another worker.
package main

import (
	"runtime"
	"time"
)

type list struct{ values []int }

func (l *list) get(i int) int { return l.values[i] }

func inner(l *list, n int) int {
	if n == 0 {
		return l.get(7)
	}
	return inner(l, n-1) + 1
}

func sleepy(done chan bool) {
	defer func() { done <- true }()
	defer time.Sleep(time.Millisecond)
	inner(&list{}, 2)
}

func main() {
	done := make(chan bool)
	go func() {
		for i := 0; ; i++ {
			runtime.Gosched()
		}
	}()
	go sleepy(done)
	<-done
	time.Sleep(time.Minute)
}
