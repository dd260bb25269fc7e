package main

func f() int { return 1 }

func main() {
	c, d := make(chan int), make(<-chan string)
	select {
	case f(): // ERROR `select case must be send or receive \(possibly with assignment\)`
	case x := 5: // ERROR `select case must be send or receive \(possibly with assignment\)`
	case c <- "text": // ERROR `cannot use "text" \(untyped string constant\) as int value in send`
	case d <- "text": // ERROR `invalid operation: cannot send to receive-only channel <-chan string d \(variable of type <-chan string\)`
	case s := <-c:
		var t string = s // ERROR `cannot use s \(variable of type int\) as string value in variable declaration`
		_ = t
	case a, b := <-d:
		_ = a + b // ERROR `invalid operation: a \+ b \(mismatched types string and bool\)`
	case <-f(): // ERROR `invalid operation: cannot receive from non-channel int f\(\) \(value of type int\)`
	default:
	default: // ERROR `multiple defaults \(first at \./select\.go:18:2\)`
	}
	select {
	case x := <-c: // ERROR `declared and not used: x`
	case y, ok := <-d: // ERROR `declared and not used: y` `declared and not used: ok`
	}
}
