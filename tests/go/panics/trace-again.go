// What was recovered and panicked again keeps where it came from; what was recovered for good leaves nothing.
package main

import (
	"errors"
	"fmt"
)

func first() {
	panic(errors.New("first"))
}

func again() {
	defer func() {
		r := recover()
		panic(fmt.Sprint("again: ", r))
	}()
	first()
}

func quiet() {
	defer func() { recover() }()
	first()
}

func main() {
	quiet()
	defer fmt.Println("deferred")
	again()
}
