// What reflect and internal/reflectlite want of the runtime.
package runtime

import (
	"internal/abi"
	"unsafe"
)

// ---- offsets in descriptors are addresses of names and types, and indices in the function table (runtime/abi/type.h)

func atOffset(off int32) unsafe.Pointer { return unsafe.Pointer(uintptr(uint32(off))) }

//go:linkname reflect_resolveNameOff reflect.resolveNameOff
func reflect_resolveNameOff(module unsafe.Pointer, off int32) unsafe.Pointer { return atOffset(off) }

//go:linkname reflect_resolveTypeOff reflect.resolveTypeOff
func reflect_resolveTypeOff(module unsafe.Pointer, off int32) unsafe.Pointer {
	return typeAtOffset(off)
}

//go:linkname reflect_resolveTextOff reflect.resolveTextOff
func reflect_resolveTextOff(module unsafe.Pointer, off int32) unsafe.Pointer { return atOffset(off) }

//go:linkname reflectlite_resolveNameOff internal/reflectlite.resolveNameOff
func reflectlite_resolveNameOff(module unsafe.Pointer, off int32) unsafe.Pointer {
	return atOffset(off)
}

//go:linkname reflectlite_resolveTypeOff internal/reflectlite.resolveTypeOff
func reflectlite_resolveTypeOff(module unsafe.Pointer, off int32) unsafe.Pointer {
	return typeAtOffset(off)
}

func typeAtOffset(off int32) unsafe.Pointer {
	if off == -1 { // a method that the program does not keep
		return nil
	}
	return atOffset(off)
}

// Names that reflect makes are known by their offsets only: here the collector sees them.
var madeByReflect struct {
	lock  uint32
	names []unsafe.Pointer
}

//go:linkname reflect_addReflectOff reflect.addReflectOff
func reflect_addReflectOff(p unsafe.Pointer) int32 {
	if uintptr(p) == reflect_embeddedCode() {
		return methodOfEmbedded
	}
	lockWord(&madeByReflect.lock)
	madeByReflect.names = append(madeByReflect.names, p)
	unlockWord(&madeByReflect.lock)
	return int32(uint32(uintptr(p)))
}

//go:linkname reflect_typelinks reflect.typelinks
func reflect_typelinks() (sections []unsafe.Pointer, offsets [][]int32) {
	for m := modules; m != nil; m = m.below {
		sections = append(sections, nil)
		offsets = append(offsets, m.typesByName)
	}
	return sections, offsets
}

// methodOfEmbedded stands for the code of a method that panics, whatever its signature; where it is called through an
// interface, the runtime finds code of the signature that is wanted.
const methodOfEmbedded = -2

//go:linkname reflect_embeddedCode reflect.embeddedCode
func reflect_embeddedCode() uintptr

//go:linkname reflect_embeddedIfaceMethStub reflect.embeddedIfaceMethStub
func reflect_embeddedIfaceMethStub()

// ---- memory

//go:linkname newObject rt_newObject
func newObject(t *abi.Type) unsafe.Pointer

//go:linkname newArray rt_newArray
func newArray(t *abi.Type, n int) unsafe.Pointer

//go:linkname growSlice rt_growSlice
func growSlice(old unsafe.Pointer, newLen, oldCap, added int, element *abi.Type) unsafe.Pointer

//go:linkname bulkBarrier rt_bulkBarrier
func bulkBarrier(p unsafe.Pointer, bytes uintptr)

//go:linkname collectorMarks rt.barrier
func collectorMarks() bool

// beforeWrite is to be called right before memory that may hold pointers is overwritten.
func beforeWrite(t *abi.Type, p unsafe.Pointer, bytes uintptr) {
	if collectorMarks() && t.PtrBytes != 0 {
		bulkBarrier(unsafe.Pointer(uintptr(p)&^7), (bytes+7)&^7)
	}
}

//go:linkname reflect_unsafe_New reflect.unsafe_New
func reflect_unsafe_New(t *abi.Type) unsafe.Pointer { return newObject(t) }

//go:linkname reflectlite_unsafe_New internal/reflectlite.unsafe_New
func reflectlite_unsafe_New(t *abi.Type) unsafe.Pointer { return newObject(t) }

//go:linkname reflect_unsafe_NewArray reflect.unsafe_NewArray
func reflect_unsafe_NewArray(t *abi.Type, n int) unsafe.Pointer { return newArray(t, n) }

func moveBytes(to, from unsafe.Pointer, n uintptr) {
	copy(unsafe.Slice((*byte)(to), n), unsafe.Slice((*byte)(from), n))
}

func clearBytes(at unsafe.Pointer, n uintptr) { clear(unsafe.Slice((*byte)(at), n)) }

func moveTyped(t *abi.Type, to, from unsafe.Pointer) {
	if to == from {
		return
	}
	beforeWrite(t, to, t.Size_)
	moveBytes(to, from, t.Size_)
}

func clearTyped(t *abi.Type, at unsafe.Pointer) {
	beforeWrite(t, at, t.Size_)
	clearBytes(at, t.Size_)
}

//go:linkname reflect_memmove reflect.memmove
func reflect_memmove(to, from unsafe.Pointer, n uintptr) { moveBytes(to, from, n) }

//go:linkname reflect_typedmemmove reflect.typedmemmove
func reflect_typedmemmove(t *abi.Type, to, from unsafe.Pointer) { moveTyped(t, to, from) }

//go:linkname reflectlite_typedmemmove internal/reflectlite.typedmemmove
func reflectlite_typedmemmove(t *abi.Type, to, from unsafe.Pointer) { moveTyped(t, to, from) }

//go:linkname reflect_typedmemclr reflect.typedmemclr
func reflect_typedmemclr(t *abi.Type, at unsafe.Pointer) { clearTyped(t, at) }

//go:linkname reflect_typedmemclrpartial reflect.typedmemclrpartial
func reflect_typedmemclrpartial(t *abi.Type, at unsafe.Pointer, off, size uintptr) {
	beforeWrite(t, at, size)
	clearBytes(at, size)
}

//go:linkname reflect_typedarrayclear reflect.typedarrayclear
func reflect_typedarrayclear(t *abi.Type, at unsafe.Pointer, n int) {
	size := t.Size_ * uintptr(n)
	beforeWrite(t, at, size)
	clearBytes(at, size)
}

type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

//go:linkname reflect_typedslicecopy reflect.typedslicecopy
func reflect_typedslicecopy(t *abi.Type, to, from sliceHeader) int {
	n := min(to.len, from.len)
	size := t.Size_ * uintptr(n)
	if size == 0 || to.data == from.data {
		return n
	}
	beforeWrite(t, to.data, size)
	moveBytes(to.data, from.data, size)
	return n
}

//go:linkname reflect_growslice reflect.growslice
func reflect_growslice(t *abi.Type, old sliceHeader, added int) sliceHeader {
	// The room that is there counts as used, so that the new capacity is what append would give a full slice.
	added -= old.cap - old.len
	grown := sliceHeader{len: old.len}
	grown.data = growSlice(old.data, old.cap+added, old.cap, added, t)
	grown.cap = int(result64())
	return grown
}

//go:linkname reflect_unsafeslice reflect.unsafeslice
func reflect_unsafeslice(t *abi.Type, p unsafe.Pointer, n int) {
	const end = 1 << 32
	switch {
	case n < 0:
		panicUnsafe(0)
	case p == nil && n > 0:
		panicUnsafe(1)
	case t.Size_ != 0 && uintptr(n) > (end-uintptr(p))/t.Size_:
		panicUnsafe(0)
	}
}

//go:linkname reflect_verifyNotInHeapPtr reflect.verifyNotInHeapPtr
func reflect_verifyNotInHeapPtr(p uintptr) bool { return true }

// ---- interfaces

//go:linkname hashEface rt_hashEface
func hashEface(v *any, seed uintptr) uintptr

//go:linkname reflect_ifaceE2I reflect.ifaceE2I
func reflect_ifaceE2I(t *abi.Type, v any, to unsafe.Pointer) { toInterface(t, v, to) }

//go:linkname reflectlite_ifaceE2I internal/reflectlite.ifaceE2I
func reflectlite_ifaceE2I(t *abi.Type, v any, to unsafe.Pointer) { toInterface(t, v, to) }

//go:linkname reflect_typehash reflect.typehash
func reflect_typehash(t *abi.Type, p unsafe.Pointer, seed uintptr) uintptr {
	v := valueAt(t, p)
	return hashEface(&v, seed)
}

//go:linkname panicking_typeString internal/runtime/maps.typeString
func panicking_typeString(t *abi.Type) string { return textOf(t) }
