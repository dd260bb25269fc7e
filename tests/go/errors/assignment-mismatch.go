package main

func pair() (int, string) { return 1, "" }
func nothing()            {}

func main() {
	a, b, c := pair() // ERROR `assignment mismatch: 3 variables but pair returns 2 values`
	d := pair() // ERROR `assignment mismatch: 1 variable but pair returns 2 values`
	var e, f int = 1 // ERROR `assignment mismatch: 2 variables but 1 value`
	a, b = 1, 2, 3
	g := nothing() // ERROR `nothing\(\) \(no value\) used as value`
	var h int = nothing() // ERROR `nothing\(\) \(no value\) used as value`
	a, b = b
	_, _, _, _, _, _, _ = a, c, d, e, f, g, h
}
