// What a function does not use any more may go, though its frame is still there.
package main

// stack: deep

import (
	"fmt"
	"runtime"
	"sync"
	"unique"
	"weak"
)

type node struct {
	next *node
	data [32]int
}

func sum(n *node) (s int) {
	for _, x := range n.data {
		s += x
	}
	return s
}

// In main's own frame, used before a collection and not after.
func straight() {
	n := &node{}
	n.data[3] = 4
	w := weak.Make(n)
	fmt.Println(sum(n), w.Value() == n)
	runtime.KeepAlive(n)
	runtime.GC()
	fmt.Println("dead after its last use:", w.Value() == nil)
}

// The same word of the frame is needed at another place where the goroutine may leave.
func neededElsewhere(loops int) {
	var ws []weak.Pointer[node]
	for i := range loops {
		n := &node{}
		ws = append(ws, weak.Make(n))
		runtime.Gosched()
		n.data[i%32] = i
		runtime.Gosched()
		if sum(n) != i {
			panic("lost")
		}
		n = nil
		runtime.GC()
	}
	dead := 0
	for _, w := range ws {
		if w.Value() == nil {
			dead++
		}
	}
	fmt.Println("dead in a loop:", dead == loops)
}

// A goroutine that waits holds what it will use, and nothing else.
func waiting() {
	held, dropped := &node{}, &node{}
	wHeld, wDropped := weak.Make(held), weak.Make(dropped)
	held.data[0], dropped.data[0] = 7, 8
	ch, ready := make(chan int), make(chan bool)
	var wg sync.WaitGroup
	wg.Add(1)
	go func(a, b *node) {
		defer wg.Done()
		ready <- sum(b) == 8
		x := <-ch
		fmt.Println("held:", a.data[0]+x)
	}(held, dropped)
	held, dropped = nil, nil
	fmt.Println(<-ready)
	runtime.Gosched()
	runtime.GC()
	fmt.Println(wHeld.Value() != nil, wDropped.Value() == nil)
	ch <- 1
	wg.Wait()
	runtime.GC()
	fmt.Println("after it has ended:", wHeld.Value() == nil, wDropped.Value() == nil)
}

// A list as long as memory is, if only what is needed is kept.
func stream() {
	head := &node{}
	for i := range 200_000 {
		head.next = &node{}
		head.next.data[0] = i
		head = head.next
		if i%50_000 == 0 {
			runtime.GC()
		}
	}
	fmt.Println("last:", head.data[0])
}

func deep(n int, p *node) int {
	if n == 0 {
		runtime.GC()
		return 0
	}
	q := &node{}
	q.data[0] = n
	return deep(n-1, q) + p.data[0] + q.data[0] - n
}

func main() {
	straight()
	neededElsewhere(20)
	waiting()
	stream()
	fmt.Println("deep:", deep(1000, &node{}))
	handle := unique.Make("a string made " + fmt.Sprint(len("here")))
	fmt.Println(handle.Value())
}
