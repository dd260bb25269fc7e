package main

import "cmp"

type stringer interface{ String() string }
type integer interface{ ~int | ~int64 }
type mixed interface {
	~int
	String() string
}
type empty interface {
	int
	string
}

func show[T stringer](x T) string          { return x.String() }
func same[T comparable](a, b T) bool       { return a == b }
func less[T cmp.Ordered](a, b T) bool      { return a < b }
func wrongOrder[T any](a, b T) bool        { return a < b }
func wrongEqual[T any](a, b T) bool        { return a == b }
func wrongPlus[T comparable](a, b T) T     { return a + b }
func wrongCall[T any](a T) string          { return a.String() }
func wrongField[T struct{ x int }](a T) int { return a.x }
func wrongConvert[T any](a T) int          { return int(a) }
func wrongIndex[T any](a T) int            { return a[0] }
func wrongRange[T any](a T) {
	for range a {
	}
}
func wrongNil[T any]() T                { return nil }
func wrongConst[T integer]() T          { return 1.5 }
func wrongAssert[T any](a T) int        { return a.(int) }
func fits[T mixed](a T) int             { return int(a) + len(a.String()) }
func never[T empty]()                   {}
func (x integer) method()               {}
func pointerTo[T any, P *T](p P) T      { return *p }

type list[T any] []T

func (l list[T]) mapped[U any](f func(T) U) list[U] { return nil } // ERROR `syntax error: method must have no type parameters`
func (l list[int]) shadowed() int                   { return 0 }

var notAType integer
var values map[integer]string

func takes(x integer, y comparable) {}

type union interface{ int | stringer }
type overlap interface{ ~int | int }
type tilde interface{ ~myInt }
type myInt int

func main() {
	show(5)
	same([]int{}, nil)
	same(func() {}, nil)
	less(1i, 2i)
	fits(5)
	never[int]()
	_ = list[int]{}.mapped
	_ = same[any]
	type local[T any] struct{}
	_ = local{}
}
