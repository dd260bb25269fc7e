package main

type point struct{ x int }
type other struct{ y int }

func main() {
	_ = int("5") // ERROR `cannot convert "5" \(untyped string constant\) to type int`
	_ = string(1.5) // ERROR `cannot convert 1\.5 \(untyped float constant\) to type string`
	_ = []byte(5) // ERROR `cannot convert 5 \(untyped int constant\) to type \[\]byte`
	_ = []int("text") // ERROR `cannot convert "text" \(untyped string constant\) to type \[\]int`
	_ = point(other{}) // ERROR `cannot convert other\{\} \(value of struct type other\) to type point`
	_ = (*int)(new(string)) // ERROR `cannot convert new\(string\) \(value of type \*string\) to type \*int`
	_ = bool(1) // ERROR `cannot convert 1 \(untyped int constant\) to type bool`
	_ = int(true) // ERROR `cannot convert true \(untyped bool constant\) to type int`
	_ = float64("x") // ERROR `cannot convert "x" \(untyped string constant\) to type float64`
	_ = int() // ERROR `missing argument in conversion to int`
	_ = int(1, 2) // ERROR `too many arguments in conversion to int`
	_ = chan<- int(make(<-chan int)) // ERROR `cannot convert make\(<-chan int\) \(value of type <-chan int\) to type chan<- int`
	_ = (<-chan int)(make(chan<- int)) // ERROR `cannot convert make\(chan<- int\) \(value of type chan<- int\) to type <-chan int`
	_ = func()(nil) // ERROR `func\(\) nil \(type\) is not an expression` `nil \(untyped nil\) is not a type`
	_ = error(5) // ERROR `cannot convert 5 \(untyped int constant\) to type error`
	_ = int(1.5) // ERROR `cannot convert 1\.5 \(untyped float constant\) to type int`
	_ = uint(-1) // ERROR `constant -1 overflows uint`
	_ = [3]int([]int{1, 2})
	_ = [3]int([]string{}) // ERROR `cannot convert \[\]string\{\} \(value of type \[\]string\) to type \[3\]int`
	_ = complex128(1)
	var f float64
	_ = complex128(f) // ERROR `cannot convert f \(variable of type float64\) to type complex128`
	_ = map[string]int(nil) == map[string]int(nil) // ERROR `invalid operation: map\[string\]int\(nil\) == map\[string\]int\(nil\) \(map can only be compared to nil\)`
}
