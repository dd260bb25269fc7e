package main

func main() {
	for i, v, w := range []int{} { // ERROR `declared and not used: i` `declared and not used: v` `range clause permits at most two iteration variables`
	}
	for i, v := range 5 { // ERROR `declared and not used: i` `range over 5 \(untyped int constant\) permits only one iteration variable`
	}
	for range 1.5 { // ERROR `cannot range over 1\.5 \(untyped float constant\)`
	}
	for range struct{}{} { // ERROR `cannot range over struct\{\}\{\} \(value of type struct\{\}\)`
	}
	for range nil { // ERROR `cannot range over nil`
	}
	var p *[]int
	for range p { // ERROR `cannot range over p \(variable of type \*\[\]int\)`
	}
	for range func() {} { // ERROR `cannot range over func\(\) \{\} \(value of type func\(\)\): func must be func\(yield func\(\.\.\.\) bool\): wrong argument count`
	}
	for range func(yield func(int)) {} { // ERROR `cannot range over func\(yield func\(int\)\) \{\} \(value of type func\(yield func\(int\)\)\): func must be func\(yield func\(\.\.\.\) bool\): yield func does not return bool`
	}
	for a, b := range func(yield func(int) bool) {} { // ERROR `declared and not used: a` `range over func\(yield func\(int\) bool\) \{\} \(value of type func\(yield func\(int\) bool\)\) permits only one iteration variable`
	}
	for a := range func(yield func() bool) {} { // ERROR `range over func\(yield func\(\) bool\) \{\} \(value of type func\(yield func\(\) bool\)\) permits no iteration variables`
	}
	var s string // ERROR `declared and not used: s`
	for s = range []int{1} { // ERROR `cannot use s \(value of type int\) as string value in assignment`
	}
	for i := range []int{1} { // ERROR `declared and not used: i`
		i = "text" // ERROR `cannot use "text" \(untyped string constant\) as int value in assignment`
	}
	for 1 = range []int{} { // ERROR `cannot assign to 1 \(neither addressable nor a map index expression\)`
	}
	for i := range "text" {
		var r rune = i // ERROR `declared and not used: r` `cannot use i \(variable of type int\) as rune value in variable declaration`
	}
}
