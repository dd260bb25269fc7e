package main

type number int

func (n number) Double() number { return n * 2 }
func (n *number) Reset()        { *n = 0 }

func (x int) Wrong()      {} // ERROR `cannot define new methods on non-local type int`
func (x *[]int) Wrong()   {} // ERROR `invalid receiver type \*\[\]int`
func (x **number) Wrong() {} // ERROR `invalid receiver type \*\*number`
func (x missing) Wrong()  {} // ERROR `undefined: missing`

type pointer *number

func (p pointer) Wrong() {} // ERROR `invalid receiver type pointer \(pointer or interface type\)`

type iface interface{ Double() number }

func (i iface) Wrong() {} // ERROR `invalid receiver type iface \(pointer or interface type\)`

func main() {
	number(1).Reset() // ERROR `cannot call pointer method Reset on number`
	number(1).Missing() // ERROR `number\(1\)\.Missing undefined \(type number has no field or method Missing\)`
	var n number
	n.Double = nil // ERROR `cannot assign to n\.Double \(neither addressable nor a map index expression\)`
	n.double() // ERROR `n\.double undefined \(type number has no field or method double, but does have method Double\)`
	_ = number.Reset // ERROR `invalid method expression number\.Reset \(needs pointer receiver \(\*number\)\.Reset\)`
	_ = (*number).Reset
	p := &n
	pp := &p
	pp.Double() // ERROR `pp\.Double undefined \(type \*\*number has no field or method Double\)`
	var i iface = n
	pi := &i
	pi.Double() // ERROR `pi\.Double undefined \(type \*iface is pointer to interface, not interface\)`
}
