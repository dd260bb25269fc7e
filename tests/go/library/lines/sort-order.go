// sort: what is sorted, how equal elements end up (that too is the same as Go's), and searching.
package main

import (
	"bufio"
	"fmt"
	"math"
	"sort"
)

type placed struct {
	key, at int
	text    string
}

type placedList []placed

func (p placedList) Len() int           { return len(p) }
func (p placedList) Less(i, j int) bool { return p[i].key < p[j].key }
func (p placedList) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }

func sortOrder(out *bufio.Writer) {
	r := random(2)
	shapes := []func(i, n int) int{
		func(i, n int) int { return r.below(n + 1) },
		func(i, n int) int { return r.below(4) },
		func(i, n int) int { return i },
		func(i, n int) int { return n - i },
		func(i, n int) int { return i % 7 },
		func(i, n int) int { return 5 },
		func(i, n int) int { return i ^ 1 },
		func(i, n int) int { return (i * i) % 97 },
		func(i, n int) int {
			if i < n/2 {
				return i
			}
			return n - i
		},
		func(i, n int) int {
			if r.below(20) == 0 {
				return r.below(n + 1)
			}
			return i
		},
	}
	for _, n := range []int{0, 1, 2, 3, 5, 7, 8, 11, 12, 13, 20, 30, 49, 50, 51, 100, 200, 513, 1000, 5000} {
		for _, shape := range shapes {
			list := make([]placed, n)
			for i := range list {
				list[i] = placed{shape(i, n), i, fmt.Sprint(i)}
			}
			again := func() []placed { return append([]placed(nil), list...) }
			show := func(p []placed) {
				h := uint64(0)
				for _, e := range p {
					h = h*1000003 + uint64(e.key)*31 + uint64(e.at)
				}
				fmt.Fprintln(out, n, h)
				if n <= 20 {
					fmt.Fprintln(out, p)
				}
			}
			p := again()
			sort.Sort(placedList(p))
			show(p)
			p = again()
			sort.Stable(placedList(p))
			show(p)
			p = again()
			sort.Slice(p, func(i, j int) bool { return p[i].key < p[j].key })
			show(p)
			p = again()
			sort.SliceStable(p, func(i, j int) bool { return p[i].key > p[j].key })
			show(p)
			p = again()
			sort.Sort(sort.Reverse(placedList(p)))
			show(p)
			fmt.Fprintln(out, sort.IsSorted(placedList(p)), sort.SliceIsSorted(list, func(i, j int) bool { return list[i].key < list[j].key }))
			ints, floats, texts := make([]int, n), make([]float64, n), make([]string, n)
			for i := range list {
				ints[i] = list[i].key
				floats[i] = float64(list[i].key) / 3
				if list[i].key%11 == 3 {
					floats[i] = math.NaN()
				}
				texts[i] = fmt.Sprint(list[i].key)
			}
			small := make([]uint8, n)
			for i := range small {
				small[i] = uint8(list[i].key)
			}
			sort.Slice(small, func(i, j int) bool { return small[i] < small[j] })
			sort.Ints(ints)
			sort.Float64s(floats)
			sort.Strings(texts)
			fmt.Fprintln(out, sort.IntsAreSorted(ints), sort.Float64sAreSorted(floats), sort.StringsAreSorted(texts))
			if n <= 100 {
				fmt.Fprintln(out, ints, floats, texts, small)
			}
			for _, x := range []int{-1, 0, 3, n / 2, n + 5} {
				i, found := sort.Find(n, func(i int) int { return x - ints[i] })
				fmt.Fprintln(out, sort.SearchInts(ints, x), sort.SearchStrings(texts, fmt.Sprint(x)), sort.Search(n, func(i int) bool { return ints[i] > x }), i, found, sort.IntSlice(ints).Search(x))
			}
		}
	}
	defer func() { fmt.Fprintln(out, recover()) }()
	sort.Slice(5, nil)
}
