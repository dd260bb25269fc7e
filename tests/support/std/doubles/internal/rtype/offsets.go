package rtype

import "unsafe"

//go:linkname resolveNameOff reflect.resolveNameOff
func resolveNameOff(within unsafe.Pointer, offset int32) unsafe.Pointer

//go:linkname resolveTypeOff reflect.resolveTypeOff
func resolveTypeOff(within unsafe.Pointer, offset int32) unsafe.Pointer

func nameAt(within unsafe.Pointer, offset int32) Name {
	return Name{(*byte)(resolveNameOff(within, offset))}
}

func typeAt(within unsafe.Pointer, offset int32) *Type {
	return (*Type)(resolveTypeOff(within, offset))
}
