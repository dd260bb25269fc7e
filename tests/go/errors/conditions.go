package main

func main() {
	x := 1
	if x { // ERROR `non-boolean condition in if statement`
	}
	if x = 2; x == 2 {
	}
	if y := x; y { // ERROR `non-boolean condition in if statement`
	}
	for x { // ERROR `non-boolean condition in for statement`
	}
	for i := 0; i; i++ { // ERROR `non-boolean condition in for statement`
	}
	for i := 0; i < "a"; i++ { // ERROR `invalid operation: i < "a" \(mismatched types int and untyped string\)`
	}
	switch x {
	case "a": // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	case 1.5: // ERROR `1\.5 \(untyped float constant\) truncated to int`
	case nil: // ERROR `cannot convert nil to type int`
	case true: // ERROR `cannot convert true \(untyped bool constant\) to type int`
	}
	switch {
	case x: // ERROR `invalid case x in switch on true \(mismatched types int and bool\)`
	case 1: // ERROR `cannot convert 1 \(untyped int constant\) to type bool`
	}
	switch main {
	}
	if nil { // ERROR `non-boolean condition in if statement`
	}
	if "" == x { // ERROR `invalid operation: "" == x \(mismatched types untyped string and int\)`
	}
	switch x := x.(type) { // ERROR `x declared and not used` `x \(variable of type int\) is not an interface`
	}
	switch y := 5; y {
	case y:
	}
}
