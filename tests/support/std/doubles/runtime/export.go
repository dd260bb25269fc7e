package runtime

import (
	"std.test/std/internal/rtype"
	"unsafe"
)

// What compiled code and the runtime call by name, for the tests.
var (
	PanicIndex        = panicIndex
	PanicIndexU       = panicIndexU
	PanicSlice        = panicSlice
	PanicSliceU       = panicSliceU
	PanicSliceConvert = panicSliceConvert
	PanicNil          = panicNil
	PanicDivide       = panicDivide
	PanicShift        = panicShift
	PanicWrap         = panicWrap
	PanicRange        = panicRange
	PanicUnsafe       = panicUnsafe
	Raise             = raise
	ComplexDivide     = complex128div
)

// PanicAssert takes the types of values; iface and want by pointers to them.
func PanicAssert(have, want, iface any) {
	var types [3]*rtype.Type
	if have != nil {
		types[0] = rtype.TypeOf(have)
	}
	types[1] = rtype.TypeOf(want).Elem()
	if iface != nil {
		types[2] = rtype.TypeOf(iface).Elem()
	}
	panicAssert(types[0], types[1], types[2])
}

// RaiseType raises a fault about the type of v.
func RaiseType(fault uint32, v any) { raise(fault, int64(addressOf(rtype.TypeOf(v))), 0) }

func addressOf(t *rtype.Type) uintptr { return uintptr(unsafe.Pointer(t)) }
