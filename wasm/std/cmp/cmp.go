// Package cmp compares ordered values.
package cmp

// Ordered is a type that has <.
type Ordered interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr | ~float32 | ~float64 | ~string
}

// Less is x < y, with NaN before all other numbers.
func Less[T Ordered](x, y T) bool { return x < y || x != x && y == y }

// Compare is -1, 0 or 1, with NaN before all other numbers.
func Compare[T Ordered](x, y T) int {
	if Less(x, y) {
		return -1
	}
	if Less(y, x) {
		return 1
	}
	return 0
}

// Or is the first of vals that is not zero.
func Or[T comparable](vals ...T) T {
	var zero T
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return zero
}
