// 3.3 Channels: A rendezvous
// An unbuffered channel makes sender and receiver meet: neither goes on before
// the other is there. So this game of table tennis is always played in the
// same order.
package main

import "fmt"

func player(name string, in <-chan int, out chan<- int, done chan<- bool) {
	for ball := range in {
		fmt.Println(name, ball)
		if ball == 6 {
			close(out)
			done <- true
			return
		}
		out <- ball + 1
	}
	done <- true
}

func main() {
	ping, pong, done := make(chan int), make(chan int), make(chan bool)
	go player("ping", ping, pong, done)
	go player("    pong", pong, ping, done)
	ping <- 1
	<-done
	<-done
}
