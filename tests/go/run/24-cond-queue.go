// 3.2.3 Cond: A queue with room for two
// Wait gives up the lock while it waits and has it again when it returns.
// Whoever wakes must look whether the condition holds: hence the loops.
package main

import (
	"fmt"
	"sync"
)

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	items   []int
	longest int
}

func newQueue() *queue {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 2 {
		q.changed.Wait()
	}
	q.items = append(q.items, n)
	q.longest = max(q.longest, len(q.items))
	q.changed.Broadcast()
}

func (q *queue) take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.changed.Wait()
	}
	n := q.items[0]
	q.items = q.items[1:]
	q.changed.Broadcast()
	return n
}

func main() {
	q := newQueue()
	go func() {
		for i := 1; i <= 1000; i++ {
			q.put(i)
		}
	}()
	sum, inOrder, last := 0, true, 0
	for range 1000 {
		n := q.take()
		inOrder = inOrder && n == last+1
		last = n
		sum += n
	}
	fmt.Println("sum", sum, "in order", inOrder, "never more than two", q.longest <= 2)
}
