// Where every goroutine waits, and who started it: through functions that are inlined, methods, and recursion.
package main

import (
	"runtime"
	"sync"
	"time"
)

type server struct{ mu sync.Mutex }

func (s *server) wait(c chan int) int {
	return add(<-c, 1)
}

func add(a, b int) int { return a + b }

func small(c chan int) int { return <-c }

func (s *server) lock() {
	s.mu.Lock()
}

func start(c chan int) {
	go func() {
		println(small(c))
	}()
}

func deep(n int, c chan int) int {
	if n == 0 {
		return small(c)
	}
	return deep(n-1, c) + 1
}

func main() {
	c := make(chan int)
	s := &server{}
	go s.wait(c)
	start(c)
	s.lock()
	go s.lock()
	go deep(20, c)
	go deep(1000, c)
	go func() {
		runtime.LockOSThread()
		defer func() {
			var nobody chan int
			select {
			case nobody <- 1:
			}
		}()
		panic("on its way")
	}()
	time.Sleep(10 * time.Millisecond)
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Wait()
}
