// A program that dies of a panic of a kind that it has recovered from thousands of times shows where.
package main

func set(m map[string]int, isRecovered bool) {
	defer func() {
		if isRecovered {
			recover()
		}
	}()
	m["a"] = 1
}

func main() {
	var m map[string]int
	for range 5_000 {
		set(m, true)
	}
	set(m, false)
}
