// Maps with keys of every kind of type, and what happens to keys that cannot be hashed.
package main

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"sort"
	"strings"
	"unsafe"
)

type Named string
type In struct {
	A int
	B any
	C string
}
type Blank struct {
	A int
	_ int
	B string
}
type Deep struct {
	X [2]In
	Y *int
	Z chan int
	F float64
	G complex64
}
type I interface{ M() }
type T1 int
type T2 struct{ s string }

func (T1) M()  {}
func (*T2) M() {}

type Bad struct {
	N int
	V any
}
type Arr [3][]int
type FnHolder struct{ I any }

func try(name string, f func()) {
	defer func() {
		r := recover()
		if e, ok := r.(error); ok {
			var re runtime.Error
			fmt.Printf("%s: %v (runtime.Error %v)\n", name, e, errors.As(e, &re))
		} else {
			fmt.Printf("%s: %v\n", name, r)
		}
	}()
	f()
}

// Printed by nobody: a key only.
type E struct{}

func main() {
	a := map[[2]string]int{{"a", "b"}: 1, {"c", ""}: 2}
	a[[2]string{"a", "b"}]++
	fmt.Println(a, a[[2]string{"x"}])
	b := map[[2][2]string]int{}
	for i := 0; i < 100; i++ {
		k := [2][2]string{{fmt.Sprint(i % 10), "x"}, {"y", strings.Repeat("z", i%5)}}
		b[k]++
	}
	fmt.Println(len(b))
	c := map[In]int{{1, "x", "c"}: 1, {1, 2, "c"}: 2, {1, nil, "c"}: 3, {1, In{2, 3.0, ""}, "c"}: 4}
	fmt.Println(c[In{1, "x", "c"}], c[In{1, 2, "c"}], c[In{1, nil, "c"}], c[In{1, In{2, 3.0, ""}, "c"}], c[In{1, int8(2), "c"}])
	d := map[float64]int{}
	nan := math.NaN()
	d[nan] = 1
	d[nan] = 2
	d[0.0] = 3
	neg := math.Copysign(0, -1)
	d[neg] = 4
	fmt.Println(len(d), d[0], d[neg], d[nan])
	delete(d, nan)
	fmt.Println(len(d))
	for k := range d {
		if k == 0 {
			fmt.Println(math.Signbit(k))
		}
	}
	clear(d)
	fmt.Println(len(d), d)
	e := map[complex128]string{complex(0, 0): "zero", complex(1, 2): "a"}
	e[complex(neg, neg)] = "negzero"
	e[complex(nan, 0)] = "n"
	e[complex(nan, 0)] = "n"
	fmt.Println(len(e), e[0], e[1+2i])
	ch1, ch2 := make(chan int), make(chan int)
	f := map[chan int]int{ch1: 1, ch2: 2}
	fmt.Println(f[ch1], f[ch2], f[nil])
	x, y := 1, 1
	g := map[*int]int{&x: 1, &y: 2}
	fmt.Println(g[&x], g[&y], g[nil])
	h := map[I]int{T1(1): 1, T1(2): 2, &T2{"a"}: 3, nil: 4}
	fmt.Println(h[T1(1)], h[T1(2)], h[&T2{"a"}], h[nil], len(h))
	k := map[any]string{1: "int", int8(1): "int8", "1": "string", Named("1"): "named", 1.0: "float", true: "bool", [1]int{1}: "arr", struct{}{}: "empty", E{}: "E", nil: "nil", 'a': "rune", complex64(1): "c64", ch1: "chan", &x: "ptr", unsafe.Pointer(&x): "up", uintptr(1): "uptr"}
	fmt.Println(len(k), k[1], k[int8(1)], k["1"], k[Named("1")], k[1.0], k[true], k[[1]int{1}], k[struct{}{}], k[E{}], k[nil], k['a'], k[complex64(1)], k[ch1], k[&x], k[unsafe.Pointer(&x)], k[uintptr(1)])
	k[math.NaN()] = "a"
	k[math.NaN()] = "a"
	fmt.Println(len(k))
	l := map[Blank]int{{A: 1, B: "x"}: 1}
	l[Blank{A: 1, B: "x"}]++
	fmt.Println(l)
	m := map[Deep]int{}
	dp := Deep{X: [2]In{{1, 2, "3"}, {4, "5", "6"}}, Y: &x, Z: ch1, F: neg, G: 1i}
	m[dp] = 7
	dp.F = 0
	fmt.Println(m[dp], len(m))
	dp.G = complex64(complex(nan, 1))
	m[dp] = 8
	m[dp] = 9
	fmt.Println(len(m))
	try("slice in any", func() { k[[]int{1}] = "x" })
	try("map in any", func() { _ = k[map[string]int{}] })
	try("func in any", func() { delete(k, func() {}) })
	try("struct with slice", func() { k[Bad{1, []string{}}] = "" })
	try("array of slices", func() { k[Arr{}] = "" })
	try("nested", func() { c[In{1, In{1, []int{}, ""}, ""}] = 1 })
	try("ptr fine", func() { k[&Bad{1, []int{}}] = "" })
	try("nil map write", func() { var q map[string]int; q["a"] = 1 })
	try("nil map any unhashable read", func() { var q map[any]int; _ = q[[]int{}] })
	try("empty map unhashable", func() { q := map[any]int{}; _ = q[[]int{}] })
	try("nil map delete unhashable", func() { var q map[any]int; delete(q, []int{}) })
	try("range nil", func() {
		var q map[any]int
		for range q {
		}
		fmt.Println(len(q))
	})
	try("compare", func() { var p, q any = []int{}, []int{}; fmt.Println(p == q) })
	try("compare2", func() { var p, q any = Bad{1, []int{}}, Bad{2, []int{}}; fmt.Println(p == q) })
	try("compare3", func() { var p, q any = Bad{1, []int{}}, Bad{1, []int{}}; fmt.Println(p == q) })
	try("compare4", func() { var p, q any = [2]any{1, func() {}}, [2]any{1, func() {}}; fmt.Println(p == q) })
	try("compare5", func() { var p any = map[string]int{}; fmt.Println(p == 1, p == nil) })
	big := map[[100]int]int{}
	var bk [100]int
	for i := 0; i < 50; i++ {
		bk[99] = i
		big[bk] = i
	}
	fmt.Println(len(big), big[bk])
	bigv := map[string][200]int{}
	v := bigv["none"]
	v[3] = 4
	bigv["a"] = v
	fmt.Println(bigv["a"][3], bigv["b"][3])
	mm := map[string]map[string]map[int][]string{}
	for i := range 20 {
		s := fmt.Sprint(i % 3)
		if mm[s] == nil {
			mm[s] = map[string]map[int][]string{}
		}
		if mm[s][s+s] == nil {
			mm[s][s+s] = make(map[int][]string)
		}
		mm[s][s+s][i] = append(mm[s][s+s][i], "x", fmt.Sprint(i))
	}
	fmt.Println(mm)
	// mutation during iteration
	it := map[int]int{}
	for i := range 1000 {
		it[i] = i
	}
	seen := 0
	for q := range it {
		delete(it, q)
		delete(it, q+1)
		delete(it, q-1)
		seen++
	}
	fmt.Println(len(it), seen > 300)
	grow := map[int]bool{0: true}
	for q := range grow {
		if q < 5000 {
			grow[q+1] = true
		}
	}
	fmt.Println(len(grow) >= 1)
	keys := []string{}
	for kk := range map[string]bool{"z": true, "y": false} {
		keys = append(keys, kk)
	}
	sort.Strings(keys)
	fmt.Println(keys)
	type gk[T comparable] struct{ v T }
	gg := map[gk[string]]int{{"a"}: 1}
	gg[gk[string]{"a"}] += 2
	fmt.Println(gg)
	mi := map[int32]int{-1: 1, math.MinInt32: 2}
	mu := map[uint8]int{255: 3}
	mb := map[bool]int{true: 1}
	mu16 := map[uint16]string{65535: "a"}
	fmt.Println(mi, mu, mb, mu16)
	me := map[struct{}]int{}
	me[struct{}{}]++
	me[struct{}{}]++
	fmt.Println(me)
	ma := map[[0]int]int{}
	ma[[0]int{}]++
	fmt.Println(ma)
}
