// The errors of run-time faults, and division of complex numbers.
package main

import (
	"fmt"
	"io"
	"runtime"
	"unsafe"
)

type shape interface{ Area() float64 }

type walker interface {
	shape
	Walk()
}

type square struct{ side float64 }

func (s square) Area() float64 { return s.side * s.side }

type blob struct{}

type stringers []fmt.Stringer

func (stringers) String() string { return "" }

func (*blob) Walk() {}

func show(name string, f func()) {
	defer func() {
		r := recover()
		err, isRuntime := r.(runtime.Error)
		_, isAssertion := r.(*runtime.TypeAssertionError)
		_, isNil := r.(*runtime.PanicNilError)
		fmt.Println(name, "|", r, "|", err, isRuntime, isAssertion, isNil)
	}()
	f()
	fmt.Println(name, "did not panic")
}

func main() {
	faults()
	var zero float64
	numbers := []float64{0, -zero, 1, -2.5, 1e308, 1 / zero, -1 / zero, 5e-324} // no NaN: its sign is the machine's business
	for _, a := range numbers {
		for _, b := range numbers {
			for _, c := range numbers {
				for _, d := range numbers {
					fmt.Println(divide(complex(a, b), complex(c, d)))
				}
			}
		}
	}
}

func divide(a, b complex128) complex128 { return a / b }

func faults() {
	s, text, array := make([]int, 3, 5), "héllo", [4]int{}
	zero, one, minus, five, six, nine := 0, 1, -1, 5, 6, 9
	huge := uint(1 << 63)
	small := int8(-7)
	var sink any
	show("index", func() { sink = s[five] })
	show("index negative", func() { sink = s[minus] })
	show("index int8", func() { sink = s[small] })
	show("index unsigned", func() { sink = s[huge] })
	show("index string", func() { sink = text[nine] })
	show("index array", func() { sink = array[nine] })
	show("slice cap", func() { sink = s[:nine] })
	show("slice cap negative", func() { sink = s[:minus] })
	show("slice string", func() { sink = text[:nine] })
	show("slice array", func() { sink = array[:nine] })
	show("slice low", func() { sink = s[five:one] })
	show("slice low negative", func() { sink = s[minus:] })
	show("slice low unsigned", func() { sink = s[huge:] })
	show("slice high unsigned", func() { sink = s[:huge] })
	show("slice max", func() { sink = s[:0:nine] })
	show("slice max negative", func() { sink = s[:0:minus] })
	show("slice max array", func() { sink = array[:0:nine] })
	show("slice high max", func() { sink = s[:five:one] })
	show("slice low high", func() { sink = s[five:one:five] })
	show("slice low high negative", func() { sink = s[minus:one:five] })
	show("convert", func() { sink = [6]int(s) })
	show("divide", func() { sink = one / zero })
	show("shift", func() { sink = one << minus })
	show("nil", func() { var p *square; sink = p.side })
	show("nil map", func() { var m map[string]int; m["x"] = 1 })
	show("unhashable", func() { m := map[any]int{}; m[s] = 1 })
	show("unhashable, nothing there", func() { m := map[any]int{}; sink = m[s] })
	show("unhashable, nil map", func() { var m map[[2]any]int; sink = m[[2]any{1, map[int]int{}}] })
	show("unhashable, deleted", func() { m := map[struct{ a fmt.Stringer }]int{}; delete(m, struct{ a fmt.Stringer }{stringers{}}) })
	show("unhashable func", func() { m := map[any]int{}; m[show] = 1 })
	show("uncomparable", func() { var a, b any = s, s; sink = a == b })
	show("uncomparable map", func() { var a, b any = map[int]int{}, map[int]int{}; sink = a == b })
	show("make slice", func() { sink = make([]int, minus) })
	show("make cap", func() { sink = make([]int, six, one) })
	show("make chan", func() { sink = make(chan int, minus) })
	show("send", func() { c := make(chan int, 1); close(c); c <- 1 })
	show("close", func() { c := make(chan int); close(c); close(c) })
	show("close nil", func() { var c chan int; close(c) })
	show("panic nil", func() { panic(nil) })
	var any1, none any = square{2}, nil
	var sh shape = square{2}
	var noShape shape
	show("assert", func() { sink = any1.(int) })
	show("assert same name", func() { type square struct{}; sink = any1.(square) })
	show("assert nil", func() { sink = none.(int) })
	show("assert shape", func() { sink = sh.(*blob2) })
	show("assert shape nil", func() { sink = noShape.(square) })
	show("assert interface", func() { sink = any1.(fmt.Stringer) })
	show("assert interface nil", func() { sink = none.(fmt.Stringer) })
	show("assert walker", func() { sink = sh.(walker) })
	show("assert pointer method", func() { var x any = blob{}; sink = x.(interface{ Walk() }) })
	show("assert reader", func() { var x any = 5; sink = x.(io.Reader) })
	show("wrap", func() { var p *square; sink = map[int]shape{1: p}[one].Area() })
	show("unsafe slice", func() { sink = unsafe.Slice(&one, minus) })
	show("unsafe slice nil", func() { var p *int; sink = unsafe.Slice(p, one) })
	show("unsafe string", func() { var b byte; sink = unsafe.String(&b, minus) })
	show("unsafe string nil", func() { var p *byte; sink = unsafe.String(p, one) })
	show("range after false", func() {
		for range func(yield func() bool) { yield(); yield() } {
			break
		}
	})
	show("range after exit", func() {
		var kept func() bool
		for range func(yield func() bool) { kept = yield } {
		}
		kept()
	})
	show("range after panic", func() {
		for range func(yield func() bool) {
			func() {
				defer func() { recover() }()
				yield()
			}()
			yield()
		} {
			panic("body")
		}
	})
	show("range swallowed", func() {
		for range func(yield func() bool) {
			defer func() { recover() }()
			yield()
		} {
			panic("body")
		}
	})
	_ = sink
}

type blob2 struct{}

func (*blob2) Area() float64 { return 0 }
