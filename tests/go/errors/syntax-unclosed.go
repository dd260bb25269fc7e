package main

import "fmt"

func main() {
	fmt.Println("one" // ERROR `syntax error: unexpected newline in argument list; possibly missing comma or \)`
	fmt.Println("two", []int{1, 2) // ERROR `syntax error: unexpected \] at end of statement`
	x := map[string]int{
		"a": 1 // ERROR `syntax error: unexpected newline in composite literal; possibly missing comma or \}`
	}
	if x == nil {
		fmt.Println(x)
