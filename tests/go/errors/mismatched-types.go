package main

type celsius float64
type fahrenheit float64

func main() {
	var i int
	var i8 int8
	var f float64
	var s string
	var c celsius
	var h fahrenheit
	var p *int
	var e error
	_ = i + f // ERROR `invalid operation: i \+ f \(mismatched types int and float64\)`
	_ = i + i8 // ERROR `invalid operation: i \+ i8 \(mismatched types int and int8\)`
	_ = s + 1 // ERROR `invalid operation: s \+ 1 \(mismatched types string and untyped int\)`
	_ = c + h // ERROR `invalid operation: c \+ h \(mismatched types celsius and fahrenheit\)`
	_ = s + 'x' // ERROR `invalid operation: s \+ 'x' \(mismatched types string and untyped rune\)`
	_ = i == s // ERROR `invalid operation: i == s \(mismatched types int and string\)`
	_ = p + 1 // ERROR `invalid operation: p \+ 1 \(mismatched types \*int and untyped int\)`
	_ = e + e // ERROR `invalid operation: operator \+ not defined on e \(variable of interface type error\)`
	_ = -s // ERROR `invalid operation: operator - not defined on s \(variable of type string\)`
	_ = !i // ERROR `invalid operation: operator ! not defined on i \(variable of type int\)`
	_ = ^f // ERROR `invalid operation: operator \^ not defined on f \(variable of type float64\)`
	_ = f % 2 // ERROR `invalid operation: operator % not defined on f \(variable of type float64\)`
	_ = s && true // ERROR `invalid operation: s && true \(mismatched types string and untyped bool\)`
	_ = i | f // ERROR `invalid operation: i \| f \(mismatched types int and float64\)`
	i = f // ERROR `cannot use f \(variable of type float64\) as int value in assignment`
	i = 1.5 // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in assignment \(truncated\)`
	i8 = 128 // ERROR `cannot use 128 \(untyped int constant\) as int8 value in assignment \(overflows\)`
	s = 65 // ERROR `cannot use 65 \(untyped int constant\) as string value in assignment`
	f = "x" // ERROR `cannot use "x" \(untyped string constant\) as float64 value in assignment`
	p = i // ERROR `cannot use i \(variable of type int\) as \*int value in assignment`
	e = i // ERROR `cannot use i \(variable of type int\) as error value in assignment: int does not implement error \(missing method Error\)`
	i += "x" // ERROR `invalid operation: i \+= "x" \(mismatched types int and untyped string\)`
	s -= "x" // ERROR `invalid operation: operator - not defined on s \(variable of type string\)`
	s++ // ERROR `invalid operation: s\+\+ \(non-numeric type string\)`
}
