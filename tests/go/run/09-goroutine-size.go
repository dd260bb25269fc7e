// 3.1 Goroutines: What a goroutine costs
// varies: -?[0-9.]+ kB each, \d+ goroutines|\d+ ns
// How much does a parked goroutine cost? How long does a switch take?
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func main() {
	memory := func() uint64 {
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return s.Sys
	}
	var never <-chan struct{}
	var wg sync.WaitGroup
	const n = 100000
	wg.Add(n)
	before := memory()
	for i := 0; i < n; i++ {
		go func() { wg.Done(); <-never }()
	}
	wg.Wait()
	after := memory()
	fmt.Printf("%.3f kB each, %d goroutines\n", float64(after-before)/n/1000, runtime.NumGoroutine())

	begin, c := make(chan struct{}), make(chan struct{})
	const hops = 1000000
	wg.Add(2)
	go func() {
		defer wg.Done()
		<-begin
		for i := 0; i < hops; i++ {
			c <- struct{}{}
		}
	}()
	go func() {
		defer wg.Done()
		<-begin
		for i := 0; i < hops; i++ {
			<-c
		}
	}()
	start := time.Now()
	close(begin)
	wg.Wait()
	fmt.Printf("%d ns a switch\n", time.Since(start).Nanoseconds()/hops)
}
