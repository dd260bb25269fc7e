// 3.5 The GOMAXPROCS lever: What Amdahl says
// If a part of the work must be done one after the other, no number of
// processors makes it faster than that part. GOMAXPROCS tells, and sets, how
// many there may be at work.
package main

import (
	"fmt"
	"runtime"
)

func amdahl(serial float64, processors int) float64 {
	return 1 / (serial + (1-serial)/float64(processors))
}

func main() {
	fmt.Print("serial part")
	processors := []int{1, 2, 4, 8, 64, 1024}
	for _, p := range processors {
		fmt.Printf("%8d", p)
	}
	fmt.Println()
	for _, serial := range []float64{0, 0.01, 0.05, 0.25, 0.5} {
		fmt.Printf("%10.0f%%", serial*100)
		for _, p := range processors {
			fmt.Printf("%8.2f", amdahl(serial, p))
		}
		fmt.Println()
	}

	old := runtime.GOMAXPROCS(3)
	fmt.Println("set to", runtime.GOMAXPROCS(0), "and it had been positive:", old > 0)
	fmt.Println("asking changes nothing:", runtime.GOMAXPROCS(-1), runtime.GOMAXPROCS(0))
}
