// A float32 is printed with the digits that it takes to read it back as one.
package main

type ratio float32

func main() {
	println(float32(0.1), ratio(0.3), float32(1e10), complex64(0.1+0.2i), 0.1)
	panic(float32(0.7))
}
