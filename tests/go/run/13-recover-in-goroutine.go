// 3.1 Goroutines: A panic stays in its goroutine
// Only the goroutine that panics can recover. A worker that guards itself
// reports the failure and the others go on.
package main

import (
	"fmt"
	"sync"
)

type outcome struct {
	input  int
	result int
	err    error
}

// guarded turns a panic of f into an error.
func guarded(f func(int) int, n int) (o outcome) {
	o.input = n
	defer func() {
		if r := recover(); r != nil {
			o.err = fmt.Errorf("recovered: %v", r)
		}
	}()
	o.result = f(n)
	return o
}

func main() {
	inverse := func(n int) int { return 1000 / n }
	inputs := []int{10, 0, 8, 3}
	outcomes := make([]outcome, len(inputs))
	var wg sync.WaitGroup
	for i, n := range inputs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			outcomes[i] = guarded(inverse, n)
		}()
	}
	wg.Wait()
	for _, o := range outcomes {
		if o.err != nil {
			fmt.Printf("%3d: %v\n", o.input, o.err)
		} else {
			fmt.Printf("%3d: %d\n", o.input, o.result)
		}
	}
}
