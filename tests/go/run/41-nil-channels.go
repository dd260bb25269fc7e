// 3.4 The select statement: Switching cases off
// A nil channel is never ready. Setting a channel variable to nil takes its
// case out of the select, so a merge can go on until both inputs have ended.
package main

import "fmt"

func count(from, to int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := from; i <= to; i++ {
			c <- i
		}
	}()
	return c
}

func main() {
	a, b := count(1, 10), count(100, 103)
	sumA, sumB, ends := 0, 0, 0
	for a != nil || b != nil {
		select {
		case n, ok := <-a:
			if !ok {
				a = nil
				ends++
				continue
			}
			sumA += n
		case n, ok := <-b:
			if !ok {
				b = nil
				ends++
				continue
			}
			sumB += n
		}
	}
	fmt.Println(sumA, sumB, "ends seen:", ends)
}
