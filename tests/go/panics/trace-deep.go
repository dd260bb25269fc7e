// A panic a hundred thousand calls deep.
package main

func deep(n int) int {
	if n == 0 {
		panic("deep")
	}
	return deep(n-1) + 1
}

func main() {
	println(deep(100000))
}

// stack: deep
