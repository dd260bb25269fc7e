// Values of generic functions have plain function types; blank fields stay zero; types local to generic functions are
// named with the function's arguments before their own.
package main

import (
	"fmt"
	"reflect"
)

func maker[T any]() func() *T { return func() *T { return new(T) } }

func plain[T any]() {}

type box[T any] struct{}

func (b *box[T]) make() any {
	var x any = maker[T]
	return x.(func() func() *T)()()
}

func local[A any]() any {
	type pair[B any] struct {
		a A
		b B
	}
	type single struct{ a A }
	return struct {
		p pair[string]
		s single
		n pair[pair[single]]
	}{}
}

var blank = struct{ a, _, c int }{1, 2, 3}

func called(n int) int {
	fmt.Println("called", n)
	return n
}

func main() {
	fmt.Printf("%T\n", new(box[int]).make())
	switch any(plain[string]).(type) {
	case func():
		fmt.Println("plain")
	}
	fmt.Println(reflect.TypeOf(maker[int]) == reflect.TypeOf(func() func() *int { return nil }))
	fmt.Printf("%T\n%T\n", local[int](), local[map[string]bool]())

	fmt.Println(reflect.ValueOf(blank).Field(1), blank)
	list := []struct{ a, _ int }{{1, 2}, {3, 4}}
	table := [...]struct {
		_ string
		b string
	}{{"x", "y"}}
	fmt.Println(list, table, &struct{ _, b, _, _, _, _ int }{1, 2, 3, 4, 5, called(6)})
}
