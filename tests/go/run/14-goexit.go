// 3.1 Goroutines: Leaving by Goexit
// runtime.Goexit ends the calling goroutine from however deep inside. Deferred
// calls are made; recover sees nothing.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func inner() {
	defer fmt.Println("2: deferred by inner")
	fmt.Println("1: inner has had enough")
	runtime.Goexit()
	fmt.Println("never")
}

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer func() { fmt.Println("3: recover gives", recover()) }()
		inner()
		fmt.Println("never")
	}()
	wg.Wait()
	fmt.Println("4: main goes on")
}
