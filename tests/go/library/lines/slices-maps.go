// slices, maps, cmp and container/...: what they give, and where equal elements end up.
package main

import (
	"bufio"
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

type pair struct {
	key  int
	text string
}

type names []string

type queue []pair

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].key < q[j].key }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(pair)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

func slicesMaps(out *bufio.Writer) {
	r := random(14)
	try := func(f func()) {
		defer func() {
			if e := recover(); e != nil {
				fmt.Fprintln(out, "panic:", e)
			}
		}()
		f()
	}
	byKey := func(a, b pair) int { return cmp.Compare(a.key, b.key) }
	for _, n := range []int{0, 1, 2, 5, 11, 12, 13, 30, 50, 51, 100, 500, 3000} {
		for shape := 0; shape < 6; shape++ {
			x := make([]pair, n)
			for i := range x {
				x[i] = pair{[]int{r.below(n + 1), r.below(3), i, n - i, i % 5, 7}[shape], fmt.Sprint(i)}
			}
			y, z := slices.Clone(x), slices.Clone(x)
			slices.SortFunc(y, byKey)
			slices.SortStableFunc(z, byKey)
			if n <= 100 {
				fmt.Fprintln(out, y, z)
			} else {
				h := 0
				for i := range y {
					h = h*31 + y[i].key*7 + len(y[i].text)
					for _, c := range y[i].text + z[i].text {
						h = h*33 + int(c)
					}
				}
				fmt.Fprintln(out, h)
			}
			floats := make([]float64, n)
			for i := range floats {
				floats[i] = float64(x[i].key) - 2
				if x[i].key == 2 {
					floats[i] = math.Copysign(0, float64(i%2)-0.5)
				} else if x[i].key == 4 {
					floats[i] = math.NaN()
				}
			}
			slices.Sort(floats)
			if n <= 100 {
				fmt.Fprintln(out, floats)
			}
			fmt.Fprintln(out, slices.IsSorted(floats), slices.IsSortedFunc(y, byKey), slices.IsSortedFunc(x, byKey))
			for _, k := range []int{-1, 0, 2, n, n + 1} {
				i, ok := slices.BinarySearchFunc(y, k, func(p pair, k int) int { return p.key - k })
				fmt.Fprintln(out, i, ok)
			}
			if n > 0 {
				fmt.Fprintln(out, slices.MinFunc(x, byKey), slices.MaxFunc(x, byKey), slices.Min(floats), slices.Max(floats))
			}
		}
	}
	for i := 0; i < 200; i++ {
		s := make(names, r.below(8), 16)
		for k := range s {
			s[k] = string(rune('a' + r.below(3)))
		}
		t := make(names, r.below(4))
		for k := range t {
			t[k] = string(rune('x' + r.below(2)))
		}
		a, b := r.below(9), r.below(9)
		p := func(x names) { fmt.Fprintln(out, x, len(x), x == nil) }
		fmt.Fprintln(out, s, t, a, b)
		try(func() { p(slices.Insert(slices.Clone(s), a, t...)) })
		try(func() { p(slices.Insert(s[:len(s):16], a, t...)) })
		try(func() { p(slices.Delete(slices.Clone(s), a, b)) })
		try(func() { p(slices.Replace(slices.Clone(s), a, b, t...)) })
		try(func() { u := slices.Clone(s); p(slices.Insert(u, a, u...)) })
		p(slices.DeleteFunc(slices.Clone(s), func(e string) bool { return e == "a" }))
		p(slices.Compact(slices.Clone(s)))
		p(slices.CompactFunc(slices.Clone(s), func(x, y string) bool { return x <= y }))
		p(slices.Concat(s, t, s))
		p(slices.Repeat(t, a))
		p(slices.Grow(slices.Clone(t), 5))
		p(slices.Clip(s))
		u := slices.Clone(s)
		slices.Reverse(u)
		p(u)
		fmt.Fprintln(out, slices.Index(s, "b"), slices.IndexFunc(s, func(e string) bool { return e > "a" }), slices.Contains(s, "c"), slices.ContainsFunc(t, func(e string) bool { return e == "y" }), slices.Equal(s, u), slices.EqualFunc(s, t, strings.EqualFold), slices.Compare(s, u), slices.Compare(s, t),
			slices.CompareFunc(s, t, strings.Compare), cmp.Or(s...), cmp.Compare(len(s), len(t)), cmp.Less(math.NaN(), 1))
		for k, v := range slices.All(s) {
			fmt.Fprint(out, k, v, " ")
			if k == 3 {
				break
			}
		}
		for k, v := range slices.Backward(s) {
			fmt.Fprint(out, k, v, " ")
		}
		for c := range slices.Chunk(s, 1+a) {
			fmt.Fprint(out, c, cap(c), " ")
		}
		fmt.Fprintln(out, slices.Collect(slices.Values(s)), slices.Sorted(slices.Values(s)), slices.AppendSeq(t, slices.Values(s)), slices.SortedFunc(slices.Values(s), func(x, y string) int { return -strings.Compare(x, y) }), slices.SortedStableFunc(slices.Values(t), strings.Compare))

		m := map[string]int{}
		for k, v := range s {
			m[v] += k + 1
		}
		n := maps.Clone(m)
		n["new"] = 1
		fmt.Fprintln(out, m, n, maps.Equal(m, n), maps.Equal(m, maps.Clone(m)), maps.EqualFunc(m, n, func(x, y int) bool { return true }), slices.Sorted(maps.Keys(m)), slices.Sorted(maps.Values(n)))
		maps.Copy(m, map[string]int{"copied": 9})
		maps.DeleteFunc(m, func(k string, v int) bool { return v%2 == 0 })
		maps.Insert(m, maps.All(n))
		fmt.Fprintln(out, m, maps.Collect(slices.All([]string{"p", "q"})), maps.Clone(map[int]int(nil)) == nil)
	}
	try(func() { slices.Min([]int{}) })
	try(func() { slices.Max([]int{}) })
	try(func() { slices.MinFunc([]pair{}, byKey) })
	try(func() { slices.MaxFunc([]pair{}, byKey) })
	try(func() { slices.Chunk([]int{}, 0) })
	try(func() { slices.Repeat([]int{1}, -1) })
	try(func() { slices.Repeat([]int{1, 2}, 1<<62) })
	try(func() { slices.Grow([]int{1}, -1) })

	var q queue
	for i := 0; i < 40; i++ {
		q = append(q, pair{r.below(10), fmt.Sprint(i)})
	}
	heap.Init(&q)
	fmt.Fprintln(out, q)
	for i := 0; i < 200; i++ {
		switch r.below(4) {
		case 0:
			heap.Push(&q, pair{r.below(10), fmt.Sprint("n", i)})
		case 1:
			fmt.Fprintln(out, heap.Pop(&q))
		case 2:
			fmt.Fprintln(out, heap.Remove(&q, r.below(len(q))))
			heap.Push(&q, pair{3, "again"})
		case 3:
			k := r.below(len(q))
			q[k].key = r.below(10)
			heap.Fix(&q, k)
		}
		fmt.Fprintln(out, q)
	}

	l, other := list.New(), list.New()
	var zero list.List
	elements := []*list.Element{zero.PushBack("z")}
	zero.Remove(elements[0])
	for i := 0; i < 200; i++ {
		e, mark := elements[r.below(len(elements))], elements[r.below(len(elements))]
		switch r.below(12) {
		case 0:
			elements = append(elements, l.PushBack(i))
		case 1:
			elements = append(elements, l.PushFront(i))
		case 2:
			if n := l.InsertBefore(i, mark); n != nil {
				elements = append(elements, n)
			}
		case 3:
			if n := l.InsertAfter(i, mark); n != nil {
				elements = append(elements, n)
			}
		case 4, 5, 6:
			fmt.Fprintln(out, l.Remove(e))
		case 7:
			l.MoveToFront(e)
		case 8:
			l.MoveToBack(e)
		case 9:
			l.MoveBefore(e, mark)
		case 10:
			l.MoveAfter(e, mark)
		case 11:
			if other.Len() < 10 {
				other.PushBack(i)
			}
			if l.Len() < 50 {
				l.PushBackList(other)
				l.PushFrontList(other)
				l.PushBackList(&zero)
			}
		}
		for x := l.Front(); x != nil; x = x.Next() {
			fmt.Fprint(out, x.Value, " ")
		}
		fmt.Fprintln(out, l.Len(), l.Back() == nil || l.Back().Next() == nil)
	}
	ringOf := ring.New(6)
	for i := 0; i < 6; i++ {
		ringOf.Value = i
		ringOf = ringOf.Next()
	}
	show := func(x *ring.Ring) { x.Do(func(v any) { fmt.Fprint(out, v, " ") }); fmt.Fprintln(out, x.Len()) }
	show(ringOf)
	show(ringOf.Move(-2))
	show(ringOf.Unlink(2))
	show(ringOf)
	single := &ring.Ring{Value: "s"}
	show(single.Link(ringOf))
	show(ringOf.Prev())
	show(nil)
	fmt.Fprintln(out, ring.New(0) == nil, single.Unlink(0))
}
