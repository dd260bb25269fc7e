// Package slices: functions on slices of any type.
package slices

import (
	"cmp"
	"unsafe"
)

// ---- comparing

func Equal[S ~[]E, E comparable](s1, s2 S) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i := range s1 {
		if s1[i] != s2[i] {
			return false
		}
	}
	return true
}

func EqualFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, eq func(E1, E2) bool) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i := range s1 {
		if !eq(s1[i], s2[i]) {
			return false
		}
	}
	return true
}

// Compare compares the first elements that differ; a slice comes before those it begins.
func Compare[S ~[]E, E cmp.Ordered](s1, s2 S) int { return CompareFunc(s1, s2, cmp.Compare[E]) }

func CompareFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, cmp func(E1, E2) int) int {
	for i := range s1 {
		if i == len(s2) {
			return 1
		}
		if c := cmp(s1[i], s2[i]); c != 0 {
			return c
		}
	}
	if len(s1) < len(s2) {
		return -1
	}
	return 0
}

// ---- searching

func Index[S ~[]E, E comparable](s S, v E) int {
	for i := range s {
		if s[i] == v {
			return i
		}
	}
	return -1
}

func IndexFunc[S ~[]E, E any](s S, f func(E) bool) int {
	for i := range s {
		if f(s[i]) {
			return i
		}
	}
	return -1
}

func Contains[S ~[]E, E comparable](s S, v E) bool         { return Index(s, v) >= 0 }
func ContainsFunc[S ~[]E, E any](s S, f func(E) bool) bool { return IndexFunc(s, f) >= 0 }

// ---- changing

// Insert puts vs before element i.
func Insert[S ~[]E, E any](s S, i int, vs ...E) S {
	_ = s[i:]
	if len(vs) == 0 {
		return s
	}
	n := len(s) + len(vs)
	if n > cap(s) || overlaps(s[:cap(s)], vs) {
		// Of the size that append would choose.
		grown := append(s[:i:i], make(S, n-i)...)
		copy(grown[i:], vs)
		copy(grown[i+len(vs):], s[i:])
		return grown
	}
	result := s[:n]
	copy(result[i+len(vs):], s[i:])
	copy(result[i:], vs)
	return result
}

// Delete removes s[i:j]; what lies behind the new end is zeroed.
func Delete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)]
	if i == j {
		return s
	}
	rest := append(s[:i], s[j:]...)
	clear(s[len(rest):])
	return rest
}

func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	n := IndexFunc(s, del)
	if n < 0 {
		return s
	}
	for i := n + 1; i < len(s); i++ {
		if v := s[i]; !del(v) {
			s[n] = v
			n++
		}
	}
	clear(s[n:])
	return s[:n]
}

// Replace puts v in place of s[i:j].
func Replace[S ~[]E, E any](s S, i, j int, v ...E) S {
	_ = s[i:j]
	if i == j {
		return Insert(s, i, v...)
	}
	if j == len(s) {
		result := append(s[:i], v...)
		if len(result) < len(s) {
			clear(s[len(result):])
		}
		return result
	}
	tail := s[j:]
	n := i + len(v) + len(tail)
	if n > cap(s) || overlaps(s[:cap(s)], v) {
		grown := append(s[:i:i], make(S, n-i)...)
		copy(grown[i:], v)
		copy(grown[i+len(v):], tail)
		if n <= len(s) {
			// It would have fitted: the caller may expect its own memory.
			copy(s, grown)
			clear(s[n:])
			return s[:n]
		}
		return grown
	}
	result := s[:n]
	copy(result[i+len(v):], tail)
	copy(result[i:], v)
	if n < len(s) {
		clear(s[n:])
	}
	return result
}

// overlaps tells whether a and b share memory.
func overlaps[E any](a, b []E) bool {
	var e E
	size := unsafe.Sizeof(e)
	if len(a) == 0 || len(b) == 0 || size == 0 {
		return false
	}
	firstA, firstB := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&b[0]))
	return firstA < firstB+uintptr(len(b))*size && firstB < firstA+uintptr(len(a))*size
}

// Compact keeps one of each run of equal elements.
func Compact[S ~[]E, E comparable](s S) S {
	return CompactFunc(s, func(a, b E) bool { return a == b })
}

func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S {
	n := 1
	for n < len(s) && !eq(s[n], s[n-1]) {
		n++
	}
	if n >= len(s) {
		return s
	}
	last := s[n] // elements move down, so what is compared with must be kept
	for i := n + 1; i < len(s); i++ {
		v := s[i]
		if !eq(v, last) {
			s[n] = v
			n++
		}
		last = v
	}
	clear(s[n:])
	return s[:n]
}

func Reverse[S ~[]E, E any](s S) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}

// ---- making

// Clone keeps nil nil.
func Clone[S ~[]E, E any](s S) S { return append(s[:0:0], s...) }

// Grow makes room for n more elements.
func Grow[S ~[]E, E any](s S, n int) S {
	if n < 0 {
		panic("cannot be negative")
	}
	if n > cap(s)-len(s) {
		s = append(s[:cap(s)], make([]E, len(s)+n-cap(s))...)[:len(s)]
	}
	return s
}

// Clip gives up room that is not used.
func Clip[S ~[]E, E any](s S) S { return s[:len(s):len(s)] }

func Concat[S ~[]E, E any](slices ...S) S {
	n := 0
	for _, s := range slices {
		n += len(s)
		if n < 0 {
			panic("len out of range")
		}
	}
	joined := Grow[S](nil, n)
	for _, s := range slices {
		joined = append(joined, s...)
	}
	return joined
}

func Repeat[S ~[]E, E any](x S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	if len(x) > 0 && count > (1<<63-1)/len(x) {
		panic("the result of (len(x) * count) overflows")
	}
	repeated := make(S, 0, len(x)*count)
	for ; count > 0; count-- {
		repeated = append(repeated, x...)
	}
	return repeated
}
