package slices

import "math/bits"

// This is package sort's pattern-defeating quicksort once more, for elements that are compared by themselves and not by their
// indices: it makes the same choices in the same order.

type sorter[E any] struct {
	x    []E
	less func(a, b E) bool
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

func (s *sorter[E]) insertionSort(low, high int) {
	for i := low + 1; i < high; i++ {
		for j := i; j > low && s.less(s.x[j], s.x[j-1]); j-- {
			s.swap(j, j-1)
		}
	}
}

// quickSort sorts [low, high). After bad more pivots that divide unevenly it gives up for heapsort.
func (s *sorter[E]) quickSort(low, high, bad int) {
	balanced, wasSorted := true, true // what the last partition found
	for high-low > shortRun {
		if bad == 0 {
			s.heapSort(low, high)
			return
		}
		if !balanced {
			s.shuffle(low, high)
			bad--
		}
		pivot, hint := s.choosePivot(low, high)
		if hint == decreasing {
			s.reverse(low, high)
			pivot = high - 1 - (pivot - low)
			hint = increasing
		}
		if balanced && wasSorted && hint == increasing && s.mend(low, high) {
			return
		}
		if low > 0 && !s.less(s.x[low-1], s.x[pivot]) {
			// The pivot equals what is left of the run, so it is its smallest: all its equals are in place then.
			low = s.partitionEqual(low, high, pivot)
			continue
		}
		length := high - low
		var middle int
		middle, wasSorted = s.partition(low, high, pivot)
		if left, right := middle-low, high-middle; left < right {
			balanced = left >= length/8
			s.quickSort(low, middle, bad)
			low = middle + 1
		} else {
			balanced = right >= length/8
			s.quickSort(middle+1, high, bad)
			high = middle
		}
	}
	s.insertionSort(low, high)
}

// partition puts the pivot in its place, with what is less before it, and tells whether that was so already.
func (s *sorter[E]) partition(low, high, pivot int) (middle int, wasSorted bool) {
	s.swap(low, pivot)
	i, j := low+1, high-1
	for swaps := 0; ; swaps++ {
		for i <= j && s.less(s.x[i], s.x[low]) {
			i++
		}
		for i <= j && !s.less(s.x[j], s.x[low]) {
			j--
		}
		if i > j {
			s.swap(j, low)
			return j, swaps == 0
		}
		s.swap(i, j)
		i++
		j--
	}
}

// partitionEqual puts what equals the pivot first, where nothing is less, and tells where the rest begins.
func (s *sorter[E]) partitionEqual(low, high, pivot int) int {
	s.swap(low, pivot)
	i, j := low+1, high-1
	for {
		for i <= j && !s.less(s.x[low], s.x[i]) {
			i++
		}
		for i <= j && s.less(s.x[low], s.x[j]) {
			j--
		}
		if i > j {
			return i
		}
		s.swap(i, j)
		i++
		j--
	}
}

// mend sorts a run in which only a few elements are out of place; false: it is not such a run.
func (s *sorter[E]) mend(low, high int) bool {
	i := low + 1
	for shifts := 0; shifts < mostShifts; shifts++ {
		for i < high && !s.less(s.x[i], s.x[i-1]) {
			i++
		}
		if i == high {
			return true
		}
		if high-low < shiftingFrom {
			return false
		}
		s.swap(i, i-1)
		if i-low >= 2 {
			for j := i - 1; j >= 1 && s.less(s.x[j], s.x[j-1]); j-- {
				s.swap(j, j-1)
			}
		}
		if high-i >= 2 {
			for j := i + 1; j < high && s.less(s.x[j], s.x[j-1]); j++ {
				s.swap(j, j-1)
			}
		}
	}
	return false
}

// shuffle moves three elements from the middle elsewhere, to break up a pattern that makes bad pivots.
func (s *sorter[E]) shuffle(low, high int) {
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
		s.swap(i, low+other)
	}
}

// choosePivot takes the median of three elements, or of three such medians. If none of them was out of order, or all were, it
// tells.
func (s *sorter[E]) choosePivot(low, high int) (pivot int, hint order) {
	length := high - low
	m := medians[E]{sorter: s}
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

type medians[E any] struct {
	*sorter[E]
	swaps int // pairs found out of order
}

func (m *medians[E]) ordered(a, b int) (int, int) {
	if m.less(m.x[b], m.x[a]) {
		m.swaps++
		return b, a
	}
	return a, b
}

func (m *medians[E]) of(a, b, c int) int {
	a, b = m.ordered(a, b)
	b, _ = m.ordered(b, c)
	_, b = m.ordered(a, b)
	return b
}

func (s *sorter[E]) heapSort(low, high int) {
	n := high - low
	for root := (n - 1) / 2; root >= 0; root-- {
		s.siftDown(low, root, n)
	}
	for end := n - 1; end >= 0; end-- {
		s.swap(low, low+end)
		s.siftDown(low, 0, end)
	}
}

func (s *sorter[E]) siftDown(low, root, n int) {
	for {
		child := 2*root + 1
		if child >= n {
			return
		}
		if child+1 < n && s.less(s.x[low+child], s.x[low+child+1]) {
			child++
		}
		if !s.less(s.x[low+root], s.x[low+child]) {
			return
		}
		s.swap(low+root, low+child)
		root = child
	}
}

func (s *sorter[E]) swap(i, j int) { s.x[i], s.x[j] = s.x[j], s.x[i] }

func (s *sorter[E]) reverse(low, high int) { Reverse(s.x[low:high]) }
