package main

x := 5 // ERROR `syntax error: non-declaration statement outside function body`

fmt.Println("statement")

if true {
}

for {
}

var y = 1

import "fmt" // ERROR `syntax error: imports must appear before other declarations`

type T struct {
	a int, // ERROR `syntax error: unexpected comma in struct type; possibly missing semicolon or newline or \}`
	b int
}

func main() {
	fmt.Println(y)
}
