// Package fmt prints and reads formatted values.
//
// A printer gathers one call's output in a byte slice. Every piece is appended first and padded where it stands, so
// nothing is formatted into a place of its own. Values whose type the printer does not know are walked by their type
// descriptors (package rtype), not by reflect.
package fmt

import (
	"io"
	"os"
)

// State is what a Formatter is given: where to write and what stood between % and the verb.
type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

// Formatter has its own say for every verb.
type Formatter interface {
	Format(f State, verb rune)
}

// Stringer has its own say where a string will do.
type Stringer interface {
	String() string
}

// GoStringer has its own say for %#v.
type GoStringer interface {
	GoString() string
}

func Printf(format string, a ...any) (n int, err error) { return Fprintf(os.Stdout, format, a...) }
func Print(a ...any) (n int, err error)                 { return Fprint(os.Stdout, a...) }
func Println(a ...any) (n int, err error)               { return Fprintln(os.Stdout, a...) }

func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	p := newPrinter()
	p.printf(format, a)
	n, err = w.Write(p.out)
	p.free()
	return n, err
}

func Fprint(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.print(a)
	n, err = w.Write(p.out)
	p.free()
	return n, err
}

func Fprintln(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.println(a)
	n, err = w.Write(p.out)
	p.free()
	return n, err
}

func Sprintf(format string, a ...any) string {
	p := newPrinter()
	p.printf(format, a)
	return p.text()
}

func Sprint(a ...any) string {
	p := newPrinter()
	p.print(a)
	return p.text()
}

func Sprintln(a ...any) string {
	p := newPrinter()
	p.println(a)
	return p.text()
}

func Appendf(b []byte, format string, a ...any) []byte {
	p := newPrinter()
	p.printf(format, a)
	return p.appendTo(b)
}

func Append(b []byte, a ...any) []byte {
	p := newPrinter()
	p.print(a)
	return p.appendTo(b)
}

func Appendln(b []byte, a ...any) []byte {
	p := newPrinter()
	p.println(a)
	return p.appendTo(b)
}
