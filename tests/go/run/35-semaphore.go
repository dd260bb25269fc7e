// 3.3 Channels: A semaphore
// A buffered channel with room for three lets three in at a time: to enter is
// to send, to leave is to receive.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	seats := make(chan struct{}, 3)
	var inside, most atomic.Int32
	var served atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			seats <- struct{}{}
			defer func() { <-seats }()
			n := inside.Add(1)
			for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
			}
			time.Sleep(time.Millisecond)
			inside.Add(-1)
			served.Add(1)
		})
	}
	wg.Wait()
	fmt.Println("served", served.Load(), "and never more than three at a time:", most.Load() <= 3)
}
