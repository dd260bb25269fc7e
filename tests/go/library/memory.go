// Finalizers, cleanups, weak pointers, pools and the collector's figures.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
	"unique"
	"weak"
)

type node struct {
	name string
	next *node
}

func (n *node) Name() string { return n.name }

// collected runs collections until done says so.
func collected(done func() bool) bool {
	for range 200 {
		runtime.GC()
		if done() {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

//go:noinline
func make2(finalized chan<- string) {
	first := &node{name: "first", next: &node{name: "second"}}
	runtime.SetFinalizer(first, func(n *node) { finalized <- n.name + " before " + n.next.name })
	runtime.SetFinalizer(first.next, func(n *node) int { finalized <- n.name; return 1 })
}

func finalizers() {
	finalized := make(chan string, 10)
	make2(finalized)
	var got []string
	fmt.Println(collected(func() bool {
		for len(finalized) > 0 {
			got = append(got, <-finalized)
		}
		return len(got) == 2
	}), got)

	func() {
		runtime.SetFinalizer(&node{name: "any"}, func(v any) { finalized <- v.(*node).name })
		runtime.SetFinalizer(&node{name: "named"}, func(v interface{ Name() string }) { finalized <- v.Name() })
		taken := &node{name: "never"}
		runtime.SetFinalizer(taken, func(*node) { finalized <- "never" })
		runtime.SetFinalizer(taken, nil)
	}()
	names := map[string]bool{}
	fmt.Println(collected(func() bool {
		for len(finalized) > 0 {
			names[<-finalized] = true
		}
		return len(names) == 2
	}), names)
}

//go:noinline
func attach(cleaned chan<- int) {
	n := &node{name: "cleaned"}
	runtime.AddCleanup(n, func(i int) { cleaned <- i }, 1)
	runtime.AddCleanup(&n.next, func(i int) { cleaned <- i }, 2)
	stopped := runtime.AddCleanup(n, func(i int) { cleaned <- i }, 4)
	stopped.Stop()
	runtime.KeepAlive(n)
}

func cleanups() {
	cleaned := make(chan int, 10)
	attach(cleaned)
	sum := 0
	fmt.Println(collected(func() bool {
		for len(cleaned) > 0 {
			sum += <-cleaned
		}
		return sum == 3
	}), sum)
	for _, wrong := range []func(n *node){
		func(n *node) { runtime.AddCleanup(n, func(*node) {}, n) },
		func(n *node) { runtime.AddCleanup(n, func(int) { println(n.name) }, 1) },
		func(n *node) { runtime.AddCleanup(n, func(*string) {}, &n.name) },
		func(n *node) { runtime.AddCleanup((*node)(nil), func(int) {}, 1) },
	} {
		func() {
			defer func() { fmt.Println(recover()) }()
			wrong(&node{})
		}()
	}
}

//go:noinline
func makeWeak() (live *node, first, second weak.Pointer[node], inner weak.Pointer[string]) {
	live = &node{name: "live"}
	return live, weak.Make(live), weak.Make(&node{name: "dead"}), weak.Make(&live.name)
}

//go:noinline
func whileAlive() (weak.Pointer[node], weak.Pointer[string]) {
	live, first, second, inner := makeWeak()
	fmt.Println(first == weak.Make(live), *inner.Value())
	fmt.Println(collected(func() bool { return second.Value() == nil }), first.Value() == live, *inner.Value())
	runtime.KeepAlive(live)
	return first, inner
}

func weakPointers() {
	first, inner := whileAlive()
	fmt.Println(collected(func() bool { return first.Value() == nil && inner.Value() == nil }))
	var zero weak.Pointer[node]
	fmt.Println(zero.Value(), zero == weak.Make[node](nil))
}

func pools() {
	made := 0
	pool := sync.Pool{New: func() any { made++; return new([64]int) }}
	pool.Put(new([64]int))
	runtime.GC()
	fmt.Println(collected(func() bool { pool.Get(); return made > 0 }))
}

func uniques() {
	a, b := unique.Make("text"), unique.Make("te"+string([]byte("xt")))
	runtime.GC()
	fmt.Println(a == b, a.Value(), a == unique.Make("other"))
}

var sink [][]byte

//go:noinline
func allocate() {
	for range 100 {
		sink = append(sink, make([]byte, 100_000))
	}
}

func figures() {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	allocate()
	runtime.ReadMemStats(&after)
	grown := after.HeapAlloc - before.HeapAlloc
	fmt.Println(grown >= 10_000_000 && grown < 15_000_000, after.Mallocs-before.Mallocs >= 100, after.TotalAlloc > before.TotalAlloc)
	sink = nil
	runtime.GC()
	runtime.ReadMemStats(&after)
	fmt.Println(after.HeapAlloc < before.HeapAlloc+1_000_000, after.NumGC > before.NumGC, after.NumForcedGC > before.NumForcedGC)
	fmt.Println(after.HeapAlloc <= after.HeapSys, after.HeapSys <= after.Sys, after.NextGC > 0, after.PauseTotalNs > 0, after.EnableGC)
	fmt.Println(time.Since(time.Unix(0, int64(after.LastGC))) < time.Minute)
	fmt.Println(debug.SetGCPercent(50), debug.SetGCPercent(-1), debug.SetGCPercent(100))
	fmt.Println(debug.SetMemoryLimit(1<<28) > 1<<40, debug.SetMemoryLimit(-1))
	var stats debug.GCStats
	debug.ReadGCStats(&stats)
	fmt.Println(stats.NumGC > 0, len(stats.Pause) > 0, len(stats.Pause) == len(stats.PauseEnd))
}

func main() {
	finalizers()
	cleanups()
	weakPointers()
	pools()
	uniques()
	figures()
}
