// A String method that prints what it belongs to.
package main

import "fmt"

type angle struct{ degrees int }

func (a angle) String() string { return fmt.Sprintf("%v°", a) }  // vet would say so

func main() {
	fmt.Println(angle{90})
}

// stack: deep
