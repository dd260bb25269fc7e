// 3.3 Channels: A goroutine that owns a map
// Nobody else touches the map: requests are sent to its owner, each with a
// channel for the answer. No lock is needed.
package main

import (
	"fmt"
	"sync"
)

type request struct {
	account string
	amount  int
	reply   chan int
}

func bank(requests <-chan request) {
	balances := map[string]int{}
	for r := range requests {
		balances[r.account] += r.amount
		r.reply <- balances[r.account]
	}
}

func main() {
	requests := make(chan request)
	go bank(requests)

	var wg sync.WaitGroup
	for g := range 10 {
		wg.Go(func() {
			reply := make(chan int)
			for range 100 {
				requests <- request{[]string{"ann", "bob"}[g%2], 1, reply}
				<-reply
			}
		})
	}
	wg.Wait()
	for _, name := range []string{"ann", "bob"} {
		reply := make(chan int)
		requests <- request{name, 0, reply}
		fmt.Println(name, <-reply)
	}
}
