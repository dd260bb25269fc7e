// Recursion of every kind, a million deep.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

const depth = 1000000

type list struct {
	value int
	next  *list
}

func (l *list) sum() int {
	if l == nil {
		return 0
	}
	return l.value + l.next.sum()
}

type walker interface{ walk(n int) int }
type odd struct{ other walker }
type even struct{ other walker }

func (o *odd) walk(n int) int {
	if n == 0 {
		return 1
	}
	return o.other.walk(n-1) + 1
}
func (e even) walk(n int) int {
	if n == 0 {
		return 2
	}
	return e.other.walk(n-1) + 2
}

func ping(n int) (int, string) {
	if n == 0 {
		return 0, "end"
	}
	a, s := pong(n - 1)
	return a + 1, s
}
func pong(n int) (int, string) {
	if n == 0 {
		return 0, "pong"
	}
	a, s := ping(n - 1)
	return a + 2, s
}

func generic[T int | float64](n int, v T) T {
	if n == 0 {
		return v
	}
	return generic(n-1, v) + v
}

func deferred(n int, count *int) {
	if n == 0 {
		return
	}
	defer func() { *count++ }()
	deferred(n-1, count)
}

func panicking(n int) {
	if n == 0 {
		panic("at the bottom")
	}
	panicking(n - 1)
}

func recovering(n int, count *int) (result int) {
	defer func() {
		if r := recover(); r != nil {
			*count++
			if *count < 5 {
				panic(r)
			}
			result = -1
		}
	}()
	if n == 0 {
		panic("deep")
	}
	return recovering(n-1, count) + 1
}

type method struct{ f func(int) int }

func (m *method) down(n int) int {
	if n == 0 {
		return 0
	}
	return m.f(n-1) + 1
}

// Values of every kind across the cut.
type big struct {
	a    [5]int
	name string
	x    float64
}

func mixed(n int, b big, f float32, s []int) (big, float32, []int, error) {
	if n == 0 {
		return b, f, s, fmt.Errorf("at %d", len(s))
	}
	b.a[n%5]++
	r, g, t, err := mixed(n-1, b, f+1, s)
	if n%1000 == 0 {
		t = append(t, n)
	}
	r.x += 0.5
	return r, g - 1, t, err
}

func waiting(n int, in, out chan int) int {
	if n == 0 {
		sum := 0
		for v := range in {
			sum += v
			out <- v + 1
			runtime.Gosched()
		}
		return sum
	}
	return waiting(n-1, in, out) + 1
}

type tree struct{ left, right *tree }

func (t *tree) depth() int {
	if t == nil {
		return 0
	}
	return max(t.left.depth(), t.right.depth()) + 1
}

func main() {
	var l *list
	for i := 1; i <= depth; i++ {
		l = &list{i, l}
	}
	fmt.Println("list", l.sum())

	o := &odd{}
	o.other = even{o}
	fmt.Println("interface", o.walk(depth))

	fmt.Println(ping(depth))
	fmt.Println("generic", generic(depth, 1), generic(depth, 0.5))

	count := 0
	deferred(depth, &count)
	fmt.Println("deferred", count)

	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		panicking(depth)
	}()

	count = 0
	fmt.Println("recovering", recovering(100000, &count), count)

	m := &method{}
	m.f = m.down
	fmt.Println("method value", m.down(depth))

	var closure func(int) int
	closure = func(n int) int {
		if n == 0 {
			return 0
		}
		return closure(n-1) + n%3
	}
	fmt.Println("closure", closure(depth))

	b, f, s, err := mixed(200000, big{name: "name"}, 0, nil)
	fmt.Println("mixed", b.a, b.name, b.x, f, len(s), s[0], err)

	var t *tree
	for i := 0; i < depth; i++ {
		if i%2 == 0 {
			t = &tree{left: t}
		} else {
			t = &tree{right: t}
		}
	}
	fmt.Println("tree", t.depth())

	var group sync.WaitGroup
	results := make([]int, 4)
	for i := range results {
		in, out := make(chan int), make(chan int)
		group.Add(2)
		go func() {
			defer group.Done()
			results[i] = waiting(depth/4, in, out)
		}()
		go func() {
			defer group.Done()
			for v := range 1000 {
				in <- v
				if <-out != v+1 {
					panic("wrong answer")
				}
			}
			close(in)
		}()
	}
	group.Wait()
	fmt.Println("waiting", results)

	runtime.GC()
	done := make(chan bool)
	go func() {
		defer close(done)
		defer fmt.Println("left by Goexit")
		var exit func(n int)
		exit = func(n int) {
			if n == 0 {
				runtime.Goexit()
			}
			exit(n - 1)
		}
		exit(depth)
	}()
	<-done
}

// stack: deep
