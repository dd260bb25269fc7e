// A goroutine that ends by Goexit and panics on the way shows where it was when it did either.
package main

import "runtime"

func leave(n int) {
	if n == 0 {
		runtime.Goexit()
	}
	leave(n - 1)
}

func leaving() {
	defer func() {
		defer func() {
			panic("in a deferred call")
		}()
		leave(2)
	}()
	panic("first")
}

func main() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() {
			defer leave(1)
			panic("never seen")
		}()
		leave(3)
	}()
	<-done
	leaving()
}
