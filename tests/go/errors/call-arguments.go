package main

func f(a int, b string)        {}
func variadic(a int, b ...int) {}

func main() {
	f() // ERROR `not enough arguments in call to f`
	f(1) // ERROR `not enough arguments in call to f`
	f(1, "", 2) // ERROR `too many arguments in call to f`
	f("", 1) // ERROR `cannot use "" \(untyped string constant\) as int value in argument to f` `cannot use 1 \(untyped int constant\) as string value in argument to f`
	variadic() // ERROR `not enough arguments in call to variadic`
	variadic(1, "") // ERROR `cannot use "" \(untyped string constant\) as int value in argument to variadic`
	variadic(1, []int{}...)
	variadic(1, 2, []int{}...) // ERROR `too many arguments in call to variadic`
	f(1, []string{}...) // ERROR `cannot use \.\.\. in call to non-variadic f`
	main(1) // ERROR `too many arguments in call to main`
	var x int
	x() // ERROR `invalid operation: cannot call x \(variable of type int\): int is not a function`
	5() // ERROR `invalid operation: cannot call 5 \(untyped int constant\): untyped int is not a function`
}
