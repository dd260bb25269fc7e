package main

import (
	"fmt"
	"io"
)

type shape interface {
	Area() float64
	Name() string
}

type square struct{ side float64 }

func (s *square) Area() float64 { return s.side * s.side }
func (s *square) Name() string  { return "square" }

type circle struct{}

func (circle) Area() int    { return 3 }
func (circle) Name() string { return "circle" }

type line struct{}

func (line) name() string  { return "" }
func (line) Area() float64 { return 0 }

func main() {
	var s shape
	s = square{2} // ERROR `cannot use square\{…\} \(value of struct type square\) as shape value in assignment: square does not implement shape \(method Area has pointer receiver\)`
	s = circle{} // ERROR `cannot use circle\{\} \(value of struct type circle\) as shape value in assignment: circle does not implement shape \(wrong type for method Area\)`
	s = line{} // ERROR `cannot use line\{\} \(value of struct type line\) as shape value in assignment: line does not implement shape \(missing method Name\)`
	s = nil
	s = 5 // ERROR `cannot use 5 \(constant of type int\) as shape value in assignment: int does not implement shape \(missing method Area\)`
	var r io.Reader = s // ERROR `cannot use s \(variable of interface type shape\) as io\.Reader value in variable declaration: shape does not implement io\.Reader \(missing method Read\)`
	var w io.Writer = r // ERROR `cannot use r \(variable of interface type io\.Reader\) as io\.Writer value in variable declaration: io\.Reader does not implement io\.Writer \(missing method Write\)`
	_ = s.(square) // ERROR `impossible type assertion: s\.\(square\)`
	_ = s.(circle) // ERROR `impossible type assertion: s\.\(circle\)`
	_ = s.(fmt.Stringer)
	_ = s.(int) // ERROR `impossible type assertion: s\.\(int\)`
	x := 5
	_ = x.(int) // ERROR `invalid operation: x \(variable of type int\) is not an interface`
	_ = s.Perimeter() // ERROR `s\.Perimeter undefined \(type shape has no field or method Perimeter\)`
	switch s.(type) {
	case line: // ERROR `impossible type switch case: line`
	case *square:
	}
	switch y := s.(type) { // ERROR `y declared and not used`
	}
	switch x.(type) { // ERROR `x \(variable of type int\) is not an interface`
	}
	_ = w
	_ = s.(type) // ERROR `invalid syntax tree: use of \.\(type\) outside type switch`
}
