package main

type T struct {
	a int
	a string // ERROR `a redeclared`
}

func (T) m() {}
func (T) m() {} // ERROR `method T\.m already declared at \./duplicate-declarations\.go:8:10`
func (T) a() {} // ERROR `field and method with the same name a`

type T int // ERROR `T redeclared in this block`

const c = 1

var c = 2 // ERROR `c redeclared in this block`

func main(x int) {} // ERROR `func main must have no arguments and no return values`

func f(p int, p string) (p error) { return nil } // ERROR `p redeclared in this block`

func init() int { return 0 } // ERROR `func init must have no arguments and no return values`

var init = 1 // ERROR `cannot declare init - must be func`

type I interface {
	m()
	m() // ERROR `duplicate method m`
}
