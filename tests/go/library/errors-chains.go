// errors: New, Is, As, AsType, Join, Unwrap over chains and trees.
package main

import (
	"errors"
	"fmt"
	"io"
)

type code int

func (c code) Error() string { return fmt.Sprint("code ", int(c)) }

type pointerError struct{ text string }

func (p *pointerError) Error() string { return p.text }

type slices struct{ list []int }

func (s slices) Error() string { return fmt.Sprint(s.list) }

type looksLike struct{ target error }

func (l looksLike) Error() string        { return "looks like " + l.target.Error() }
func (l looksLike) Is(target error) bool { return target == l.target }

type turnsInto struct{}

func (turnsInto) Error() string { return "turns into" }
func (turnsInto) As(target any) bool {
	if c, ok := target.(*code); ok {
		*c = 77
		return true
	}
	return false
}

type wrap struct {
	text  string
	inner error
}

func (w wrap) Error() string { return w.text }
func (w wrap) Unwrap() error { return w.inner }

type tree []error

func (t tree) Error() string   { return "tree" }
func (t tree) Unwrap() []error { return t }

type coded interface{ Code() int }

type withCode struct{ code }

func (w withCode) Code() int { return int(w.code) }

func try(f func()) {
	defer func() { fmt.Println("panic:", recover()) }()
	f()
}

func main() {
	a, b := errors.New("a"), errors.New("b")
	p := &pointerError{"p"}
	all := []error{nil, a, b, code(1), code(2), p, slices{[]int{1}}, looksLike{a}, turnsInto{}, wrap{"w", a}, wrap{"n", nil}, wrap{"c", code(1)}, errors.Join(a, nil, b), errors.Join(nil), errors.Join(p),
		tree{nil, code(2), wrap{"x", p}}, tree{}, wrap{"deep", wrap{"deeper", errors.Join(errors.Join(code(1)), withCode{9})}}, withCode{5}, io.EOF, errors.ErrUnsupported}
	for _, e := range all {
		fmt.Println(e, errors.Unwrap(e))
		for _, target := range all {
			func() {
				defer func() {
					if r := recover(); r != nil {
						fmt.Print("panic ")
					}
				}()
				fmt.Print(errors.Is(e, target), " ")
			}()
		}
		fmt.Println()
		var c code
		var q *pointerError
		var i coded
		var s slices
		var any error
		fmt.Println(errors.As(e, &c), c, errors.As(e, &q), q, errors.As(e, &i), i, errors.As(e, &s), s, errors.As(e, &any), any)
		t, ok := errors.AsType[code](e)
		u, ok2 := errors.AsType[*pointerError](e)
		fmt.Println(t, ok, u, ok2)
	}
	try(func() { errors.As(a, nil) })
	try(func() { errors.As(a, code(1)) })
	try(func() { var c *code; errors.As(a, c) })
	try(func() { var n int; errors.As(a, &n) })
	try(func() { fmt.Println(errors.As(nil, nil)) })
	fmt.Println(errors.New("x") == errors.New("x"))
}
