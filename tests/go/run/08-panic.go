// 3.1 Goroutines: A panic that nobody recovers
// A recovered panic, a deferred order, then one that nobody recovers, in a
// goroutine.
package main

import (
	"errors"
	"fmt"
	"sync"
)

var errOdd = errors.New("odd")

func half(n int) (h int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("half(%d): %w", n, r.(error))
		}
	}()
	if n%2 != 0 {
		panic(errOdd)
	}
	return n / 2, nil
}

func main() {
	for i := 3; i < 5; i++ {
		h, err := half(i)
		fmt.Println(h, err, errors.Is(err, errOdd))
	}
	for i := 0; i < 3; i++ {
		defer fmt.Println("never printed: another goroutine's panic ends the program", i)
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer fmt.Println("deferred, then the trace")
		var list []int
		fmt.Println(list[len(list)+5-1])
	}()
	wg.Wait()
	select {}
}
