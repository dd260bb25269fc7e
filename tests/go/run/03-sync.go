// 3.2 The sync package: All of it in one program
// Mutex, RWMutex, Cond, Once, Pool.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type account struct {
	sync.RWMutex
	balance int
}

func (a *account) deposit(n int) { a.Lock(); defer a.Unlock(); a.balance += n }
func (a *account) read() int     { a.RLock(); defer a.RUnlock(); return a.balance }

func main() {
	// Mutex and RWMutex: 8 writers, 8 readers.
	var acct account
	var reads int64
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for k := 0; k < 1000; k++ {
				acct.deposit(1)
			}
		}()
		go func() {
			defer wg.Done()
			for k := 0; k < 1000; k++ {
				if acct.read() >= 0 {
					atomic.AddInt64(&reads, 1)
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("balance", acct.read(), "reads", reads)

	// Cond: a queue that never holds more than two.
	c := sync.NewCond(&sync.Mutex{})
	queue, longest, removed := []int{}, 0, 0
	for i := 0; i < 10; i++ {
		c.L.Lock()
		for len(queue) == 2 {
			c.Wait()
		}
		queue = append(queue, i)
		if len(queue) > longest {
			longest = len(queue)
		}
		c.L.Unlock()
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.L.Lock()
			queue = queue[1:]
			removed++
			c.L.Unlock()
			c.Signal()
		}()
	}
	wg.Wait()
	fmt.Println("removed", removed, "longest", longest, "left", len(queue))

	// Broadcast wakes all.
	var ready, woke sync.WaitGroup
	gate := sync.NewCond(&sync.Mutex{})
	open := false
	for i := 0; i < 5; i++ {
		ready.Add(1)
		woke.Add(1)
		go func() {
			defer woke.Done()
			gate.L.Lock()
			defer gate.L.Unlock()
			ready.Done()
			for !open {
				gate.Wait()
			}
		}()
	}
	ready.Wait()
	gate.L.Lock()
	open = true
	gate.L.Unlock()
	gate.Broadcast()
	woke.Wait()
	fmt.Println("all five passed the gate")

	// Once.
	var once sync.Once
	count := 0
	for i := 0; i < 100; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); once.Do(func() { count++ }) }()
	}
	wg.Wait()
	fmt.Println("once:", count)

	// Pool.
	made := int64(0)
	pool := sync.Pool{New: func() interface{} { atomic.AddInt64(&made, 1); return new([1024]byte) }}
	for i := 0; i < 1000; i++ {
		b := pool.Get().(*[1024]byte)
		b[0] = byte(i)
		pool.Put(b)
	}
	fmt.Println("pool made fewer than it lent:", atomic.LoadInt64(&made) < 1000)
}
