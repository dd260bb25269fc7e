package main

import "sync"

type point struct{ x, y int }
type named struct {
	point
	name string
}

func main() {
	_ = point{1} // ERROR `too few values in struct literal of type point`
	_ = point{1, 2, 3} // ERROR `too many values in struct literal of type point`
	_ = point{x: 1, 2} // ERROR `mixture of field:value and value elements in struct literal`
	_ = point{z: 1} // ERROR `unknown field z in struct literal of type point`
	_ = point{"a", 2} // ERROR `cannot use "a" \(untyped string constant\) as int value in struct literal`
	_ = named{x: 1} // ERROR `unknown field x in struct literal of type named`
	_ = named{point: point{}, name: 5} // ERROR `cannot use 5 \(untyped int constant\) as string value in struct literal`
	_ = sync.Mutex{state: 1} // ERROR `unknown field state in struct literal of type "sync"\.Mutex`
	_ = []int{"a"} // ERROR `cannot use "a" \(untyped string constant\) as int value in array or slice literal`
	_ = map[string]int{"a"} // ERROR `missing key in map literal`
	_ = map[string]int{1: 1} // ERROR `cannot use 1 \(untyped int constant\) as string value in map literal`
	_ = [2]int{1, 2, 3} // ERROR `index 2 is out of bounds \(>= 2\)`
	_ = [...]int{5: 1}[6] // ERROR `invalid argument: index 6 out of bounds \[0:6\]`
	var a [...]int // ERROR `declared and not used: a` `invalid use of \[\.\.\.\] array \(outside a composite literal\)`
	_ = int{1} // ERROR `invalid composite literal type int`
	_ = missing{1} // ERROR `undefined: missing`
	_ = &[]int{1}[0]
	_ = &point{}.x // ERROR `invalid operation: cannot take address of point\{\}\.x \(value of type int\)`
	_ = struct{}{1} // ERROR `too many values in struct literal of type struct\{\}`
}
