// A program that recovers all the time, and then dies of a panic that nobody recovers, shows where.
package main

func fail(n int) {
	if n == 0 {
		panic("failed")
	}
	fail(n - 1)
}

func try() {
	defer func() { recover() }()
	fail(3)
}

func main() {
	for range 20_000 {
		try()
	}
	fail(5)
}
