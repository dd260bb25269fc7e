package main

import "math"

const big = 1 << 100

const (
	a = iota
	b = a + d // ERROR `invalid operation: a \+ d \(mismatched types untyped int and untyped string\)`
	d = "text"
)

var n = 3

const notConstant = n // ERROR `n \(variable of type int\) is not constant`
const alsoNot = len([]int{1}) // ERROR `len\(\[\]int\{…\}\) \(value of type int\) is not constant`

func main() {
	var x int = big // ERROR `cannot use big \(untyped int constant 1267650600228229401496703205376\) as int value in variable declaration \(overflows\)`
	var u uint = -1 // ERROR `cannot use -1 \(untyped int constant\) as uint value in variable declaration \(overflows\)`
	var b8 byte = 256 // ERROR `cannot use 256 \(untyped int constant\) as byte value in variable declaration \(overflows\)`
	var f32 float32 = 1e100 // ERROR `cannot use 1e100 \(untyped float constant 1e\+100\) as float32 value in variable declaration \(overflows\)`
	var i int = 3.5 // ERROR `cannot use 3\.5 \(untyped float constant\) as int value in variable declaration \(truncated\)`
	_ = 1 / 0 // ERROR `invalid operation: division by zero`
	_ = 1.0 / 0.0 // ERROR `invalid operation: division by zero`
	_ = 10 % 0 // ERROR `invalid operation: division by zero`
	_ = n / 0 // ERROR `invalid operation: division by zero`
	_ = math.MaxInt64 + 1 == n // ERROR `math\.MaxInt64 \+ 1 \(untyped int constant 9223372036854775808\) overflows int`
	_ = uint8(300) // ERROR `constant 300 overflows uint8`
	_ = int8(-129) // ERROR `constant -129 overflows int8`
	_ = "abc"[5] // ERROR `invalid argument: index 5 out of bounds \[0:3\]`
	_ = [3]int{}[3] // ERROR `invalid argument: index 3 out of bounds \[0:3\]`
	_ = [3]int{}[-1] // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = []int{}[-1] // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = 'ab' // ERROR `more than one character in rune literal`
	const huge = 1 << 100000 // ERROR `invalid operation: invalid shift count 100000 \(untyped int constant\)`
	a = 2 // ERROR `cannot assign to a \(neither addressable nor a map index expression\)`
	_, _, _, _, _ = x, u, b8, f32, i
}
