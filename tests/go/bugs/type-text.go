// Types as %T shows them.
package main

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

type T struct{}
type E = T
type G[A any] struct{ a A }
type P[A, B any] struct {
	a A
	b B
}
type X interface{ foo() }

func gen[A any](a A) { type L struct{ a A }; fmt.Printf("%T %T\n", L{}, G[L]{}) }

func main() {
	type L int
	for _, v := range []any{
		new(any), new(interface{}), map[string]any{}, func(int, ...string) (bool, error) { return false, nil },
		struct {
			A int `json:"a"`
			b string
			T
			*G[int]
			io.Reader
			sync.Mutex
		}{}, struct{}{}, new(interface{ foo() }), new(interface {
			io.Reader
			Foo(a int) (b string)
		}), make(chan<- int), make(<-chan int), make(chan (<-chan int)), make(chan<- chan int), make(chan func() <-chan int),
		P[string, int]{}, P[T, G[T]]{}, P[io.Reader, map[string]any]{}, E{}, L(1), G[L]{}, [3]byte{}, []rune{}, new(error), errors.New("x"),
		func() {}, func(func(int) int) func() (a, b int) { return nil }, P[func(a, b int) (int, error), struct{ A, B int }]{}, G[any]{}, G[interface{}]{}, G[*sync.Mutex]{},
		G[interface{ foo() }]{}, G[struct{ a int }]{}, G[chan<- int]{}, uintptr(0), 1i, complex64(1), G[byte]{}, G[E]{}, new(X), P[[]T,[2]E]{},
	} {
		fmt.Printf("%T\n", v)
	}
	gen(1)
	gen(T{})
	gen([]L{})
}
