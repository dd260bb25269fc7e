package main

func main() {
	x := 1 // ERROR `declared and not used: x`
	var y, z int // ERROR `declared and not used: y`
	y = 2
	for i, v := range []int{1} { // ERROR `declared and not used: i` `declared and not used: v`
	}
	if err := fail(); true { // ERROR `declared and not used: err`
	}
	f := func(unusedParameter int) { w := 3 } // ERROR `declared and not used: f` `declared and not used: w`
	_ = z
}

func fail() error { return nil }
