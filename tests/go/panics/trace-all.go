// Where all goroutines are, as a program asks for it, and where those are that a program shows which dies.
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

func receive(c chan int) { <-c }

func send(c chan int) { c <- 1 }

func lock(mu *sync.Mutex) { mu.Lock() }

func where() []byte { return debug.Stack() }

func choose(c, d chan int) {
	select {
	case <-c:
	case d <- 2:
	}
}

func recovering() {
	defer func() {
		recover()
		os.Stderr.Write(where())
	}()
	send(closed())
}

func closed() chan int {
	c := make(chan int)
	close(c)
	return c
}

// Besides the goroutine that asks.
func allWait(stacks []byte) bool {
	return bytes.Count(stacks, []byte(" [run")) == 1
}

func main() {
	var mu sync.Mutex
	mu.Lock()
	go receive(make(chan int))
	go receive(nil)
	go send(nil)
	go lock(&mu)
	go func() { select {} }()
	go choose(nil, nil)
	go func() { time.Sleep(time.Hour) }()
	buf := make([]byte, 1<<16)
	for !allWait(buf[:runtime.Stack(buf, true)]) {
		time.Sleep(time.Millisecond)
	}
	os.Stderr.Write(buf[:runtime.Stack(buf, true)])
	os.Stderr.WriteString("\n")
	fmt.Println(runtime.Stack(buf[:100], true), runtime.Stack(buf[:0], true), runtime.Stack(nil, false))
	recovering()
	done := make(chan bool)
	go func() {
		debug.PrintStack()
		close(done)
	}()
	<-done
	debug.SetTraceback("all")
	panic("the end")
}

// stack: deep
