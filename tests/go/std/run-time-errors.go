// runtime: the errors of run-time faults. Go's own are made by doing what must not be done (real.go), ours by calling what
// compiled code calls then (ours.go).
package main

import (
	"fmt"
	"io"
	"runtime"
)

type shape interface{ Area() float64 }

type walker interface {
	shape
	Walk()
}

type square struct{ side float64 }

func (s square) Area() float64 { return s.side * s.side }

type blob struct{}

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
	numbers := []float64{0, -zero, 1, -2.5, 1e308, 1 / zero, -1 / zero, zero / zero, 5e-324}
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

var _ io.Reader
