// 3.2 The sync package: Counting without locks
// An atomic operation is whole: nobody sees half of it. CompareAndSwap changes
// a value only if it is still what it was, which is enough to keep a maximum,
// or to let exactly one goroutine win.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func raise(most *atomic.Int64, n int64) {
	for {
		old := most.Load()
		if n <= old || most.CompareAndSwap(old, n) {
			return
		}
	}
}

func main() {
	var count, most, winners atomic.Int64
	var won atomic.Bool
	var wg sync.WaitGroup
	for g := range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 1000 {
				count.Add(1)
				raise(&most, int64((i*7919+g*104729)%99991))
			}
			if won.CompareAndSwap(false, true) {
				winners.Add(1)
			}
		}()
	}
	wg.Wait()
	fmt.Println("count", count.Load(), "most", most.Load(), "winners", winners.Load())

	type settings struct{ name string }
	var current atomic.Pointer[settings]
	current.Store(&settings{"old"})
	before := current.Swap(&settings{"new"})
	fmt.Println(before.name, "became", current.Load().name)
}
