// 9 More Go: Constants, iota and bits
// Constants are exact and have no type until they need one. iota counts the
// lines of a group.
package main

import "fmt"

type weekday int

const (
	monday weekday = iota
	tuesday
	wednesday
	_
	friday
)

func (d weekday) String() string { return [...]string{"Mo", "Tu", "We", "Th", "Fr"}[d] }

const (
	kib = 1 << (10 * (iota + 1))
	mib
	gib
)

type permission uint8

const (
	read permission = 1 << iota
	write
	execute
)

const (
	huge  = 1 << 100
	third = 1.0 / 3
	big   = huge >> 98
)

func main() {
	fmt.Println(monday, friday, friday-wednesday, weekday(3))
	fmt.Println(kib, mib, gib, big, third, third*3 == 1)

	p := read | execute
	fmt.Printf("%03b write %t execute %t\n", p, p&write != 0, p&execute != 0)
	p |= write
	p &^= read
	fmt.Printf("%03b %03b\n", p, p^0b111)

	var small uint8 = 250
	small += 10 // wraps
	var signed int8 = 127
	signed++
	fmt.Println(small, signed, -7/2, -7%2, 7>>1, -7>>1, uint32(1)<<31, 6&^3, 0x_ff, 0b1010, 0o17, 'a'+1)
	fmt.Println(float32(0.1), float64(float32(0.1)), 1e3, 5/2, 5/2.0, 1_000_000)
	x := 0.1
	fmt.Println(x+0.2 == 0.3, 0.1+0.2 == 0.3, x+0.2) // variables round, constants do not
}
