package main

import "fmt"

type number interface{ ~int | ~float64 }

func sum[T number](values ...T) (total T) {
	for _, v := range values {
		total += v
	}
	return
}

func convert[From, To any](from From, to func(From) To) To { return to(from) }

func zero[T any]() T {
	var z T
	return z
}

type pair[A, B any] struct {
	a A
	b B
}

func (p pair[A, B]) swap() pair[B, A] { return pair[B, A]{p.b, p.a} }

func main() {
	fmt.Println(sum("a", "b")) // ERROR `string does not satisfy number \(string missing in ~int \| ~float64\)`
	fmt.Println(sum(1, 2.5))
	fmt.Println(sum(1, "a")) // ERROR `in call to sum, mismatched types untyped int and untyped string \(cannot infer T\)`
	fmt.Println(sum[int](1.5)) // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in argument to sum\[int\] \(truncated\)`
	fmt.Println(sum[string]()) // ERROR `string does not satisfy number \(string missing in ~int \| ~float64\)`
	fmt.Println(sum[int, int]()) // ERROR `got 2 type arguments but want 1`
	fmt.Println(sum()) // ERROR `in call to sum, cannot infer T \(declared at \./generic-inference\.go:7:10\)`
	fmt.Println(zero()) // ERROR `in call to zero, cannot infer T \(declared at \./generic-inference\.go:16:11\)`
	fmt.Println(zero[int]() + zero[string]()) // ERROR `invalid operation: zero\[int\]\(\) \+ zero\[string\]\(\) \(mismatched types int and string\)`
	_ = convert(1, func(s string) int { return 0 }) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to convert`
	_ = pair{1, 2} // ERROR `cannot use generic type pair\[A, B any\] without instantiation`
	_ = pair[int]{1, 2} // ERROR `not enough type arguments for type pair: have 1, want 2`
	_ = pair[int, string]{1, 2} // ERROR `cannot use 2 \(untyped int constant\) as string value in struct literal`
	_ = pair[int, string, bool]{} // ERROR `too many type arguments for type pair: have 3, want 2`
	_ = pair[int, string]{}.swap().a + 1 // ERROR `invalid operation: pair\[int, string\]\{\}\.swap\(\)\.a \+ 1 \(mismatched types string and untyped int\)`
	f := sum // ERROR `declared and not used: f` `cannot use generic function sum without instantiation`
	var g func(...int) int = sum
	_ = g
	var p pair // ERROR `declared and not used: p` `cannot use generic type pair\[A, B any\] without instantiation`
	_ = main[int] // ERROR `cannot index main \(value of type func\(\)\)`
	_ = fmt.Println[int] // ERROR `cannot index fmt\.Println \(value of type func\(a \.\.\.any\) \(n int, err error\)\)`
}
