// Operands on the left are evaluated before the values they get; shifts by constants of any kind; arrays without elements.
package main

import "fmt"

var trace string

func at(name string, i int) int { trace += name; return i }

func two() (int, int) { trace += "two "; return 7, 8 }

type five struct{ a, b, c, d, e int }

func empty(i int) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	array := [0]five{}
	array[i].a++
	return
}

func zero[T ~complex64 | ~complex128]() T { return T(0) + T(2.5) }

const first number = 3

type number int

func (n number) next() *number { n++; return &n }

func main() {
	m := map[int]int{}
	p := func(name string) *int { trace += name; return new(int) }
	m[at("key ", 1)], *p("pointer ") = two()
	fmt.Println(trace, m)

	x, y, i := []int{10, 20}, []int{99}, 1
	for i, x[i] = range y {
		break
	}
	fmt.Println(i, x)
	i, x[i] = 1, 5
	fmt.Println(i, x)
	var ok bool
	trace = ""
	m[at("left ", 2)], ok = m[at("right ", 1)]
	fmt.Println(trace, m, ok)

	n := 1
	fmt.Println(n<<1., n<<(1+0i), n<<(1.<<n))
	n <<= 2.0
	fmt.Println(n, empty(0), zero[complex64](), zero[complex128](), *first.next())
	for _, v := range [0]func(){} {
		v()
	}
}
