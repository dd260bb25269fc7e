// What compiled code calls, by these names, when a check of its own fails, and what the runtime calls for those it finds.
// None of these functions returns.
package runtime

import "internal/abi"

// panicIndex: s[i] where s has n elements; panicIndexU for an unsigned i.
func panicIndex(i, n int) {
	panic(boundsError{x: int64(i), y: n, kind: boundsIndex})
}

func panicIndexU(i uint, n int) {
	panic(boundsError{x: int64(i), y: n, unsigned: true, kind: boundsIndex})
}

// panicSlice: x in a slice expression is beyond bound, which is a length, a capacity or the next index; kind is an
// abi::SliceFault. panicSliceU for an unsigned x.
func panicSlice(kind uint32, x, bound int) {
	panic(boundsError{x: int64(x), y: bound, kind: boundsKind(kind)})
}

func panicSliceU(kind uint32, x uint, bound int) {
	panic(boundsError{x: int64(x), y: bound, unsigned: true, kind: boundsKind(kind)})
}

// panicSliceConvert: a slice of length have was to become an array of length want.
func panicSliceConvert(have, want int) {
	panic(boundsError{x: int64(want), y: have, kind: boundsConvert})
}

var (
	memoryError error = errorString("invalid memory address or nil pointer dereference")
	divideError error = errorString("integer divide by zero")
	shiftError  error = errorString("negative shift amount")
)

func panicNil()    { panic(memoryError) }
func panicDivide() { panic(divideError) }
func panicShift()  { panic(shiftError) }

// panicGoNil: go with a nil func value is not a panic but the end.
func panicGoNil() { fatal("go of nil func value") }

// panicAssert: a value of dynamic type have (nil: none) in an interface of type iface is not a want.
func panicAssert(have, want, iface *abi.Type) { panic(assertionError(have, want, iface)) }

// panicWrap: a method of value receiver, such as "main.T.String", was called through a nil *main.T that its wrapper
// could not dereference; typeName is "T".
func panicWrap(method, typeName string) {
	panic(plainError("value method " + method + " called using nil *" + typeName + " pointer"))
}

// panicRange: an iterator function broke the rules of range-over-func.
func panicRange(rule uint32) { panic(errorString(rangeRules[rule])) }

var rangeRules = [...]string{
	0: "range function continued iteration after function for loop body returned false",
	1: "range function continued iteration after loop body panic",
	2: "range function continued iteration after whole loop exit",
	3: "range function recovered a loop body panic and did not resume panicking",
}

// panicUnsafe: arguments of unsafe.Slice (0, 1) or unsafe.String (2, 3) make no sense.
func panicUnsafe(rule uint32) { panic(errorString(unsafeRules[rule])) }

var unsafeRules = [...]string{
	0: "unsafe.Slice: len out of range",
	1: "unsafe.Slice: ptr is nil and len is not zero",
	2: "unsafe.String: len out of range",
	3: "unsafe.String: ptr is nil and len is not zero",
}

// abi::Fault
const (
	faultSendOnClosed = iota
	faultCloseOfClosed
	faultCloseOfNil
	faultMakeChanSize
	faultMakeSliceLen
	faultMakeSliceCap
	faultGrowSliceLen
	faultAssignToNilMap
	faultUnhashable
	faultUncomparable
	faultMissingMethod
	faultStringTooLong
	faultPanicNil
	faultUnhashableKey
)

// raise panics with the error of a fault that the runtime has found: ProgramHeader::raise.
func raise(fault uint32, a, b int64) {
	switch fault {
	case faultSendOnClosed:
		panic(plainError("send on closed channel"))
	case faultCloseOfClosed:
		panic(plainError("close of closed channel"))
	case faultCloseOfNil:
		panic(plainError("close of nil channel"))
	case faultMakeChanSize:
		panic(plainError("makechan: size out of range"))
	case faultMakeSliceLen:
		panic(errorString("makeslice: len out of range"))
	case faultMakeSliceCap:
		panic(errorString("makeslice: cap out of range"))
	case faultGrowSliceLen:
		panic(errorString("growslice: len out of range"))
	case faultAssignToNilMap:
		panic(plainError("assignment to entry in nil map"))
	case faultUnhashable:
		panic(errorString("hash of unhashable type " + textOf(typeAt(a))))
	case faultUncomparable:
		panic(errorString("comparing uncomparable type " + textOf(typeAt(a))))
	case faultMissingMethod:
		panic(assertionError(typeAt(a), typeAt(b), nil))
	case faultStringTooLong:
		fatal("string concatenation too long")
	case faultPanicNil:
		panic(new(PanicNilError))
	case faultUnhashableKey:
		panic(plainError("hash of unhashable type: " + textOf(typeAt(a))))
	}
	fatal("unknown fault")
}
