// Deferred calls that panic in their turn, deeper than a trace shows: each panic is where it began.
package main

func fail(n int) {
	if n > 0 {
		defer fail(n - 1)
	}
	panic(n)
}

func main() {
	for range 1_000 {
		func() {
			defer func() { recover() }()
			fail(1)
		}()
	}
	defer func() { panic(recover()) }()
	fail(45)
}
