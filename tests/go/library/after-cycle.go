// After a collection the runtime has something to do in a goroutine of its own: it is none of the program's.
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
