package main

func main() {
	var f float64 = 1
	var i, n int = 1, 2
	_ = f << 2 // ERROR `invalid operation: shifted operand f \(variable of type float64\) must be integer`
	_ = 1.5 << 2 // ERROR `invalid operation: shifted operand 1\.5 \(untyped float constant\) must be integer`
	_ = i << 1.5 // ERROR `1\.5 \(untyped float constant\) truncated to uint`
	_ = i << -1 // ERROR `invalid operation: negative shift count -1 \(untyped int constant\)`
	_ = i >> f // ERROR `invalid operation: shift count f \(variable of type float64\) must be integer`
	_ = 1.0 << n // ERROR `invalid operation: shifted operand 1\.0 \(type float64\) must be integer`
	var g float64 = 1 << n // ERROR `invalid operation: shifted operand 1 \(type float64\) must be integer`
	_ = "x" << 1 // ERROR `invalid operation: shifted operand "x" \(untyped string constant\) must be integer`
	_ = int8(1) << 100 // ERROR `int8\(1\) << 100 \(constant 1267650600228229401496703205376 of type int8\) overflows int8`
	_ = uint8(1<<8) + 1 // ERROR `constant 256 overflows uint8`
	_ = g
}
