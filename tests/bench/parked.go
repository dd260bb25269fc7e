// What a goroutine costs that waits for a channel, in bytes, with a million of them; how long they take from start to end, ms;
// and for how long the collector stops the program, the longest of ten cycles each, µs: with the million, and with 100 MB of
// small objects.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

const million = 1_000_000

type node struct{ left, right *node }

func grow(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{grow(depth - 1), grow(depth - 1)}
}

// longestStop runs ten cycles while every processor computes.
func longestStop() int64 {
	var done atomic.Bool
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			kept := make([]*node, 100)
			for i := 0; !done.Load(); i++ {
				kept[i%len(kept)] = grow(4)
			}
		})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 10 {
		runtime.GC()
	}
	runtime.ReadMemStats(&after)
	done.Store(true)
	wg.Wait()
	var longest uint64
	for i := before.NumGC; i < after.NumGC; i++ {
		longest = max(longest, after.PauseNs[i%256])
	}
	return int64(longest / 1000)
}

func inUse() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapInuse + stats.StackInuse + stats.OtherSys
}

func main() {
	before := inUse()
	start := time.Now()
	var wg sync.WaitGroup
	gate := make(chan int)
	wg.Add(million)
	for range million {
		go func() {
			<-gate
			wg.Done()
		}()
	}
	for runtime.NumGoroutine() < million {
		runtime.Gosched()
	}
	elapsed := time.Since(start)
	fmt.Println("bytes", (inUse()-before)/million)
	fmt.Println("stop-goroutines", longestStop())
	start = time.Now()
	close(gate)
	wg.Wait()
	fmt.Println("ms", (elapsed + time.Since(start)).Milliseconds())

	live := []*node{grow(21), grow(20)} // 6.3 million objects of 16 bytes
	fmt.Println("stop-heap", longestStop())
	runtime.KeepAlive(live)
}
