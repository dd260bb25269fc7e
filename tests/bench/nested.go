// Loops that lie in main itself, which is entered once: a product of two matrices of 300 by 300, in microseconds; the best
// of ten.
package main

import (
	"fmt"
	"time"
)

func main() {
	const n = 300
	var a, b, c [n][n]float64
	for i := range a {
		for j := range a[i] {
			a[i][j] = float64(i + j)
			b[i][j] = float64(i - j)
		}
	}
	best := time.Hour
	for r := 0; r < 10; r++ {
		start := time.Now()
		for i := 0; i < n; i++ {
			for j := 0; j < n; j++ {
				sum := 0.0
				for k := 0; k < n; k++ {
					sum += a[i][k] * b[k][j]
				}
				c[i][j] = sum
			}
		}
		if elapsed := time.Since(start); elapsed < best {
			best = elapsed
		}
	}
	if c[3][4] != 8906600 {
		panic(c[3][4])
	}
	fmt.Println("us", best.Microseconds())
}
