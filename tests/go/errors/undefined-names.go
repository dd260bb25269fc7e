package main

import "fmt"

type point struct{ x, y int }

func main() {
	fmt.Println(missing, point{}.z) // ERROR `undefined: missing` `point\{\}\.z undefined \(type point has no field or method z\)`
	fmt.Printn("no such function") // ERROR `undefined: fmt\.Printn`
	var p pont // ERROR `undefined: pont`
	p.scale(2)
	point{}.scale(2) // ERROR `point\{\}\.scale undefined \(type point has no field or method scale\)`
	undefinedFunction(alsoMissing) // ERROR `undefined: undefinedFunction` `undefined: alsoMissing`
	goto nowhere // ERROR `label nowhere not defined`
}
