// What the runtime does about a collection is none of the program's goroutines.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	pool := sync.Pool{New: func() any { return new(int) }}
	most := 0
	for range 50 {
		pool.Put(pool.Get())
		runtime.GC()
		most = max(most, runtime.NumGoroutine())
	}
	fmt.Println(most)
}
