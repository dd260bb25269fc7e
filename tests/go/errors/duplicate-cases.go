package main

func main() {
	x, s := 1, ""
	var e any
	switch x {
	case 1, 2:
	case 3, 1: // ERROR `duplicate case 1 \(constant of type int\) in expression switch`
	default:
	default: // ERROR `multiple defaults \(first at \./duplicate-cases\.go:9:2\)`
	}
	switch s {
	case "a", "b", "a": // ERROR `duplicate case "a" \(constant of type string\) in expression switch`
	}
	switch e.(type) {
	case int:
	case string, int: // ERROR `duplicate case int in type switch`
	case nil, nil: // ERROR `duplicate case nil in type switch`
	}
	switch {
	case true:
	case true:
	}
	_ = map[string]int{"a": 1, "b": 2, "a": 3} // ERROR `duplicate key "a" in map literal`
	_ = []int{0: 1, 2, 1: 3} // ERROR `duplicate index 1 in array or slice literal`
	_ = struct{ x, y int }{x: 1, x: 2} // ERROR `duplicate field name x in struct literal`
}
