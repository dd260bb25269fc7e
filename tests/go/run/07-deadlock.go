// 3.3 Channels: A deadlock
// All asleep: exit status 2 and Go's own words.
package main

import "fmt"

func main() {
	ch := make(chan int)
	fmt.Println("before")
	<-ch
	fmt.Println("never")
}
