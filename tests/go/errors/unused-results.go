package main

import "fmt"

func f() int { return 1 }

func main() {
	x := 1
	x // ERROR `x \(variable of type int\) is not used`
	x + 1 // ERROR `x \+ 1 \(value of type int\) is not used`
	-x // ERROR `-x \(value of type int\) is not used`
	f // ERROR `f \(value of type func\(\) int\) is not used`
	"text" // ERROR `"text" \(untyped string constant\) is not used`
	5 // ERROR `5 \(untyped int constant\) is not used`
	len("x") // ERROR `len\("x"\) \(constant 1 of type int\) is not used`
	append([]int{}, 1) // ERROR `append\(\[\]int\{\}, 1\) \(value of type \[\]int\) is not used`
	make([]int, 1) // ERROR `make\(\[\]int, 1\) \(value of type \[\]int\) is not used`
	new(int) // ERROR `new\(int\) \(value of type \*int\) is not used`
	cap([]int{}) // ERROR `cap\(\[\]int\{\}\) \(value of type int\) is not used`
	int(x) // ERROR `int\(x\) \(value of type int\) is not used`
	[]int{1} // ERROR `\[\]int\{…\} \(value of type \[\]int\) is not used`
	func() {} // ERROR `func\(\) \{\} \(value of type func\(\)\) is not used`
	fmt.Sprint // ERROR `fmt\.Sprint \(value of type func\(a \.\.\.any\) string\) is not used`
	x == 1 // ERROR `x == 1 \(untyped bool value\) is not used`
	<-make(chan int)
	f()
	*(&x) // ERROR `\*\(&x\) \(variable of type int\) is not used`
	any(x).(int) // ERROR `any\(x\)\.\(int\) \(comma, ok expression of type int\) is not used`
	copy([]int{}, []int{})
	nil // ERROR `nil is not used`
	struct{}{} // ERROR `struct\{\}\{\} \(value of type struct\{\}\) is not used`
	x.(type) // ERROR `invalid syntax tree: use of \.\(type\) outside type switch`
}
