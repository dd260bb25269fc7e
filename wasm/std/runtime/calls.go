// Calls by reflection. A frame holds arguments and results; see the compiler's reflection.cpp.
package runtime

import (
	"internal/abi"
	"unsafe"
)

// linkedModule is what reflection must know of a module: the program, or an image of library packages. The compiler fills
// it in.
type linkedModule struct {
	// The descriptors of all types without names of their own, sorted by their texts.
	typesByName []int32
	// For each index of the module's part of the function table the index of the function that calls it with a frame; 0:
	// there is none.
	callThunks   []uint32
	firstInTable uintptr
	below        *linkedModule // what it is linked to; nil: nothing
}

// The program.
var modules *linkedModule

func callThunkOf(code uintptr) uintptr {
	for m := modules; m != nil; m = m.below {
		if i := code - m.firstInTable; i < uintptr(len(m.callThunks)) {
			return uintptr(m.callThunks[i])
		}
	}
	return 0
}

// reflectcall calls the code whose index is at f. Package reflect's call.
func reflectcall(t *abi.Type, f, frame unsafe.Pointer, size, resultsAt, frameSize uint32, registers unsafe.Pointer) {
	code := *(*uintptr)(f)
	if code == anySignature {
		reflect_callMade(f, frame)
		return
	}
	if code == uintptr(atOffset(methodOfEmbedded)) {
		reflect_embeddedIfaceMethStub()
	}
	thunk := callThunkOf(code)
	if thunk == 0 {
		fatal("reflect: call of a function of unknown type")
	}
	closure := &thunk
	(*(*func(f, frame unsafe.Pointer))(unsafe.Pointer(&closure)))(f, frame)
}

//go:linkname reflect_callMade reflect.callMade
func reflect_callMade(f, frame unsafe.Pointer)

// The code of functions made for a type that the program does not have: only reflectcall can call them.
const anySignature = 1 << 31

// A flag of function types in whose descriptors the compiler has left the code for made functions; types that reflect
// makes do not have it.
const hasMadeCode abi.TFlag = 1 << 7

// madeCode fills what is padding in Go's descriptor.
type funcType struct {
	abi.Type
	inCount, outCount uint16
	madeCode          uint32
}

//go:linkname codeOfFuncType reflect.codeOf
func codeOfFuncType(t *funcType) uintptr {
	if t.TFlag&hasMadeCode == 0 {
		return anySignature
	}
	return uintptr(t.madeCode)
}
