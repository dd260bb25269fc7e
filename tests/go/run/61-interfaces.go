// 9 More Go: Interfaces and embedding
// A type satisfies an interface by having its methods. An embedded type's
// methods are the outer type's too, unless it has its own.
package main

import (
	"fmt"
	"math"
	"sort"
)

type shape interface {
	area() float64
	name() string
}

type named string

func (n named) name() string { return string(n) }

type circle struct {
	named
	radius float64
}

type rectangle struct {
	named
	width, height float64
}

type square struct{ rectangle }

func (c circle) area() float64    { return math.Pi * c.radius * c.radius }
func (r rectangle) area() float64 { return r.width * r.height }
func (s square) name() string     { return "square, a " + s.rectangle.name() }

func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case circle, rectangle:
		return fmt.Sprintf("plain %T", v)
	case shape:
		return "some shape called " + v.name()
	case fmt.Stringer:
		return "it says " + v.String()
	case int, float64:
		return fmt.Sprintf("number %v", v)
	case func() int:
		return fmt.Sprint("function giving ", v())
	case error:
		return "error " + v.Error()
	default:
		return fmt.Sprintf("unknown %T", v)
	}
}

func main() {
	shapes := []shape{circle{"circle", 1.5}, rectangle{"rectangle", 2, 5}, square{rectangle{"rectangle", 2, 2}}}
	sort.Slice(shapes, func(i, j int) bool { return shapes[i].area() < shapes[j].area() })
	for _, s := range shapes {
		fmt.Printf("%-22s %6.2f\n", s.name(), s.area())
	}
	for _, v := range []any{nil, shapes[0], shapes[1], 3, 2.5, "text", func() int { return 7 }, fmt.Errorf("oops"), []int{1}, &shapes} {
		fmt.Println(describe(v))
	}
	_, ok := any(shapes[0]).(interface{ perimeter() float64 })
	fmt.Println("has a perimeter:", ok)
}
