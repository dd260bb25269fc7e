package main

import (
	"fmt"
	"sync"
)

type job struct {
	id     int
	result chan<- int
}

func worker(jobs <-chan job, wg *sync.WaitGroup) {
	for j := range jobs {
		j.result <- j.id * 2.5 // ERROR `2\.5 \(untyped float constant\) truncated to int`
		x := <-j.result // ERROR `declared and not used: x` `invalid operation: cannot receive from send-only channel chan<- int j\.result \(variable of type chan<- int\)`
	}
	jobs <- job{} // ERROR `invalid operation: cannot send to receive-only channel <-chan job jobs \(variable of type <-chan job\)`
	close(jobs) // ERROR `invalid operation: cannot close receive-only channel jobs \(variable of type <-chan job\)`
	wg.Finish() // ERROR `wg\.Finish undefined \(type \*"sync"\.WaitGroup has no field or method Finish\)`
}

func main() {
	jobs := make(chan job)
	results := make(chan int)
	var wg sync.WaitGroup
	for i := range 4 { // ERROR `declared and not used: i`
		wg.Add(1)
		go worker(jobs, wg) // ERROR `cannot use wg \(variable of struct type "sync"\.WaitGroup\) as \*"sync"\.WaitGroup value in argument to worker`
		go worker(results, &wg) // ERROR `cannot use results \(variable of type chan int\) as <-chan job value in argument to worker`
	}
	jobs <- job{1, results, 3} // ERROR `too many values in struct literal of type job`
	jobs <- job{id: "a", result: results} // ERROR `cannot use "a" \(untyped string constant\) as int value in struct literal`
	jobs <- &job{} // ERROR `cannot use &job\{\} \(value of type \*job\) as job value in send`
	for r, more := range results { // ERROR `range over results \(variable of type chan int\) permits only one iteration variable`
		fmt.Println(r)
	}
	go func(r int) { // ERROR `expression in go must be function call`
		results <- r
	}
}
