// 3.2.5 Pool: Borrow and give back
// A pool hands out what was given back, and makes something new only if it has
// nothing. What you get may hold anything: reset it.
package main

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var made atomic.Int64
	buffers := sync.Pool{New: func() any {
		made.Add(1)
		return new(bytes.Buffer)
	}}
	render := func(n int) string {
		b := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(b)
		b.Reset()
		for i := range n {
			fmt.Fprintf(b, "%d,", i)
		}
		return b.String()
	}

	var wg sync.WaitGroup
	var letters atomic.Int64
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 250 {
				letters.Add(int64(len(render(i % 10))))
			}
		}()
	}
	wg.Wait()
	fmt.Println("2000 renderings,", letters.Load(), "letters")
	fmt.Println("far fewer buffers than that:", made.Load() < 500)
}
