// 3.4 The select statement: Tee and bridge
// A tee gives every value to two receivers: each send is tried until both have
// it. A bridge makes one channel of a channel of channels.
package main

import "fmt"

func tee(in <-chan int) (<-chan int, <-chan int) {
	out1, out2 := make(chan int), make(chan int)
	go func() {
		defer close(out1)
		defer close(out2)
		for v := range in {
			a, b := out1, out2 // copies, to be switched off one by one
			for range 2 {
				select {
				case a <- v:
					a = nil
				case b <- v:
					b = nil
				}
			}
		}
	}()
	return out1, out2
}

func bridge(in <-chan (<-chan int)) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for inner := range in {
			for v := range inner {
				out <- v
			}
		}
	}()
	return out
}

func main() {
	streams := make(chan (<-chan int))
	go func() {
		defer close(streams)
		for i := range 4 {
			stream := make(chan int, 3)
			for k := range 3 {
				stream <- i*10 + k
			}
			close(stream)
			streams <- stream
		}
	}()
	left, right := tee(bridge(streams))
	sum := make(chan int)
	go func() {
		total := 0
		for v := range right {
			total += v
		}
		sum <- total
	}()
	for v := range left {
		fmt.Print(v, " ")
	}
	fmt.Println("sum", <-sum)
}
