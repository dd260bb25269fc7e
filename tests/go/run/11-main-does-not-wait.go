// 3.1 Goroutines: Main does not wait
// When main returns the program is over, whatever its goroutines are doing.
// Their deferred calls are not made.
package main

import (
	"fmt"
	"time"
)

func main() {
	started := make(chan bool)
	go func() {
		defer fmt.Println("this is never printed")
		started <- true
		time.Sleep(time.Hour)
	}()
	<-started
	fmt.Println("the goroutine is running; main returns all the same")
}
