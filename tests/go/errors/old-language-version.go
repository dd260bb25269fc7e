//go:build go1.17

package main

import "fmt"

func first[T any](s []T) T { return s[0] }

type number interface{ ~int }

func main() {
	for i := range 5 { // ERROR `cannot range over 5 \(untyped int constant\): requires go1\.22 or later \(-lang was set to go1\.26; check go\.mod\)`
		fmt.Println(i)
	}
	fmt.Println(min(1, 2), first([]int{1}))
	var x any = 1
	_ = x
}
