// 3.3 Channels: Merge sort in parallel
// Each half is sorted by a goroutine that sends its numbers in order; merging
// is receiving from both.
package main

import "fmt"

func sorted(numbers []int) <-chan int {
	out := make(chan int, 16)
	go func() {
		defer close(out)
		if len(numbers) < 2 {
			for _, n := range numbers {
				out <- n
			}
			return
		}
		left, right := sorted(numbers[:len(numbers)/2]), sorted(numbers[len(numbers)/2:])
		l, moreL := <-left
		r, moreR := <-right
		for moreL || moreR {
			if moreL && (!moreR || l <= r) {
				out <- l
				l, moreL = <-left
			} else {
				out <- r
				r, moreR = <-right
			}
		}
	}()
	return out
}

func main() {
	numbers := make([]int, 1000)
	seed := 7
	for i := range numbers {
		seed = seed * 1103515245 % 2147483648
		numbers[i] = seed % 10000
	}
	last, count, inOrder := -1, 0, true
	for n := range sorted(numbers) {
		inOrder = inOrder && n >= last
		last = n
		count++
	}
	fmt.Println(count, "numbers, in order:", inOrder, "largest:", last)
}
