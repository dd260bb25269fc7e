// Deferred calls that panic one after the other at the same place, and statements that panic by themselves.
package main

func fails(n int) {
	for i := range n {
		defer func() {
			panic(i)
		}()
	}
}

func main() {
	defer fails(1)
	defer panic("deferred")
	fails(3)
}
