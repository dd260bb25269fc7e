// 9 More Go: Generic types
// A stack of anything, a tree of anything that has an order, and functions
// that take functions.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"strings"
)

type stack[T any] struct{ items []T }

func (s *stack[T]) push(v T) { s.items = append(s.items, v) }

func (s *stack[T]) pop() (v T, ok bool) {
	if len(s.items) == 0 {
		return v, false
	}
	v = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

type tree[K cmp.Ordered, V any] struct {
	root *node[K, V]
	size int
}

type node[K cmp.Ordered, V any] struct {
	key         K
	value       V
	left, right *node[K, V]
}

func (t *tree[K, V]) set(key K, value V) {
	at := &t.root
	for *at != nil {
		switch c := cmp.Compare(key, (*at).key); {
		case c < 0:
			at = &(*at).left
		case c > 0:
			at = &(*at).right
		default:
			(*at).value = value
			return
		}
	}
	*at = &node[K, V]{key: key, value: value}
	t.size++
}

// all gives the pairs in order.
func (t *tree[K, V]) all() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { t.root.each(yield) }
}

func (n *node[K, V]) each(yield func(K, V) bool) bool {
	return n == nil || n.left.each(yield) && yield(n.key, n.value) && n.right.each(yield)
}

func mapped[T, U any](in []T, f func(T) U) []U {
	out := make([]U, 0, len(in))
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}

func folded[T, A any](in []T, start A, f func(A, T) A) A {
	for _, v := range in {
		start = f(start, v)
	}
	return start
}

type number interface {
	~int | ~int64 | ~float64
}

func sum[T number](numbers ...T) T {
	return folded(numbers, 0, func(a, n T) T { return a + n })
}

type metres float64

func main() {
	var s stack[string]
	for _, word := range strings.Fields("first second third") {
		s.push(word)
	}
	for word, ok := s.pop(); ok; word, ok = s.pop() {
		fmt.Print(word, " ")
	}
	fmt.Println()

	var t tree[string, int]
	for i, word := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		t.set(word, i)
	}
	for word, at := range t.all() {
		if word > "quick" {
			break
		}
		fmt.Print(word, ":", at, " ")
	}
	fmt.Println("of", t.size)

	fmt.Println(mapped([]int{1, 2, 3}, func(n int) string { return strings.Repeat("*", n) }))
	fmt.Println(sum(1, 2, 3), sum(0.5, 0.25), sum[metres](1.5, 2))
	fmt.Printf("%T %T\n", s, t)
}
