// 3.3 Channels: Closing wakes everybody
// A closed channel is always ready, so closing one releases any number of
// goroutines at once. Closing twice, or sending on a closed channel, panics.
package main

import (
	"fmt"
	"sync"
)

func try(what string, f func()) {
	defer func() { fmt.Printf("%s: %v\n", what, recover()) }()
	f()
}

func main() {
	begin := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	started := 0
	for range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-begin
			mu.Lock()
			started++
			mu.Unlock()
		}()
	}
	fmt.Println("ready, steady")
	close(begin)
	wg.Wait()
	fmt.Println(started, "runners off")

	var nothing chan int
	try("close again", func() { close(begin) })
	try("send", func() { begin <- struct{}{} })
	try("close nil", func() { close(nothing) })
}
