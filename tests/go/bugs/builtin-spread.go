// The results of one call as all operands of a built-in function.
package main

import "fmt"

func list() ([]any, int, string)    { return []any{nil}, 1, "two" }
func entry() (map[int]string, int)  { return table, 4 }
func numbers() (float64, float64)   { return 1.5, -2 }
func slices() ([]byte, string)      { return target, "copied" }
func words() (string, int, float64) { return "words", 3, 0.5 }

var (
	table  = map[int]string{4: "four", 5: "five"}
	target = make([]byte, 3)
)

func main() {
	fmt.Println(append(list()))
	delete(entry())
	fmt.Println(table, complex(numbers()), copy(slices()), string(target))
	defer delete(func() (map[int]string, int) { return table, 5 }())
	println(words())
}
