// 3.4 The select statement: Ticks until enough
// A ticker sends the time again and again. Stop it when you are done; its
// channel is not closed.
package main

import (
	"fmt"
	"time"
)

func main() {
	last, forward := time.Now(), true
	ticker := time.NewTicker(3 * time.Millisecond)
	defer ticker.Stop()
	enough := make(chan bool)
	for ticks := 1; ; ticks++ {
		select {
		case now := <-ticker.C:
			forward = forward && !now.Before(last)
			last = now
			if ticks == 5 {
				go func() { enough <- true }()
				ticker.Stop()
			}
		case <-enough:
			fmt.Println("five ticks, time goes forward:", forward)
			return
		}
	}
}
