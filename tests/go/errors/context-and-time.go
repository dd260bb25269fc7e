package main

import (
	"context"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 5) // ERROR `declared and not used: cancel`
	ctx, cancel := context.WithCancel() // ERROR `no new variables on left side of :=` `not enough arguments in call to context\.WithCancel`
	time.Sleep("1s") // ERROR `cannot use "1s" \(untyped string constant\) as time\.Duration value in argument to time\.Sleep`
	seconds := 5
	time.Sleep(seconds * time.Second) // ERROR `invalid operation: seconds \* time\.Second \(mismatched types int and time\.Duration\)`
	time.Sleep(1.5 * time.Second) // ERROR `1\.5 \(untyped float constant\) truncated to int64`
	<-time.After(seconds) // ERROR `cannot use seconds \(variable of type int\) as time\.Duration value in argument to time\.After`
	select {
	case <-ctx.Done: // ERROR `invalid operation: cannot receive from non-channel func\(\) <-chan struct\{\} ctx\.Done \(value of type func\(\) <-chan struct\{\}\)`
	case <-time.Tick(time.Second):
	}
	var d time.Duration = seconds // ERROR `declared and not used: d` `cannot use seconds \(variable of type int\) as time\.Duration value in variable declaration`
	deadline := time.Now() + time.Second // ERROR `invalid operation: time\.Now\(\) \+ time\.Second \(mismatched types time\.Time and time\.Duration\)`
	if time.Now() > deadline {
	}
}
