// What stands on the left of a received value is evaluated when there is one, in a select of one case, too.
package main

import "fmt"

func say(text string) int {
	fmt.Println(text)
	return 0
}

func main() {
	c, values, m := make(chan int, 4), make([]int, 1), map[int]bool{}
	for i := range 4 {
		c <- i + 1
	}
	from := func() chan int { say("channel"); return c }
	select {
	case values[say("index")] = <-from():
	}
	fmt.Println(values)
	select {
	case values[say("index")], m[say("key")] = <-from():
	}
	fmt.Println(values, m)
	var ok bool
	select {
	case values[0], ok = <-from():
		fmt.Println(values, ok)
	}
	select {
	case from() <- say("sent"):
	}
	fmt.Println(len(c))
}
