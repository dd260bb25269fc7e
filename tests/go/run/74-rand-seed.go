// 9 More Go: Random numbers that repeat
// A source with a seed gives the same numbers every time: good for tests and
// for games that can be played again.
package main

import (
	"fmt"
	"math/rand"
)

func walk(r *rand.Rand, steps int) (x, y int) {
	for range steps {
		switch r.Intn(4) {
		case 0:
			x++
		case 1:
			x--
		case 2:
			y++
		case 3:
			y--
		}
	}
	return x, y
}

func main() {
	r := rand.New(rand.NewSource(2009))
	fmt.Println(r.Intn(100), r.Intn(100), r.Intn(100), r.Perm(6))
	cards := []string{"A♠", "K♥", "Q♦", "J♣", "10♠"}
	r.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
	fmt.Println(cards)
	fmt.Println(walk(rand.New(rand.NewSource(1)), 1000))
	fmt.Println(walk(rand.New(rand.NewSource(1)), 1000))

	inside := 0
	const throws = 100000
	for range throws {
		x, y := r.Float64(), r.Float64()
		if x*x+y*y < 1 {
			inside++
		}
	}
	fmt.Printf("π is about %.3f\n", 4*float64(inside)/throws)
	fmt.Println("unseeded, but within bounds:", rand.Intn(10) < 10)
}
