// print shows a float32 by the shortest digits that read back as that float32.
package main

func main() {
	for _, f := range []float32{0.1, 0.3, 1.0 / 3, 16777216, 16777217, 3.4028235e38, 1e-45, 123456.7, -0.000012345} {
		println(f, float64(f), complex(f, -f), complex(float64(f), 0.1))
	}
}
