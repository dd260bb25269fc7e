package main

func f() int { return 1 }

func main() {
	go f
	defer 5
	go func() {}
	defer (f()) // ERROR `expression in defer must not be parenthesized`
	go int(5)
	defer len("x")
	go append([]int{}, 1)
	defer recover()
	go <-make(chan int) // ERROR `syntax error: unexpected <-, expected expression`
	defer func() int { return 1 }
	go missing()
	go f(1)
	var notCalled func()
	defer notCalled
}
