// How descriptors refer to names and types: by address here, by an offset in the module under Go's own compiler.
package rtype

import "unsafe"

func nameAt(_ unsafe.Pointer, address int32) Name {
	return Name{(*byte)(unsafe.Pointer(uintptr(uint32(address))))}
}

func typeAt(_ unsafe.Pointer, address int32) *Type {
	return (*Type)(unsafe.Pointer(uintptr(uint32(address))))
}
