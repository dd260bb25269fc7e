// What is put into a pool is given up when the second collection after it begins.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

func main() {
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(-1)
	var p sync.Pool
	for range 100 {
		p.Put("c")
	}
	runtime.GC()
	fmt.Println(p.Get())
	p.Put("d")
	runtime.GC()
	fmt.Println(p.Get())
	runtime.GC()
	fmt.Println(p.Get())
}
