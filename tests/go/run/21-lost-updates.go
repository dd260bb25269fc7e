// 3.2.2 Mutex and RWMutex: The race is real
// count++ reads, adds and writes. Two goroutines at once lose updates; a Mutex
// keeps them apart. How many are lost depends on the moment, so this prints
// only what is always true: never too many, and with the lock never too few.
package main

import (
	"fmt"
	"sync"
)

const (
	goroutines = 8
	turns      = 10000
)

func run(lock sync.Locker) int {
	count := 0
	var wg sync.WaitGroup
	for g := 0; g < goroutines; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < turns; i++ {
				lock.Lock()
				count++
				lock.Unlock()
			}
		}()
	}
	wg.Wait()
	return count
}

type noLock struct{}

func (noLock) Lock()   {}
func (noLock) Unlock() {}

func main() {
	fmt.Println("without a lock, too many:", run(noLock{}) > goroutines*turns)
	fmt.Println("with a lock, exactly:    ", run(&sync.Mutex{}))
}
