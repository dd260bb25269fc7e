// A panic a hundred thousand calls deep.
package main

import (
	"fmt"
	"regexp"
	"runtime/debug"
)

func deep(n int) int {
	if n == 0 {
		panic("deep")
	}
	return deep(n-1) + 1
}

func main() {
	for _, n := range []int{96, 97, 1_000, 100_000} {
		func() {
			defer func() {
				recover()
				fmt.Printf("%d: %s\n", n, regexp.MustCompile(`(?m)^\.\.\.\d+ frames.*$`).Find(debug.Stack()))
			}()
			deep(n)
		}()
	}
	println(deep(100000))
}

// stack: deep
