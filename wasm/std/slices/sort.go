package slices

import (
	"cmp"
	"math/bits"
)

func Sort[S ~[]E, E cmp.Ordered](x S) { quickSortAll(x, cmp.Less[E]) }

// SortFunc sorts; elements that cmp finds equal may change places.
func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	quickSortAll(x, func(a, b E) bool { return cmp(a, b) < 0 })
}

// SortStableFunc sorts and keeps the order of equal elements: short runs by insertion, then merges by way of other memory.
func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	size := 20
	for low := 0; low < len(x); low += size {
		run := x[low:min(low+size, len(x))]
		for i := 1; i < len(run); i++ {
			for j := i; j > 0 && cmp(run[j], run[j-1]) < 0; j-- {
				run[j], run[j-1] = run[j-1], run[j]
			}
		}
	}
	if len(x) <= size {
		return
	}
	left := make([]E, len(x))
	for ; size < len(x); size *= 2 {
		for low := 0; low+size < len(x); low += 2 * size {
			run := x[low:min(low+2*size, len(x))]
			if cmp(run[size], run[size-1]) >= 0 {
				continue
			}
			a, b, to := left[:copy(left, run[:size])], run[size:], 0
			for len(a) > 0 && len(b) > 0 {
				if cmp(b[0], a[0]) < 0 {
					run[to], b = b[0], b[1:]
				} else {
					run[to], a = a[0], a[1:]
				}
				to++
			}
			copy(run[to:], a)
		}
	}
}

func IsSorted[S ~[]E, E cmp.Ordered](x S) bool { return IsSortedFunc(x, cmp.Compare[E]) }

func IsSortedFunc[S ~[]E, E any](x S, cmp func(a, b E) int) bool {
	for i := len(x) - 1; i > 0; i-- {
		if cmp(x[i], x[i-1]) < 0 {
			return false
		}
	}
	return true
}

// Min is NaN if one of the numbers is; Max too.
func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Min: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		m = min(m, v)
	}
	return m
}

func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Max: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		m = max(m, v)
	}
	return m
}

// MinFunc and MaxFunc give the first of those that are equal.
func MinFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MinFunc: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		if cmp(v, m) < 0 {
			m = v
		}
	}
	return m
}

func MaxFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MaxFunc: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		if cmp(v, m) > 0 {
			m = v
		}
	}
	return m
}

// BinarySearch tells where target is in a sorted slice, or would be, and whether it is there.
func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool) {
	return BinarySearchFunc(x, target, cmp.Compare[E])
}

func BinarySearchFunc[S ~[]E, E, T any](x S, target T, cmp func(E, T) int) (int, bool) {
	low, high := 0, len(x)
	for low < high {
		middle := int(uint(low+high) >> 1)
		if cmp(x[middle], target) < 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(x) && cmp(x[low], target) == 0
}

func quickSortAll[E any](x []E, less func(a, b E) bool) {
	s := sorter[E]{x, less}
	s.quickSort(0, len(x), bits.Len(uint(len(x))))
}
