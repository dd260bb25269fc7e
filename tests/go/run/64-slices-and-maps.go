// 9 More Go: Slices and maps
// A slice is a window on an array: two slices may look at the same one. A map
// keeps pairs in no order; fmt prints them sorted.
package main

import (
	"fmt"
	"sort"
	"strings"
)

func main() {
	array := [6]int{0, 1, 2, 3, 4, 5}
	a, b := array[1:3], array[2:5]
	a[1] = 99 // b's first element too
	fmt.Println(a, len(a), cap(a), b, len(b), cap(b))
	a = append(a, 77) // there is room in the array
	fmt.Println(array, a)
	c := append(a[:len(a):len(a)], 55) // no room: a new array
	c[0] = -1
	fmt.Println(a[0], c[0], len(c))
	fmt.Println(copy(array[:1], []int{-7, -8}), string(append([]byte("by"), "tes"...)))
	fmt.Println(copy(array[2:], array[:]), array)

	matrix := [3][3]int{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}
	transposed := matrix // arrays are values
	for i := range 3 {
		for j := range i {
			transposed[i][j], transposed[j][i] = transposed[j][i], transposed[i][j]
		}
	}
	fmt.Println(matrix, transposed, matrix == transposed)

	text := "the more we read the more we learn, the more we learn the more we forget"
	count := map[string]int{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		count[word]++
	}
	fmt.Println(count)
	words := make([]string, 0, len(count))
	for word := range count {
		words = append(words, word)
	}
	sort.Slice(words, func(i, j int) bool {
		if count[words[i]] != count[words[j]] {
			return count[words[i]] > count[words[j]]
		}
		return words[i] < words[j]
	})
	fmt.Println(words[:4])

	delete(count, "the")
	n, ok := count["the"]
	fmt.Println(n, ok, len(count))
	type key struct{ x, y int }
	board := map[key]rune{{1, 1}: 'X', {0, 2}: 'O'}
	board[key{1, 1}]++
	fmt.Printf("%c %v\n", board[key{1, 1}], board)
	clear(board)
	fmt.Println(len(board), board == nil)
}
