package main

import (
	"fmt"
	"io"
	"runtime"
)

func divide(a, b complex128) complex128 { return runtime.ComplexDivide(a, b) }

const (
	highLength = iota
	highCapacity
	low
	maxLength
	maxCapacity
	high3
	low3
)

func faults() {
	s := make([]int, 3, 5)
	show("index", func() { runtime.PanicIndex(5, 3) })
	show("index negative", func() { runtime.PanicIndex(-1, 3) })
	show("index int8", func() { runtime.PanicIndex(-7, 3) })
	show("index unsigned", func() { runtime.PanicIndexU(1<<63, 3) })
	show("index string", func() { runtime.PanicIndex(9, 6) })
	show("index array", func() { runtime.PanicIndex(9, 4) })
	show("slice cap", func() { runtime.PanicSlice(highCapacity, 9, 5) })
	show("slice cap negative", func() { runtime.PanicSlice(highCapacity, -1, 5) })
	show("slice string", func() { runtime.PanicSlice(highLength, 9, 6) })
	show("slice array", func() { runtime.PanicSlice(highLength, 9, 4) })
	show("slice low", func() { runtime.PanicSlice(low, 5, 1) })
	show("slice low negative", func() { runtime.PanicSlice(low, -1, 3) })
	show("slice low unsigned", func() { runtime.PanicSliceU(low, 1<<63, 3) })
	show("slice high unsigned", func() { runtime.PanicSliceU(highCapacity, 1<<63, 5) })
	show("slice max", func() { runtime.PanicSlice(maxCapacity, 9, 5) })
	show("slice max negative", func() { runtime.PanicSlice(maxCapacity, -1, 5) })
	show("slice max array", func() { runtime.PanicSlice(maxLength, 9, 4) })
	show("slice high max", func() { runtime.PanicSlice(high3, 5, 1) })
	show("slice low high", func() { runtime.PanicSlice(low3, 5, 1) })
	show("slice low high negative", func() { runtime.PanicSlice(low3, -1, 1) })
	show("convert", func() { runtime.PanicSliceConvert(3, 6) })
	show("divide", func() { runtime.PanicDivide() })
	show("shift", func() { runtime.PanicShift() })
	show("nil", func() { runtime.PanicNil() })
	show("nil map", func() { runtime.Raise(7, 0, 0) })
	show("unhashable", func() { runtime.RaiseType(8, s) })
	show("unhashable func", func() { runtime.RaiseType(8, show) })
	show("uncomparable", func() { runtime.RaiseType(9, s) })
	show("uncomparable map", func() { runtime.RaiseType(9, map[int]int{}) })
	show("make slice", func() { runtime.Raise(4, 0, 0) })
	show("make cap", func() { runtime.Raise(5, 0, 0) })
	show("make chan", func() { runtime.Raise(3, 0, 0) })
	show("send", func() { runtime.Raise(0, 0, 0) })
	show("close", func() { runtime.Raise(1, 0, 0) })
	show("close nil", func() { runtime.Raise(2, 0, 0) })
	show("panic nil", func() { runtime.Raise(12, 0, 0) })
	show("assert", func() { runtime.PanicAssert(square{}, new(int), new(any)) })
	show("assert same name", func() {
		type square1 = square
		type square struct{}
		runtime.PanicAssert(square1{}, new(square), new(any))
	})
	show("assert nil", func() { runtime.PanicAssert(nil, new(int), new(any)) })
	show("assert shape", func() { runtime.PanicAssert(square{}, new(*blob2), new(shape)) })
	show("assert shape nil", func() { runtime.PanicAssert(nil, new(square), new(shape)) })
	show("assert interface", func() { runtime.PanicAssert(square{}, new(fmt.Stringer), new(any)) })
	show("assert interface nil", func() { runtime.PanicAssert(nil, new(fmt.Stringer), new(any)) })
	show("assert walker", func() { runtime.PanicAssert(square{}, new(walker), new(shape)) })
	show("assert pointer method", func() { runtime.PanicAssert(blob{}, new(interface{ Walk() }), new(any)) })
	show("assert reader", func() { runtime.PanicAssert(5, new(io.Reader), new(any)) })
	show("wrap", func() { runtime.PanicWrap("main.square.Area", "square") })
	show("unsafe slice", func() { runtime.PanicUnsafe(0) })
	show("unsafe slice nil", func() { runtime.PanicUnsafe(1) })
	show("unsafe string", func() { runtime.PanicUnsafe(2) })
	show("unsafe string nil", func() { runtime.PanicUnsafe(3) })
	show("range after false", func() { runtime.PanicRange(0) })
	show("range after exit", func() { runtime.PanicRange(2) })
	show("range after panic", func() { runtime.PanicRange(1) })
	show("range swallowed", func() { runtime.PanicRange(3) })
}

type blob2 struct{}

func (*blob2) Area() float64 { return 0 }
