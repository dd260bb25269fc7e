package sort

// Search finds the smallest i in [0, n) for which f(i) is true, where f is false up to some point and true from there on; n if
// it is false throughout.
func Search(n int, f func(int) bool) int { return searchRange(n, f) }

func searchRange(n int, f func(int) bool) int {
	low, high := 0, n
	for low < high {
		middle := int(uint(low+high) >> 1)
		if f(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// Find finds the smallest i in [0, n) with cmp(i) <= 0, and whether it is 0 there; cmp must go down.
func Find(n int, cmp func(int) int) (i int, found bool) {
	i = searchRange(n, func(i int) bool { return cmp(i) <= 0 })
	return i, i < n && cmp(i) == 0
}

// SearchInts, SearchFloat64s and SearchStrings tell where x is in a sorted slice, or would be.
func SearchInts(a []int, x int) int {
	return searchRange(len(a), func(i int) bool { return a[i] >= x })
}

func SearchFloat64s(a []float64, x float64) int {
	return searchRange(len(a), func(i int) bool { return a[i] >= x })
}

func SearchStrings(a []string, x string) int {
	return searchRange(len(a), func(i int) bool { return a[i] >= x })
}
