// Package sort sorts slices and collections, and searches sorted ones.
//
// Sort is Orson Peters's pattern-defeating quicksort. It makes the choices that Go's makes, in the same order, because a
// program can show where equal elements end up.
package sort

import "math/bits"

// Interface is what can be sorted.
type Interface interface {
	Len() int
	Less(i, j int) bool // must element i come before element j?
	Swap(i, j int)
}

// Sort sorts in ascending order; elements that are equal may change places.
func Sort(data Interface) {
	n := data.Len()
	if n > 1 {
		quickSort(data, 0, n, bits.Len(uint(n)))
	}
}

const (
	shortRun     = 12 // up to this length: insertion sort
	nintherFrom  = 50 // from this length on: a pivot of nine elements
	shiftingFrom = 50 // from this length on: mend a few elements of a run that is nearly sorted
	mostShifts   = 5
)

// order is what choosing a pivot tells of a run.
type order uint8

const (
	unknown order = iota
	increasing
	decreasing
)

func insertionSort(data Interface, low, high int) {
	for i := low + 1; i < high; i++ {
		for j := i; j > low && data.Less(j, j-1); j-- {
			data.Swap(j, j-1)
		}
	}
}

// quickSort sorts [low, high). After bad more pivots that divide unevenly it gives up for heapsort.
func quickSort(data Interface, low, high, bad int) {
	balanced, wasSorted := true, true // what the last partition found
	for high-low > shortRun {
		if bad == 0 {
			heapSort(data, low, high)
			return
		}
		if !balanced {
			shuffle(data, low, high)
			bad--
		}
		pivot, hint := choosePivot(data, low, high)
		if hint == decreasing {
			reverse(data, low, high)
			pivot = high - 1 - (pivot - low)
			hint = increasing
		}
		if balanced && wasSorted && hint == increasing && mend(data, low, high) {
			return
		}
		if low > 0 && !data.Less(low-1, pivot) {
			// The pivot equals what is left of the run, so it is its smallest: all its equals are in place then.
			low = partitionEqual(data, low, high, pivot)
			continue
		}
		length := high - low
		var middle int
		middle, wasSorted = partition(data, low, high, pivot)
		if left, right := middle-low, high-middle; left < right {
			balanced = left >= length/8
			quickSort(data, low, middle, bad)
			low = middle + 1
		} else {
			balanced = right >= length/8
			quickSort(data, middle+1, high, bad)
			high = middle
		}
	}
	insertionSort(data, low, high)
}

// partition puts the pivot in its place, with what is less before it, and tells whether that was so already.
func partition(data Interface, low, high, pivot int) (middle int, wasSorted bool) {
	data.Swap(low, pivot)
	i, j := low+1, high-1
	for swaps := 0; ; swaps++ {
		for i <= j && data.Less(i, low) {
			i++
		}
		for i <= j && !data.Less(j, low) {
			j--
		}
		if i > j {
			data.Swap(j, low)
			return j, swaps == 0
		}
		data.Swap(i, j)
		i++
		j--
	}
}

// partitionEqual puts what equals the pivot first, where nothing is less, and tells where the rest begins.
func partitionEqual(data Interface, low, high, pivot int) int {
	data.Swap(low, pivot)
	i, j := low+1, high-1
	for {
		for i <= j && !data.Less(low, i) {
			i++
		}
		for i <= j && data.Less(low, j) {
			j--
		}
		if i > j {
			return i
		}
		data.Swap(i, j)
		i++
		j--
	}
}

// mend sorts a run in which only a few elements are out of place; false: it is not such a run.
func mend(data Interface, low, high int) bool {
	i := low + 1
	for shifts := 0; shifts < mostShifts; shifts++ {
		for i < high && !data.Less(i, i-1) {
			i++
		}
		if i == high {
			return true
		}
		if high-low < shiftingFrom {
			return false
		}
		data.Swap(i, i-1)
		if i-low >= 2 {
			for j := i - 1; j >= 1 && data.Less(j, j-1); j-- {
				data.Swap(j, j-1)
			}
		}
		if high-i >= 2 {
			for j := i + 1; j < high && data.Less(j, j-1); j++ {
				data.Swap(j, j-1)
			}
		}
	}
	return false
}

// shuffle moves three elements from the middle elsewhere, to break up a pattern that makes bad pivots.
func shuffle(data Interface, low, high int) {
	length := high - low
	if length < 8 {
		return
	}
	random := uint64(length) // xorshift
	mask := uint64(1)<<bits.Len(uint(length)) - 1
	middle := low + length/4*2
	for i := middle - 1; i <= middle+1; i++ {
		random ^= random << 13
		random ^= random >> 7
		random ^= random << 17
		other := int(random & mask)
		if other >= length {
			other -= length
		}
		data.Swap(i, low+other)
	}
}

// choosePivot takes the median of three elements, or of three such medians. If none of them was out of order, or all were, it
// tells.
func choosePivot(data Interface, low, high int) (pivot int, hint order) {
	length := high - low
	m := medians{data: data}
	i, j, k := low+length/4, low+length/4*2, low+length/4*3
	if length >= 8 {
		if length >= nintherFrom {
			i = m.of(i-1, i, i+1)
			j = m.of(j-1, j, j+1)
			k = m.of(k-1, k, k+1)
		}
		j = m.of(i, j, k)
	}
	switch m.swaps {
	case 0:
		return j, increasing
	case 12: // three for each of four medians
		return j, decreasing
	}
	return j, unknown
}

type medians struct {
	data  Interface
	swaps int // pairs found out of order
}

func (m *medians) ordered(a, b int) (int, int) {
	if m.data.Less(b, a) {
		m.swaps++
		return b, a
	}
	return a, b
}

func (m *medians) of(a, b, c int) int {
	a, b = m.ordered(a, b)
	b, _ = m.ordered(b, c)
	_, b = m.ordered(a, b)
	return b
}

func heapSort(data Interface, low, high int) {
	n := high - low
	for root := (n - 1) / 2; root >= 0; root-- {
		siftDown(data, low, root, n)
	}
	for end := n - 1; end >= 0; end-- {
		data.Swap(low, low+end)
		siftDown(data, low, 0, end)
	}
}

func siftDown(data Interface, low, root, n int) {
	for {
		child := 2*root + 1
		if child >= n {
			return
		}
		if child+1 < n && data.Less(low+child, low+child+1) {
			child++
		}
		if !data.Less(low+root, low+child) {
			return
		}
		data.Swap(low+root, low+child)
		root = child
	}
}

// Stable sorts in ascending order and keeps the order of equal elements: short runs by insertion, then merges in place.
func Stable(data Interface) {
	n := data.Len()
	size := 20 // of the runs that are merged
	for low := 0; low < n; low += size {
		insertionSort(data, low, min(low+size, n))
	}
	for ; size < n; size *= 2 {
		for low := 0; low+size < n; low += 2 * size {
			merge(data, low, low+size, min(low+2*size, n))
		}
	}
}

// merge joins two sorted runs that lie side by side, by rotation (Kim and Kutzner's SymMerge): the middle of the whole is
// where the runs are cut so that what belongs left of it and what belongs right of it change places in one turn.
func merge(data Interface, low, middle, high int) {
	if low >= middle || middle >= high || !data.Less(middle, middle-1) {
		return
	}
	if middle-low == 1 {
		// The single element goes behind all that are less.
		end := middle + searchRange(high-middle, func(i int) bool { return !data.Less(middle+i, low) })
		for i := low; i < end-1; i++ {
			data.Swap(i, i+1)
		}
		return
	}
	if high-middle == 1 {
		// The single element goes before all that are greater.
		begin := low + searchRange(middle-low, func(i int) bool { return data.Less(middle, low+i) })
		for i := middle; i > begin; i-- {
			data.Swap(i, i-1)
		}
		return
	}
	half := low + (high-low)/2
	sum := half + middle
	var start, end int
	if middle > half {
		start, end = sum-high, half
	} else {
		start, end = low, middle
	}
	for start < end {
		c := start + (end-start)/2
		if !data.Less(sum-1-c, c) {
			start = c + 1
		} else {
			end = c
		}
	}
	end = sum - start
	rotate(data, start, middle, end)
	merge(data, low, start, half)
	merge(data, half, end, high)
}

// rotate exchanges [low, middle) and [middle, high).
func rotate(data Interface, low, middle, high int) {
	reverse(data, low, middle)
	reverse(data, middle, high)
	reverse(data, low, high)
}

func reverse(data Interface, low, high int) {
	for high--; low < high; low, high = low+1, high-1 {
		data.Swap(low, high)
	}
}

// IsSorted tells whether data is in ascending order.
func IsSorted(data Interface) bool {
	for i := data.Len() - 1; i > 0; i-- {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

type reverseOrder struct{ Interface }

func (r reverseOrder) Less(i, j int) bool { return r.Interface.Less(j, i) }

// Reverse is data in the opposite order.
func Reverse(data Interface) Interface { return &reverseOrder{data} }
