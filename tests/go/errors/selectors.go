package main

import (
	"fmt"
	"strings"
	"time"
)

type a struct{ value int }
type b struct{ value int }
type both struct {
	a
	b
}

func main() {
	var v both
	_ = v.value // ERROR `ambiguous selector v\.value`
	_ = v.a.value
	_ = v.missing // ERROR `v\.missing undefined \(type both has no field or method missing\)`
	var p **both
	_ = p.a // ERROR `p\.a undefined \(type \*\*both has no field or method a\)`
	_ = strings.Missing // ERROR `undefined: strings\.Missing`
	_ = strings.explode // ERROR `undefined: strings\.explode`
	_ = time.Time{}.wall // ERROR `time\.Time\{\}\.wall undefined \(cannot refer to unexported field wall\)`
	var x int
	_ = x.field // ERROR `x\.field undefined \(type int has no field or method field\)`
	_ = fmt // ERROR `use of package fmt not in selector`
	fmt.Println = nil // ERROR `use of package fmt not in selector` `cannot assign to fmt\.Println \(neither addressable nor a map index expression\)`
	strings = nil // ERROR `use of package strings not in selector`
	_ = nil.x // ERROR `nil\.x undefined \(type untyped nil has no field or method x\)`
}
