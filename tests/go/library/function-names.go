// Names of function values, as programs ask for them.
package main

import (
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
)

type shape interface{ area() float64 }

type square struct{ side float64 }

func (s square) area() float64    { return s.side * s.side }
func (s *square) grow(by float64) { s.side += by }

type framed struct{ *square }

func work(n int) int { return n + 1 }

func apply[T any](f func(T) T, v T) T { return f(v) }

//go:noinline
func maker() func() int {
	n := 0
	return func() int { n++; return n }
}

var atTop = func() {}

//go:noinline
func once(func()) func(yield func() bool) {
	return func(yield func() bool) { yield() }
}

// The bodies of loops over functions count for what they are in, and before what they range over.
func loops() {
	for range once(func() {}) {
		show("in a loop", func() {})
		iterator := func() {}
		for range once(iterator) {
			show("in a loop in a loop", func() {})
		}
	}
	show("behind loops", func() {})
}

func show(what string, f any) {
	function := runtime.FuncForPC(reflect.ValueOf(f).Pointer())
	file, line := function.FileLine(function.Entry())
	fmt.Println(what, function.Name(), filepath.Base(file), line > 0)
}

func main() {
	s := &square{2}
	show("function", work)
	show("generic", apply[int])
	show("closure", maker())
	show("literal", func() {})
	show("at top", atTop)
	show("method value", s.area)
	show("pointer method value", s.grow)
	show("interface method value", shape(s).area)
	show("method expression", square.area)
	show("pointer method expression", (*square).grow)
	show("library", strings.ToUpper)
	show("embedded", framed{s}.grow)
	loops()
	fmt.Println(runtime.FuncForPC(0) == nil, runtime.FuncForPC(1<<40) == nil)
	_, at := runtime.FuncForPC(reflect.ValueOf(work).Pointer()).FileLine(reflect.ValueOf(work).Pointer())
	fmt.Println(at)
}
