// 9 More Go: Methods as values
// A method bound to its receiver is a function; a method of a type takes the
// receiver as its first argument. Value receivers get a copy, pointer
// receivers the thing itself.
package main

import (
	"fmt"
	"strings"
)

type account struct {
	owner   string
	balance int
	log     []string
}

func (a *account) deposit(n int) *account {
	a.balance += n
	a.log = append(a.log, fmt.Sprintf("%+d", n))
	return a
}

func (a account) with(owner string) account {
	a.owner = owner // only the copy's
	return a
}

func (a account) String() string { return fmt.Sprintf("%s has %d", a.owner, a.balance) }

type temperature float64

func (t temperature) fahrenheit() float64 { return float64(t)*9/5 + 32 }

type operation func(int, int) int

func (op operation) fold(numbers ...int) int {
	result := numbers[0]
	for _, n := range numbers[1:] {
		result = op(result, n)
	}
	return result
}

func main() {
	a := account{owner: "Ann"}
	add := a.deposit // bound to a
	add(50)
	a.deposit(20).deposit(-5)
	b := a.with("Bob")
	(*account).deposit(&b, 100)
	fmt.Println(a, b, strings.Join(a.log, " "), len(b.log))

	convert := temperature.fahrenheit
	fmt.Println(convert(100), convert(-40))

	fmt.Println(operation(func(x, y int) int { return x*10 + y }).fold(1, 2, 3, 4))
	table := map[string]func(string) string{"up": strings.ToUpper, "trim": strings.TrimSpace}
	fmt.Println(table["up"](table["trim"]("  shout  ")))

	p := &a
	q := p
	q.owner = "Anna"
	fmt.Println(p.owner, a.owner, p == q)
}
