package main

type plain struct{ x int }
type deep struct{ list []int }

func main() {
	var s, t []int
	var m map[string]int
	var f func()
	var e any
	var c1 chan int
	var c2 chan string
	_ = s == t // ERROR `invalid operation: s == t \(slice can only be compared to nil\)`
	_ = m == m // ERROR `invalid operation: m == m \(map can only be compared to nil\)`
	_ = f == f // ERROR `invalid operation: f == f \(func can only be compared to nil\)`
	_ = s == nil
	_ = deep{} == deep{} // ERROR `invalid operation: deep\{\} == deep\{\} \(struct containing \[\]int cannot be compared\)`
	_ = plain{} == plain{}
	_ = plain{} < plain{} // ERROR `invalid operation: plain\{\} < plain\{\} \(operator < not defined on struct\)`
	_ = e == s // ERROR `invalid operation: e == s \(slice can only be compared to nil\)`
	_ = e < e // ERROR `invalid operation: e < e \(operator < not defined on interface\)`
	_ = c1 == c2 // ERROR `invalid operation: c1 == c2 \(mismatched types chan int and chan string\)`
	_ = nil == nil // ERROR `invalid operation: nil == nil \(operator == not defined on untyped nil\)`
	_ = 1 == nil // ERROR `invalid operation: 1 == nil \(mismatched types untyped int and untyped nil\)`
	_ = "" == nil // ERROR `invalid operation: "" == nil \(mismatched types untyped string and untyped nil\)`
	_ = true < false // ERROR `invalid operation: true < false \(operator < not defined on untyped bool\)`
	_ = 1i < 2i // ERROR `invalid operation: 1i < 2i \(operator < not defined on untyped complex\)`
	_ = [2][]int{} == [2][]int{} // ERROR `invalid operation: \[2\]\[\]int\{\} == \[2\]\[\]int\{\} \(\[2\]\[\]int cannot be compared\)`
	_ = &plain{} == &deep{} // ERROR `invalid operation: &plain\{\} == &deep\{\} \(mismatched types \*plain and \*deep\)`
	_ = e == 1
	_ = 1 == "a" // ERROR `invalid operation: 1 == "a" \(mismatched types untyped int and untyped string\)`
	_ = map[[]int]string{} // ERROR `invalid map key type \[\]int`
	_ = map[deep]int{} // ERROR `invalid map key type deep`
	_ = map[func()]int{} // ERROR `invalid map key type func\(\)`
	switch s {
	case nil:
	case t: // ERROR `invalid case t in switch on s \(slice can only be compared to nil\)`
	}
}
