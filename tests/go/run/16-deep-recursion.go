// 3.1 Goroutines: A stack that grows
// A goroutine's stack begins small and grows as it must: half a million calls
// deep is no trouble.
package main

import "fmt"

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

func main() {
	var l *list
	for i := 1; i <= 500000; i++ {
		l = &list{i, l}
	}
	result := make(chan int)
	go func() { result <- l.sum() }()
	fmt.Println(<-result)
}

// stack: deep
