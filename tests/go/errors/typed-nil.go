package main

func main() {
	x := nil // ERROR `declared and not used: x` `use of untyped nil in assignment`
	var y = nil // ERROR `declared and not used: y` `use of untyped nil in variable declaration`
	var i int = nil // ERROR `cannot use nil as int value in variable declaration`
	var s string = nil // ERROR `cannot use nil as string value in variable declaration`
	var b bool = nil // ERROR `cannot use nil as bool value in variable declaration`
	var st struct{} = nil // ERROR `cannot use nil as struct\{\} value in variable declaration`
	var a [3]int = nil // ERROR `cannot use nil as \[3\]int value in variable declaration`
	return nil // ERROR `too many return values`
	_ = nil + nil // ERROR `invalid operation: operator \+ not defined on nil`
	nil() // ERROR `invalid operation: cannot call nil: untyped nil is not a function`
	_ = *nil // ERROR `invalid operation: cannot indirect nil`
	_ = nil[0] // ERROR `cannot index nil`
	_ = len(nil) // ERROR `invalid argument: nil for built-in len`
	for range nil { // ERROR `cannot range over nil`
	}
	_, _, _, _, _ = i, s, b, st, a
}
