package rtype

import "unsafe"

// Reading a value of a basic kind, whatever its named type.

func ReadInt(t *Type, p unsafe.Pointer) int64 {
	switch t.Size {
	case 1:
		return int64(*(*int8)(p))
	case 2:
		return int64(*(*int16)(p))
	case 4:
		return int64(*(*int32)(p))
	}
	return *(*int64)(p)
}

func ReadUint(t *Type, p unsafe.Pointer) uint64 {
	switch t.Size {
	case 1:
		return uint64(*(*uint8)(p))
	case 2:
		return uint64(*(*uint16)(p))
	case 4:
		return uint64(*(*uint32)(p))
	}
	return *(*uint64)(p)
}

func ReadFloat(t *Type, p unsafe.Pointer) float64 {
	if t.Kind == Float32 {
		return float64(*(*float32)(p))
	}
	return *(*float64)(p)
}

func ReadComplex(t *Type, p unsafe.Pointer) complex128 {
	if t.Kind == Complex64 {
		return complex128(*(*complex64)(p))
	}
	return *(*complex128)(p)
}

// ReadPointer gives the pointer that a pointer, chan, func, map, slice or unsafe.Pointer begins with.
func ReadPointer(p unsafe.Pointer) unsafe.Pointer { return *(*unsafe.Pointer)(p) }

func (k Kind) Signed() bool   { return Int <= k && k <= Int64 }
func (k Kind) Unsigned() bool { return Uint <= k && k <= Uintptr }

var kindNames = [...]string{"invalid", "bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64",
	"uintptr", "float32", "float64", "complex64", "complex128", "array", "chan", "func", "interface", "map", "ptr", "slice", "string",
	"struct", "unsafe.Pointer"}

func (k Kind) String() string { return kindNames[k] }
