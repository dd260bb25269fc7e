package main

type A struct
type B interface { // ERROR `syntax error: unexpected keyword type, expected \{`
	f() int
	g
	5 // ERROR `syntax error: unexpected literal 5, expected ~ term or type`
}
type C [int // ERROR `syntax error: unexpected keyword type, expected field name or embedded type`
type D map[string // ERROR `syntax error: unexpected keyword type, expected field name or embedded type`
type E map string int // ERROR `syntax error: unexpected keyword type, expected field name or embedded type`
type F chan<-<- int // ERROR `syntax error: unexpected keyword type, expected field name or embedded type`
type G * // ERROR `syntax error: unexpected keyword type, expected field name or embedded type`
type H func(
type I = 
type J []
type K ...int // ERROR `syntax error: unexpected keyword type, expected field name or embedded type`

func main() {} // ERROR `syntax error: unexpected keyword func, expected field name or embedded type`
