// 3.4 The select statement: Whichever comes first
// The or-channel of any number of channels is closed as soon as one of them is.
package main

import (
	"fmt"
	"time"
)

func or(channels ...<-chan struct{}) <-chan struct{} {
	switch len(channels) {
	case 0:
		return nil
	case 1:
		return channels[0]
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if len(channels) == 2 {
			select {
			case <-channels[0]:
			case <-channels[1]:
			}
			return
		}
		select {
		case <-channels[0]:
		case <-channels[1]:
		case <-channels[2]:
		case <-or(append(channels[3:], done)...):
		}
	}()
	return done
}

func after(d time.Duration) <-chan struct{} {
	c := make(chan struct{})
	time.AfterFunc(d, func() { close(c) })
	return c
}

func main() {
	start := time.Now()
	<-or(after(time.Hour), after(5*time.Minute), after(20*time.Millisecond), after(time.Hour), after(time.Minute))
	passed := time.Since(start)
	fmt.Println("no earlier than the first:", passed >= 20*time.Millisecond)
	fmt.Println("nor as late as the second:", passed < time.Minute)
}
