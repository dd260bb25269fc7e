package sort

import (
	"internal/rtype"
	"unsafe"
)

// Slice sorts a slice of any type by a function that compares its elements i and j.
func Slice(x any, less func(i, j int) bool) { Sort(newAnySlice(x, less)) }

// SliceStable is Slice that keeps the order of equal elements.
func SliceStable(x any, less func(i, j int) bool) { Stable(newAnySlice(x, less)) }

// SliceIsSorted tells whether the slice is sorted as less says.
func SliceIsSorted(x any, less func(i, j int) bool) bool { return IsSorted(newAnySlice(x, less)) }

// anySlice swaps elements as memory; they are copied by way of temporary.
type anySlice struct {
	first     unsafe.Pointer
	length    int
	size      uintptr
	element   *rtype.Type
	temporary []uint64
	less      func(i, j int) bool
}

func newAnySlice(x any, less func(i, j int) bool) *anySlice {
	t := rtype.TypeOf(x)
	if t == nil || t.Kind != rtype.Slice {
		on := "zero"
		if t != nil {
			on = t.Kind.String()
		}
		panic(&valueError{"reflect: call of Swapper on " + on + " Value"})
	}
	header := (*rtype.SliceHeader)(rtype.EfaceOf(&x).Data)
	element := t.Elem()
	s := &anySlice{first: header.Data, length: header.Len, size: element.Size, element: element, less: less}
	s.temporary = make([]uint64, (element.Size+7)/8)
	return s
}

func (s *anySlice) Len() int           { return s.length }
func (s *anySlice) Less(i, j int) bool { return s.less(i, j) }

func (s *anySlice) Swap(i, j int) {
	p, q := unsafe.Add(s.first, uintptr(i)*s.size), unsafe.Add(s.first, uintptr(j)*s.size)
	if s.size == 8 {
		a, b := (*uint64)(p), (*uint64)(q)
		*a, *b = *b, *a
		return
	}
	t := unsafe.Pointer(unsafe.SliceData(s.temporary))
	rtype.Copy(s.element, t, p)
	rtype.Copy(s.element, p, q)
	rtype.Copy(s.element, q, t)
}

// valueError says what reflect does.
type valueError struct{ text string }

func (e *valueError) Error() string { return e.text }
