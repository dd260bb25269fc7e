// What a program costs in which everybody waits: for a channel, a lock, a condition, a time that is far away. In between
// the two lines it sleeps for two seconds.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	mu.Lock()
	cond := sync.NewCond(&sync.Mutex{})
	never := make(chan int)
	for range 1000 {
		go func() { <-never }()
		go mu.Lock()
		go func() {
			cond.L.Lock()
			cond.Wait()
		}()
		go time.Sleep(time.Hour)
	}
	time.Sleep(500 * time.Millisecond) // whatever the beginning has left to do
	fmt.Println("asleep")
	time.Sleep(2 * time.Second)
	fmt.Println("awake")
	mu.Unlock()
}
