package rtype

import "unsafe"

// Eface is an interface value without methods: its two words.
type Eface struct {
	Type *Type
	Data unsafe.Pointer
}

// Iface is one with methods; the table begins with the interface's type and the value's.
type Iface struct {
	Table unsafe.Pointer
	Data  unsafe.Pointer
}

type tableHead struct {
	iface *Type
	Type  *Type
}

func EfaceOf(v *any) *Eface { return (*Eface)(unsafe.Pointer(v)) }

// TypeOf is the dynamic type of v, nil for a nil interface.
func TypeOf(v any) *Type { return (*Eface)(unsafe.Pointer(&v)).Type }

// Address tells where the value in an interface lies. The word v points to must outlive the result.
func Address(v *any) unsafe.Pointer {
	e := EfaceOf(v)
	if e.Type.Direct() {
		return unsafe.Pointer(&e.Data)
	}
	return e.Data
}

// ToAny makes an interface value of the one at p, which must not change while that is in use: nothing is copied. What
// holds an interface itself gives what is in it.
func ToAny(t *Type, p unsafe.Pointer) any {
	if t.Kind == Interface {
		inner, at := Dynamic(t, p)
		if inner == nil {
			return nil
		}
		return ToAny(inner, at)
	}
	var v any
	e := EfaceOf(&v)
	e.Type = t
	if t.Direct() {
		e.Data = *(*unsafe.Pointer)(p)
	} else {
		e.Data = p
	}
	return v
}

// Dynamic looks into the interface of type t at p: the type of what it holds (nil: nothing) and where that lies.
func Dynamic(t *Type, p unsafe.Pointer) (*Type, unsafe.Pointer) {
	var inner *Type
	data := &(*Eface)(p).Data
	if t.NumMethod() == 0 {
		inner = (*Eface)(p).Type
	} else if table := (*Iface)(p).Table; table != nil {
		inner = (*tableHead)(table).Type
	}
	if inner == nil {
		return nil, nil
	}
	if inner.Direct() {
		return inner, unsafe.Pointer(data)
	}
	return inner, *data
}

// Implements tells whether values of t have the methods of the interface type.
func Implements(t, iface *Type) bool {
	return iface.NumMethod() == 0 || itabFor(iface, t, true) != nil
}

// StoreInterface assigns v to the variable of interface type at p; v must implement it.
func StoreInterface(iface *Type, p unsafe.Pointer, v any) {
	e := EfaceOf(&v)
	if iface.NumMethod() == 0 {
		*(*any)(p) = v
		return
	}
	*(*Iface)(p) = Iface{itabFor(iface, e.Type, false), e.Data}
}

// SliceHeader is a slice's three words.
type SliceHeader struct {
	Data unsafe.Pointer
	Len  int
	Cap  int
}

// Copy copies a value of type t.
func Copy(t *Type, to, from unsafe.Pointer) {
	if t.Size == 8 {
		*(*uint64)(to) = *(*uint64)(from)
		return
	}
	copy(unsafe.Slice((*byte)(to), t.Size), unsafe.Slice((*byte)(from), t.Size))
}

// MapIterator walks over a map; Key is nil at the end.
type MapIterator struct {
	Key      unsafe.Pointer
	Value    unsafe.Pointer
	reserved [14]uint64
}

func MapLen(m unsafe.Pointer) int {
	if m == nil {
		return 0
	}
	return mapLen(m)
}

func (it *MapIterator) Start(t *Type, m unsafe.Pointer) {
	if m != nil {
		mapIterStart(t, m, it)
	}
}

func (it *MapIterator) Next() { mapIterNext(it) }
