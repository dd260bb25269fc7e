// time: timers, tickers, Sleep and AfterFunc do what they promise; only facts that do not depend on the machine's speed.
package main

import (
	"fmt"
	"slices"
	"sync/atomic"
	"time"
)

func main() {
	start := time.Now()
	time.Sleep(20 * time.Millisecond)
	time.Sleep(-5)
	fmt.Println("slept", time.Since(start) >= 20*time.Millisecond)

	t := time.NewTimer(10 * time.Millisecond)
	at := <-t.C
	fmt.Println("fired", at.After(start), t.Stop(), t.Reset(time.Hour), t.Stop(), t.Stop())

	// What was sent before Stop is not received after it.
	t = time.NewTimer(time.Millisecond)
	time.Sleep(20 * time.Millisecond)
	fmt.Println("stopped late:", t.Stop())
	select {
	case <-t.C:
		fmt.Println("received a stale time")
	case <-time.After(10 * time.Millisecond):
		fmt.Println("nothing stale")
	}
	t.Reset(time.Millisecond)
	<-t.C

	done := make(chan string)
	f := time.AfterFunc(5*time.Millisecond, func() { done <- "called" })
	fmt.Println(<-done, f.Stop(), f.C == nil)
	f.Reset(time.Millisecond)
	fmt.Println(<-done)
	f = time.AfterFunc(time.Hour, func() { panic("never") })
	fmt.Println(f.Stop(), f.Stop())

	ticker := time.NewTicker(3 * time.Millisecond)
	last := time.Now()
	for i := 0; i < 5; i++ {
		now := <-ticker.C
		if now.Before(last) {
			fmt.Println("ticks go backwards")
		}
		last = now
	}
	ticker.Reset(time.Millisecond)
	<-ticker.C
	ticker.Stop()
	select {
	case <-ticker.C:
		fmt.Println("tick after Stop")
	case <-time.After(20 * time.Millisecond):
		fmt.Println("silent")
	}
	c := time.Tick(time.Millisecond)
	<-c
	<-c
	fmt.Println(time.Tick(0) == nil)

	var order []int
	ch := make(chan int)
	for _, d := range []int{30, 10, 20} {
		go func() { time.Sleep(time.Duration(d) * time.Millisecond); ch <- d }()
	}
	for range 3 {
		order = append(order, <-ch)
	}
	slices.Sort(order) // a busy machine may start them late
	fmt.Println(order)
	var n atomic.Int32
	for range 100 {
		time.AfterFunc(time.Duration(n.Load()%5)*time.Millisecond, func() { n.Add(1) })
	}
	for n.Load() < 100 {
		time.Sleep(time.Millisecond)
	}
	fmt.Println(n.Load())
	for _, bad := range []func(){func() { time.NewTicker(0) }, func() { new(time.Timer).Stop() }, func() { new(time.Timer).Reset(1) }, func() { time.NewTicker(1).Reset(-1) }, func() { new(time.Ticker).Stop() }, func() { new(time.Ticker).Reset(1) },
		func() { time.Date(1, 1, 1, 1, 1, 1, 1, nil) }, func() { time.Now().In(nil) }} {
		func() {
			defer func() { fmt.Println(recover()) }()
			bad()
		}()
	}
}
