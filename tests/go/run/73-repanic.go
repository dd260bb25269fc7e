// 9 More Go: Panics in deferred calls
// A deferred call may recover, panic anew, or panic while another panic is on
// its way: then both are reported.
package main

import (
	"errors"
	"fmt"
)

func safely(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("recovered error: %w", r)
		default:
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	f()
	return nil
}

func cleanup() {
	defer fmt.Println("cleanup is over")
	panic("cleanup failed too")
}

func main() {
	fmt.Println(safely(func() {}))
	fmt.Println(safely(func() { panic("plain") }))
	fmt.Println(safely(func() { panic(errors.New("wrapped")) }))
	fmt.Println(safely(func() { var p *int; *p = 1 }))
	fmt.Println(safely(func() { list := []int{1}; fmt.Println(list[len(list)+2]) }))
	fmt.Println(safely(func() { defer func() { panic("second") }(); panic("first") }))
	fmt.Println(safely(func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println("inner saw", r)
				panic(fmt.Sprint(r, " again"))
			}
		}()
		panic("first")
	}))

	defer cleanup()
	panic("the work failed")
}
