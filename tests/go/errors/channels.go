package main

func main() {
	receive := make(<-chan int)
	send := make(chan<- int)
	both := make(chan int)
	receive <- 1 // ERROR `invalid operation: cannot send to receive-only channel <-chan int receive \(variable of type <-chan int\)`
	<-send // ERROR `invalid operation: cannot receive from send-only channel chan<- int send \(variable of type chan<- int\)`
	close(receive) // ERROR `invalid operation: cannot close receive-only channel receive \(variable of type <-chan int\)`
	close(both, both) // ERROR `invalid operation: too many arguments for close\(both, both\) \(expected 1, found 2\)`
	both <- "text" // ERROR `cannot use "text" \(untyped string constant\) as int value in send`
	x := 5
	x <- 1 // ERROR `invalid operation: cannot send to non-channel int x \(variable of type int\)`
	<-x // ERROR `invalid operation: cannot receive from non-channel int x \(variable of type int\)`
	for range send { // ERROR `cannot range over send \(variable of type chan<- int\): receive from send-only channel chan<- int`
	}
	for a, b := range both { // ERROR `range over both \(variable of type chan int\) permits only one iteration variable`
		_, _ = a, b
	}
	send = both
	both = send // ERROR `cannot use send \(variable of type chan<- int\) as chan int value in assignment`
	var s string = <-both // ERROR `cannot use <-both \(comma, ok expression of type int\) as string value in variable declaration`
	v, ok, more := <-both // ERROR `assignment mismatch: 3 variables but 1 value`
	_ = both == receive
	_ = make(chan int, -1) // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = make(chan int, "1") // ERROR `cannot convert "1" \(untyped string constant\) to type int`
	_ = len(send, both) // ERROR `invalid operation: too many arguments for len\(send, both\) \(expected 1, found 2\)`
	_, _, _, _, _ = s, v, ok, more, receive
}
