package main

func main() {
	break // ERROR `break is not in a loop, switch, or select`
	continue // ERROR `continue is not in a loop`
	if true {
		break // ERROR `break is not in a loop, switch, or select`
	}
	switch {
	case true:
		continue // ERROR `continue is not in a loop`
	}
	func() {
		for {
			func() { break }() // ERROR `break is not in a loop, switch, or select`
		}
	}()
unused: // ERROR `label unused defined and not used`
	for {
		break missing // ERROR `break label not defined: missing`
	}
here:
	for {
		continue there // ERROR `continue label not defined: there`
	}
there:
	{
		for {
			continue there // ERROR `invalid continue label there`
		}
		break there // ERROR `invalid break label there`
	}
	goto inside // ERROR `goto inside jumps into block starting at \./branches\.go:34:2`
	{
	inside:
	}
	goto over // ERROR `goto over jumps over declaration of x at \./branches\.go:38:4`
	x := 1
over:
	_ = x
	goto here
here: // ERROR `label here already defined at \./branches\.go:22:1`
	switch {
	case true:
		fallthrough
	case false:
		if true {
			fallthrough // ERROR `fallthrough statement out of place`
		}
	default:
		fallthrough // ERROR `cannot fallthrough final case in switch`
	}
	switch any(x).(type) {
	case int:
		fallthrough // ERROR `cannot fallthrough in type switch`
	default:
	}
}
