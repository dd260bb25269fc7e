// 3.2.3 Cond: One click, three handlers
// Broadcast wakes everybody who waits. Handlers subscribe before the click;
// whoever comes later has missed it.
package main

import (
	"fmt"
	"sort"
	"sync"
)

type button struct{ clicked *sync.Cond }

func (b *button) onClick(done *sync.WaitGroup, f func()) {
	var waiting sync.WaitGroup
	waiting.Add(1)
	done.Add(1)
	go func() {
		defer done.Done()
		b.clicked.L.Lock()
		waiting.Done()
		b.clicked.Wait()
		b.clicked.L.Unlock()
		f()
	}()
	waiting.Wait()
}

func main() {
	b := button{sync.NewCond(&sync.Mutex{})}
	var done sync.WaitGroup
	var mu sync.Mutex
	var heard []string
	for _, what := range []string{"maximise the window", "show a dialog", "count the click"} {
		b.onClick(&done, func() {
			mu.Lock()
			defer mu.Unlock()
			heard = append(heard, what)
		})
	}
	b.clicked.L.Lock() // the last handler waits once this lock can be had
	b.clicked.L.Unlock()
	b.clicked.Broadcast()
	done.Wait()
	sort.Strings(heard) // they run in any order
	for _, what := range heard {
		fmt.Println(what)
	}
}
