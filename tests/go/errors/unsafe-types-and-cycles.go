package main

import "unsafe"

var a = b // ERROR `initialization cycle for a`
var b = c
var c = a

var x = f() // ERROR `initialization cycle for x`

func f() int { return x }

const k = l // ERROR `initialization cycle for k`
const l = k

type t [unsafe.Sizeof(t{})]int // ERROR `invalid recursive type: t refers to itself`

type s struct{ array [len(s{}.array)]int } // ERROR `invalid recursive type: s refers to itself`

func main() {
	_ = unsafe.Sizeof() // ERROR `invalid operation: not enough arguments for unsafe\.Sizeof\(\) \(expected 1, found 0\)`
	_ = unsafe.Offsetof(a) // ERROR `invalid argument: a is not a selector expression`
	_ = unsafe.Pointer(5) // ERROR `cannot convert 5 \(untyped int constant\) to type unsafe\.Pointer`
	_ = unsafe.Slice(1, 2) // ERROR `invalid argument: 1 \(untyped int constant\) is not a pointer`
	var p unsafe.Pointer = &x // ERROR `cannot use &x \(value of type \*int\) as unsafe\.Pointer value in variable declaration`
	_ = p
}
