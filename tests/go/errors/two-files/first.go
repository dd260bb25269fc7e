package main

import "fmt"

func helper() int { return 1 }

type shared struct{}

func main() {
	fmt.Println(helper(), onlyInSecond(), missingInBoth()) // ERROR `undefined: missingInBoth`
	unused := 1 // ERROR `declared and not used: unused`
}
