// Interface values that hold interface values, hundreds of thousands deep, are compared and used as keys.
package main

type N struct{ next any }

func build(n int) any {
	var v any = 1
	for range n {
		v = N{v}
	}
	return v
}

type M struct {
	x    int
	next any
}

func build2(n int) any {
	var v any = 1
	for range n {
		v = M{n, v}
	}
	return v
}

func main() {
	a, b := build(300_000), build(300_000)
	println(a == b)
	println(a == build(299_999))
	m := map[any]int{}
	m[a] = 1
	println(m[b], len(m))
	a, b = build2(300_000), build2(300_000)
	println(a == b)
	m[a] = 2
	println(m[b], len(m))
}
