// A timer that nobody can see fire is collected although it is pending; one whose channel is in use fires, and so does
// AfterFunc's.
package main

import (
	"fmt"
	"runtime"
	"time"
	"weak"
)

//go:noinline
func many(n int) (timers []weak.Pointer[time.Timer], tickers []weak.Pointer[time.Ticker]) {
	for range n {
		timers = append(timers, weak.Make(time.NewTimer(time.Hour)))
		tickers = append(tickers, weak.Make(time.NewTicker(time.Hour)))
	}
	return timers, tickers
}

//go:noinline
func waitAll(channels []<-chan time.Time) (n int) {
	for _, c := range channels {
		if t := <-c; !t.IsZero() {
			n++
		}
	}
	return n
}

func main() {
	const n = 5000
	timers, tickers := many(n)
	var channels []<-chan time.Time // and nothing else knows their timers
	fired := make(chan bool, n)
	for i := range n {
		channels = append(channels, time.After(200*time.Millisecond+time.Duration(i*7%n)*time.Microsecond))
		time.AfterFunc(time.Duration(i)*time.Microsecond, func() { fired <- true })
	}
	ticks := time.NewTicker(time.Millisecond).C
	done := make(chan int)
	go func() { done <- waitAll(channels) }()
	for range 3 {
		runtime.GC()
	}
	left := 0
	for i := range n {
		if timers[i].Value() != nil {
			left++
		}
		if tickers[i].Value() != nil {
			left++
		}
	}
	fmt.Println("most are gone:", left < n/10)
	channels = nil
	runtime.GC()
	fmt.Println("of channels in use fired:", <-done)
	for range n {
		<-fired
	}
	fmt.Println("AfterFunc fired")
	for range 20 {
		<-ticks
		runtime.GC()
	}
	fmt.Println("the ticker ticks")
}
