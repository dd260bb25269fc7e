package main

import "fmt"

func add(a int b int) int { return a b } // ERROR `syntax error: unexpected name b in parameter list; possibly missing comma or \)`

func main() {
	numbers := []int{
		1,
		2 // ERROR `syntax error: unexpected newline in composite literal; possibly missing comma or \}`
	}
	fmt.Println(
		"a",
		"b" // ERROR `syntax error: unexpected newline in argument list; possibly missing comma or \)`
	)
	fmt.Println("a" "b") // ERROR `syntax error: unexpected literal "b" in argument list; possibly missing comma or \)`
	_ = map[string]int{"a" 1} // ERROR `syntax error: unexpected literal 1 in composite literal; possibly missing comma or \}`
	_ = struct{ x int y int }{} // ERROR `syntax error: unexpected name y in struct type; possibly missing semicolon or newline or \}`
	_ = numbers
}
