// 3.2.2 Mutex and RWMutex: A cache for many readers
// Readers share an RWMutex, a writer has it alone. Look up under the read
// lock; to write, look again: another may have been faster.
package main

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

type cache struct {
	mu      sync.RWMutex
	entries map[string]string
	misses  atomic.Int64
}

func (c *cache) get(key string) string {
	c.mu.RLock()
	value, ok := c.entries[key]
	c.mu.RUnlock()
	if ok {
		return value
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if value, ok := c.entries[key]; ok {
		return value
	}
	c.misses.Add(1)
	value = strings.ToUpper(key) // pretend that this takes long
	c.entries[key] = value
	return value
}

func main() {
	c := &cache{entries: map[string]string{}}
	keys := strings.Fields("alpha beta gamma delta")
	var wg sync.WaitGroup
	var wrong atomic.Int64
	for g := 0; g < 16; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 500; i++ {
				key := keys[(i+g)%len(keys)]
				if c.get(key) != strings.ToUpper(key) {
					wrong.Add(1)
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("8000 reads,", c.misses.Load(), "misses,", wrong.Load(), "wrong")
}
