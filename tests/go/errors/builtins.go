package main

func main() {
	var s []int
	var m map[string]int
	_ = len(5) // ERROR `invalid argument: 5 \(untyped int constant\) for built-in len`
	_ = len() // ERROR `invalid operation: not enough arguments for len\(\) \(expected 1, found 0\)`
	_ = cap(m) // ERROR `invalid argument: m \(variable of type map\[string\]int\) for built-in cap`
	_ = append(1, 2) // ERROR `invalid append: argument must be a slice; have 1 \(untyped int constant\)`
	_ = append(s, "a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to append`
	_ = append() // ERROR `invalid operation: not enough arguments for append\(\) \(expected 1, found 0\)`
	_ = append(s, s) // ERROR `cannot use s \(variable of type \[\]int\) as int value in argument to append`
	_ = append([]byte{}, "text"...)
	copy(s, "text") // ERROR `invalid copy: arguments s \(variable of type \[\]int\) and "text" \(untyped string constant\) have different element types int and byte`
	copy(s) // ERROR `invalid operation: not enough arguments for copy\(s\) \(expected 2, found 1\)`
	_ = make(int) // ERROR `invalid argument: cannot make int: type must be slice, map, or channel`
	_ = make([]int) // ERROR `invalid operation: make\(\[\]int\) expects 2 or 3 arguments; found 1`
	_ = make([]int, 5, 3) // ERROR `invalid argument: length and capacity swapped`
	_ = make([]int, -1) // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = make([]int, 1.5) // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = make(map[string]int, 1, 2) // ERROR `invalid operation: make\(map\[string\]int, 1, 2\) expects 1 or 2 arguments; found 3`
	_ = make() // ERROR `invalid operation: not enough arguments for make\(\) \(expected 1, found 0\)`
	_ = make(5) // ERROR `5 is not a type`
	_ = new(5, 6) // ERROR `invalid operation: too many arguments for new\(5, 6\) \(expected 1, found 2\)`
	_ = new() // ERROR `invalid operation: not enough arguments for new\(\) \(expected 1, found 0\)`
	delete(m) // ERROR `invalid operation: not enough arguments for delete\(m\) \(expected 2, found 1\)`
	delete(m, 1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to delete`
	delete(s, 1) // ERROR `invalid argument: s \(variable of type \[\]int\) is not a map`
	_ = complex(1, "i") // ERROR `invalid operation: complex\(1, "i"\) \(mismatched types untyped float and untyped string\)`
	_ = real("x") // ERROR `invalid argument: argument has type untyped string, expected complex type`
	panic() // ERROR `invalid operation: not enough arguments for panic\(\) \(expected 1, found 0\)`
	panic(1, 2) // ERROR `invalid operation: too many arguments for panic\(1, 2\) \(expected 1, found 2\)`
	_ = recover(1) // ERROR `invalid operation: too many arguments for recover\(1\) \(expected 0, found 1\)`
	_ = min() // ERROR `invalid operation: not enough arguments for min\(\) \(expected 1, found 0\)`
	_ = min(1, "a") // ERROR `invalid argument: mismatched types untyped int \(previous argument\) and untyped string \(type of "a"\)`
	_ = max(s) // ERROR `invalid argument: s \(variable of type \[\]int\) cannot be ordered`
	clear(5) // ERROR `invalid argument: cannot clear 5 \(untyped int constant\): argument must be \(or constrained by\) map or slice`
	clear() // ERROR `invalid operation: not enough arguments for clear\(\) \(expected 1, found 0\)`
	print(main)
	_ = len // ERROR `len \(built-in\) must be called`
	var f = append // ERROR `declared and not used: f` `append \(built-in\) must be called`
	close(5) // ERROR `invalid operation: cannot close non-channel 5 \(untyped int constant\)`
	_ = cap("text") // ERROR `invalid argument: "text" \(untyped string constant\) for built-in cap`
}
