// Conversions between strings and bytes that need no copy make none, and append(s, make([]T, n)...) makes no second slice.
package main

import (
	"fmt"
	"testing"
)

var (
	bytes   = []byte("a word that is longer than what the compiler keeps on a stack")
	same    = append([]byte(nil), bytes...)
	text    = string(bytes)
	numbers = map[string]int{text: 7}
	ints    = make([]int, 10, 1000)
	count   int
	found   bool
)

func allocations(what string, f func()) {
	fmt.Println(what, testing.AllocsPerRun(100, f))
}

func main() {
	allocations("equal", func() { found = string(bytes) == string(same) })
	allocations("less", func() { found = string(bytes) < text })
	allocations("lookup", func() { count += numbers[string(bytes)] })
	allocations("lookup, ok", func() { _, found = numbers[string(bytes)] })
	allocations("switch", func() {
		switch string(bytes) {
		case "one", "two":
			found = true
		default:
			count++
		}
	})
	allocations("range", func() {
		for _, b := range []byte(text) {
			count += int(b)
		}
	})
	allocations("append", func() { ints = append(ints[:10], make([]int, 50)...) })
	allocations("append that grows", func() { ints = append(ints[:10:10], make([]int, 50)...) })

	// What is kept is a copy.
	kept := "" + string(bytes[:6])
	key := string(bytes[:6])
	set := map[string]bool{}
	set[string(bytes[:6])] = true
	bytes[0] = 'b'
	fmt.Println(kept, key, set, "<"+string(bytes[:6])+">", string(bytes[:6]) == "b word")

	for i := range ints[:20:20] {
		ints[i] = i
	}
	ints = append(ints[:5], make([]int, 10)...)
	fmt.Println(ints, len(ints))
	fmt.Println(append([]string{"x"}, make([]string, 2)...), len(append([]struct{}{{}}, make([]struct{}, 3)...)))
	defer func() { fmt.Println(recover()) }()
	n := -1
	ints = append(ints, make([]int, n)...)
}
