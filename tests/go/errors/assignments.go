package main

import "fmt"

type point struct{ x int }

func f() point { return point{} }

func main() {
	const c = 1
	m := map[string]point{}
	s := "text"
	c = 2 // ERROR `cannot assign to c \(neither addressable nor a map index expression\)`
	m["a"].x = 1 // ERROR `cannot assign to struct field m\["a"\]\.x in map`
	s[0] = 'b' // ERROR `cannot assign to s\[0\] \(neither addressable nor a map index expression\)`
	f().x = 1 // ERROR `cannot assign to f\(\)\.x \(neither addressable nor a map index expression\)`
	5 = 6 // ERROR `cannot assign to 5 \(neither addressable nor a map index expression\)`
	f() = point{} // ERROR `cannot assign to f\(\) \(neither addressable nor a map index expression\)`
	nil = nil // ERROR `cannot assign to nil \(neither addressable nor a map index expression\)`
	main = nil // ERROR `cannot assign to main \(neither addressable nor a map index expression\)`
	x := 1
	x := 2 // ERROR `no new variables on left side of :=`
	x, y := 1, nil // ERROR `use of untyped nil in assignment`
	_ = &m["a"] // ERROR `invalid operation: cannot take address of m\["a"\] \(map index expression of struct type point\)`
	_ = &f() // ERROR `invalid operation: cannot take address of f\(\) \(value of struct type point\)`
	_ = &s[0] // ERROR `invalid operation: cannot take address of s\[0\] \(value of type byte\)`
	_ = &c // ERROR `invalid operation: cannot take address of c \(untyped int constant 1\)`
	_ = &5 // ERROR `invalid operation: cannot take address of 5 \(untyped int constant\)`
	a.b := 1 // ERROR `undefined: a` `non-name a\.b on left side of :=`
	fmt.Println(_) // ERROR `cannot use _ as value or type`
	_ = _ // ERROR `cannot use _ as value or type`
	true = false // ERROR `cannot assign to true \(neither addressable nor a map index expression\)`
	_ += 1 // ERROR `cannot use _ as value or type`
	_, _ := 1, 2 // ERROR `no new variables on left side of :=`
	var _ = x
	point.x = 1 // ERROR `point\.x undefined \(type point has no method x\)`
	*x = 1 // ERROR `invalid operation: cannot indirect x \(variable of type int\)`
	*nil = 1 // ERROR `invalid operation: cannot indirect nil`
	_ = y
}
