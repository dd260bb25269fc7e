// What is known of a variable from a comparison with a negative constant of 32 bits.
package main

import "fmt"

//go:noinline
func class(r rune) string {
	switch {
	case r < -1:
		return "below"
	case r > 0xff:
		return "above"
	}
	return "within"
}

//go:noinline
func after(r int32) bool {
	if r != -7 {
		return false
	}
	return r < 5
}

func main() {
	fmt.Println(class(-2), class(-1), class('='), class(0x100), after(-7))
}
