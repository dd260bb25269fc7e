// Goroutines that park now deep down, now near the top, with little and with much to keep: what a call holds is there when
// it goes on.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

type record struct {
	name   string
	counts [6]int
	half   float32
	flag   bool
}

func deep(depth, seed int, turn chan int) int {
	a, b, c := seed, seed*3, seed*7
	r := record{name: fmt.Sprint("r", seed), half: float32(seed) / 2, flag: seed%2 == 0}
	for i := range r.counts {
		r.counts[i] = seed + i
	}
	if depth%3 == 0 {
		runtime.Gosched()
	}
	below := 0
	if depth > 0 {
		below = deep(depth-1, seed+1, turn)
	} else {
		turn <- seed
		<-turn
	}
	if depth%4 == 1 {
		runtime.Gosched()
	}
	sum := 0
	for i, n := range r.counts {
		if n != seed+i {
			panic("a count was lost")
		}
		sum += n
	}
	if r.name != fmt.Sprint("r", seed) || r.half != float32(seed)/2 || r.flag != (seed%2 == 0) || b != 3*a || c != 7*a {
		panic("a value was lost")
	}
	return below + sum + a + b + c
}

// Panics through frames that parked, and parks while it does.
func recovered(depth, seed int, turn chan int) (sum int) {
	defer func() {
		runtime.Gosched()
		sum += recover().(int)
	}()
	sum = deep(depth, seed, turn)
	panic(depth)
}

func main() {
	var wg sync.WaitGroup
	turn := make(chan int)
	go func() {
		for seed := range turn {
			runtime.Gosched()
			turn <- seed
		}
	}()
	sums := make([]int, 8)
	var one sync.Mutex // values go to and fro on one channel: one at a time
	for g := range sums {
		wg.Go(func() {
			random := uint32(g + 1)
			for range 200 {
				random = random*1103515245 + 12345
				depth := int(random >> 16 % 48)
				if random>>20%5 == 0 {
					depth = int(random >> 16 % 3)
				}
				one.Lock()
				sums[g] += recovered(depth%48, g+depth%5, turn)
				one.Unlock()
				runtime.Gosched()
			}
		})
	}
	wg.Wait()
	fmt.Println(sums)
}
