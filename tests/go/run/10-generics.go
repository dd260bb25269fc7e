// 3.5 The GOMAXPROCS lever: A generic parallel map
// Fork-join as a library: a generic parallel map and reduce.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

type number interface {
	~int | ~int64 | ~float64
}

func parallelMap[T, U any](in []T, f func(T) U) []U {
	out := make([]U, len(in))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := 0; w < workers; w++ {
		wg.Add(1)
		go func(w int) {
			defer wg.Done()
			for i := w; i < len(in); i += workers {
				out[i] = f(in[i])
			}
		}(w)
	}
	wg.Wait()
	return out
}

func reduce[T number](in []T) (sum T) {
	if len(in) < 64 {
		for _, v := range in {
			sum += v
		}
		return sum
	}
	half := make(chan T)
	go func() { half <- reduce(in[:len(in)/2]) }()
	right := reduce(in[len(in)/2:])
	return <-half + right
}

type celsius float64

func main() {
	in := make([]int, 10000)
	for i := range in {
		in[i] = i
	}
	fmt.Println(reduce(parallelMap(in, func(i int) int { return i * i })))
	fmt.Printf("%.1f\n", reduce([]celsius{20.5, 21.5, 1}))
	fmt.Println(strings.Join(parallelMap([]string{"fork", "join"}, strings.ToUpper), " "))
}
