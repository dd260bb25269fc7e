// What a go statement captures: few words lie in the goroutine, more in an object; either is there when the goroutine
// begins, however long that takes.
package main

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
	"sync"
)

type point struct{ x, y int32 }

func (p *point) add(n int32, wg *sync.WaitGroup) { p.x += n; wg.Done() }
func (p point) tell(out chan<- string)           { out <- fmt.Sprint(p.x, p.y) }

type teller interface{ tell(chan<- string) }

func send[T any](out chan<- string, value T) { out <- fmt.Sprintf("%T %v", value, value) }

func several(a int8, b bool, c float32, d uint16, out chan<- string) { out <- fmt.Sprint(a, b, c, d) }

func words() {
	out := make(chan string)
	s, list, f, z := "text", []int{1, 2, 3}, 2.5, complex(1, -2)
	var none struct{}
	p := &point{1, 2}
	var any any = *p
	var t teller = p
	go func() { out <- s }()
	go func() { out <- fmt.Sprint(list, len(list), cap(list)) }()
	go func() { out <- fmt.Sprint(f, none) }()
	go func() { out <- fmt.Sprint(z, s, list) }()
	go func() { out <- fmt.Sprint(any) }()
	go send(out, int8(-3))
	go send(out, 'x')
	go send(out, s+"!")
	go send(out, [3]int16{7, 8, 9})
	go send(out, point{3, 4})
	go several(-1, true, 0.5, 65535, out)
	go p.tell(out)
	go t.tell(out)
	go point.tell(point{5, 6}, out)
	var lines []string
	for range 13 {
		lines = append(lines, <-out)
	}
	lines = append(lines, <-out)
	sort.Strings(lines)
	fmt.Println(strings.Join(lines, "\n"))

	var wg sync.WaitGroup
	wg.Add(100)
	for i := range 100 {
		go p.add(int32(i), &wg)
	}
	wg.Wait()
	done := make(chan int)
	go close(done)
	<-done
	m := map[string]int{"a": 1}
	go delete(m, "a")
	runtime.Gosched()
}

// Goroutines that do not begin before the collector has run twice, and ones that wait with what they have read.
func collected() {
	before := runtime.GOMAXPROCS(1)
	results := make(chan int)
	for i := range 50 {
		p := new([100]int)
		p[i] = i
		go func() {
			runtime.Gosched()
			results <- p[i]
		}()
	}
	runtime.GC()
	runtime.GC()
	sum := 0
	for range 50 {
		sum += <-results
	}
	runtime.GOMAXPROCS(before)
	fmt.Println("sum", sum)
}

func main() {
	words()
	collected()
}
