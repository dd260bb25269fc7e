// What package reflect says of its own misuse names the method that was called, which it learns from the call stack.
// stack: deep
package main

import (
	"fmt"
	"reflect"
)

type point struct {
	X int
	y string
}

func main() {
	defer func() { fmt.Println(recover()) }()
	reflect.ValueOf(&point{1, "y"}).Elem().Field(1).SetString("no")
}
