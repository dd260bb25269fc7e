// 3.1 Goroutines: Ten thousand of them
// A chain of goroutines, each waiting for its neighbour: whisper a number in
// at one end, and it comes out at the other, having grown by one at every
// step.
package main

import "fmt"

func whisper(left chan<- int, right <-chan int) { left <- 1 + <-right }

func main() {
	const n = 10000
	leftmost := make(chan int)
	left := leftmost
	for i := 0; i < n; i++ {
		right := make(chan int)
		go whisper(left, right)
		left = right
	}
	go func() { left <- 1 }()
	fmt.Println(<-leftmost)
}
