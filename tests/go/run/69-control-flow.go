// 9 More Go: Loops, labels and switches
// Break and continue may name a loop. A switch needs no break, may have no
// tag, and falls through only when told to.
package main

import "fmt"

func grade(points int) string {
	switch {
	case points >= 90:
		return "excellent"
	case points >= 50:
		return "passed"
	}
	return "failed"
}

func season(month int) (s string) {
	switch month {
	case 12, 1, 2:
		s = "winter"
	case 3, 4, 5:
		s = "spring"
	case 6, 7, 8:
		s = "summer"
	default:
		s = "autumn"
	}
	return s
}

func main() {
	// Pythagorean triples
search:
	for a := 1; a < 20; a++ {
		for b := a; b < 20; b++ {
			for c := b; c < 20; c++ {
				switch {
				case a*a+b*b < c*c:
					continue search // c only grows: try the next a
				case a*a+b*b == c*c:
					fmt.Println(a, b, c)
					if a == 5 {
						break search
					}
				}
			}
		}
	}
	fmt.Println(grade(95), grade(60), grade(10), season(1), season(10))

	for n := 1; n <= 4; n++ {
		fmt.Print(n, ":")
		switch n {
		case 1:
			fmt.Print(" one")
			fallthrough
		case 2:
			fmt.Print(" two")
		case 3:
			if n == 3 {
				break
			}
			fmt.Print(" never")
		default:
			fmt.Print(" many")
		}
		fmt.Print("; ")
	}
	fmt.Println()

	i := 0
again:
	if i < 3 {
		fmt.Print("goto ", i, " ")
		i++
		goto again
	}
	n := 100
	for n > 1 {
		n /= 3
	}
	fmt.Println(n)
	for i, c := range "Go!" {
		fmt.Print(i, string(c), " ")
	}
	for range 2 {
		fmt.Print("hip ")
	}
	fmt.Println("hooray")
}
