package main

import "fmt"

func main() {
	if x := 1; x > 0 {
		y := 2 // ERROR `declared and not used: y`
	}
	fmt.Println(x, y) // ERROR `undefined: x` `undefined: y`
	for i := 0; i < 3; i++ {
	}
	fmt.Println(i) // ERROR `undefined: i`
	f := func(n int) int { // ERROR `declared and not used: f`
		return f(n - 1) // ERROR `undefined: f`
	}
	var g func(int) string = func(n int) int { return n } // ERROR `declared and not used: g` `cannot use func\(n int\) int \{…\} \(value of type func\(n int\) int\) as func\(int\) string value in variable declaration`
	{
		fmt := "shadowed"
		fmt.Println("x") // ERROR `fmt\.Println undefined \(type string has no field or method Println\)`
	}
	switch z := 5; { // ERROR `declared and not used: z`
	}
	func() { return 1 }() // ERROR `too many return values`
	func(a int) {}("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to func\(a int\) \{\}`
	_ = func() int {} // ERROR `missing return`
	string := "x"
	var s string // ERROR `declared and not used: s` `string \(local variable\) is not a type`
	len := 5
	_ = len("x") // ERROR `invalid operation: cannot call len \(variable of type int\): int is not a function`
}
