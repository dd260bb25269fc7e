// A program of about a hundred lines that uses a bit of everything: how long from Run to its first output?
package main

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
)

type shape interface {
	area() int
	name() string
}

type square struct{ side int }
type oblong struct{ width, height int }

func (s square) area() int    { return s.side * s.side }
func (s square) name() string { return "square" }
func (o *oblong) area() int   { return o.width * o.height }
func (o *oblong) name() string {
	return "oblong"
}

var errEmpty = errors.New("nothing to measure")

func largest(shapes []shape) (shape, error) {
	if len(shapes) == 0 {
		return nil, errEmpty
	}
	found := shapes[0]
	for _, s := range shapes[1:] {
		if s.area() > found.area() {
			found = s
		}
	}
	return found, nil
}

func words(text string) map[string]int {
	counts := map[string]int{}
	for _, word := range strings.Fields(text) {
		counts[strings.ToUpper(word)]++
	}
	return counts
}

func sorted(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func squares(numbers <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range numbers {
			out <- n * n
		}
	}()
	return out
}

func sum(n int) (total int) {
	numbers := make(chan int)
	go func() {
		for i := 1; i <= n; i++ {
			numbers <- i
		}
		close(numbers)
	}()
	for s := range squares(numbers) {
		total += s
	}
	return total
}

func main() {
	fmt.Println("begun")
	var wg sync.WaitGroup
	var mu sync.Mutex
	results := map[int]int{}
	for i := 1; i <= 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			results[i] = sum(i * 10)
		}()
	}
	wg.Wait()
	for i := 1; i <= len(results); i++ {
		fmt.Printf("%d: %d\n", i, results[i])
	}
	found, err := largest([]shape{square{3}, &oblong{2, 5}})
	fmt.Println(found.name(), found.area(), err)
	if _, err := largest(nil); !errors.Is(err, errEmpty) {
		os.Exit(1)
	}
	counts := words("the water turns the wheel and the wheel turns the stone")
	for _, key := range sorted(counts) {
		fmt.Println(key, counts[key])
	}
}
