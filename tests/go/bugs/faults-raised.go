// Faults that the runtime finds are raised while goroutines are told to make room: nothing is lost on the way.
package main

import (
	"fmt"
	"sync"
)

type shape interface{ area() float64 }
type pair struct{ a, b any }

func caught(f func()) (text string) {
	defer func() { text = recover().(error).Error() }()
	f()
	return "nothing"
}

func main() {
	faults := []func(){
		func() { _ = any(pair{1, 2}).(shape) },
		func() { _ = any(pair{1, func() {}}) == any(pair{1, func() {}}) },
		func() { _ = map[any]int{[1]func(){}: 1} },
		func() { c := make(chan int); close(c); c <- 1 },
		func() { panic(nil) },
	}
	var wg sync.WaitGroup
	counts := make([]map[string]int, 4)
	for g := range counts {
		counts[g] = map[string]int{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 20_000; i++ {
				counts[g][caught(faults[(g+i)%len(faults)])]++
			}
		}()
	}
	wg.Wait()
	for _, count := range counts {
		fmt.Println(len(count), count)
	}
}
