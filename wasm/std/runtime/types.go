// What the texts of run-time errors tell of types, and interfaces as words.
package runtime

import (
	"internal/abi"
	"unsafe"
)

func typeAt(address int64) *abi.Type { return (*abi.Type)(unsafe.Pointer(uintptr(address))) }

func nameAt(off abi.NameOff) abi.Name { return abi.Name{Bytes: (*byte)(atOffset(int32(off)))} }

// textOf is the type as fmt's %T prints it.
func textOf(t *abi.Type) string {
	text := nameAt(t.Str).Name()
	if t.TFlag&abi.TFlagExtraStar != 0 {
		return text[1:]
	}
	return text
}

// packageOf is the import path of the package that declares the type; "" for predeclared and composite ones.
func packageOf(t *abi.Type) string {
	u := t.Uncommon()
	if u == nil || !t.HasName() {
		return ""
	}
	return nameAt(u.PkgPath).Name()
}

// homeOf is packageOf, but for structs and interfaces with names that are not exported: the package of those.
func homeOf(t *abi.Type) string {
	switch {
	case t.HasName():
		return packageOf(t)
	case t.Kind() == abi.Struct:
		return t.StructType().PkgPath.Name()
	case t.Kind() == abi.Interface:
		return t.InterfaceType().PkgPath.Name()
	}
	return ""
}

// packageInName is the package path that a name may carry, if it is not exported.
func packageInName(n abi.Name) string {
	const hasPackage = 1 << 2
	if n.Bytes == nil || *n.Bytes&hasPackage == 0 {
		return ""
	}
	length, bytes := n.ReadVarint(1)
	at := 1 + length + bytes
	if n.HasTag() {
		length, bytes = n.ReadVarint(at)
		at += length + bytes
	}
	var off abi.NameOff
	for i := 0; i < 4; i++ { // it need not be aligned
		off |= abi.NameOff(*n.Data(at + i)) << (8 * i)
	}
	return nameAt(off).Name()
}

// missingMethod is the first method, by name, of the interface that t lacks; "" when it has them all.
func missingMethod(t *abi.Type, iface *abi.InterfaceType) string {
	var have []abi.Method
	if u := t.Uncommon(); u != nil {
		have = u.Methods()
	}
	homeOfName := func(n abi.Name, otherwise string) string {
		if path := packageInName(n); path != "" {
			return path
		}
		return otherwise
	}
	next := 0 // both lists are sorted by name
search:
	for i := range iface.Methods {
		wanted := &iface.Methods[i]
		name := nameAt(wanted.Name)
		for next < len(have) {
			method := &have[next]
			next++
			found := nameAt(method.Name)
			if found.Name() != name.Name() || method.Mtyp != wanted.Typ {
				continue
			}
			if name.IsExported() || homeOfName(name, iface.PkgPath.Name()) == homeOfName(found, packageOf(t)) {
				continue search
			}
		}
		return name.Name()
	}
	return ""
}

// ---- interfaces

//go:linkname itabFor rt_itabFor
func itabFor(iface, t *abi.Type, mayFail bool) unsafe.Pointer

type interfaceWords struct {
	first unsafe.Pointer // a type, or the method table of one
	data  unsafe.Pointer
}

func wordsOf(v *any) *interfaceWords { return (*interfaceWords)(unsafe.Pointer(v)) }

func typeOf(v *any) *abi.Type { return (*abi.Type)(wordsOf(v).first) }

// addressIn tells where the value in an interface lies. The word v points to must outlive the result.
func addressIn(v *any) unsafe.Pointer {
	if typeOf(v).IsDirectIface() {
		return unsafe.Pointer(&wordsOf(v).data)
	}
	return wordsOf(v).data
}

// valueAt is the value of type t at p as an interface. The value must not change while the interface is in use.
func valueAt(t *abi.Type, p unsafe.Pointer) (v any) {
	words := wordsOf(&v)
	words.first = unsafe.Pointer(t)
	words.data = p
	if t.IsDirectIface() {
		words.data = *(*unsafe.Pointer)(p)
	}
	return v
}

// toInterface makes of v, which must implement it, a value of the interface type t.
func toInterface(t *abi.Type, v any, to unsafe.Pointer) {
	words := (*interfaceWords)(to)
	words.first = unsafe.Pointer(typeOf(&v))
	if t.NumMethod() > 0 {
		words.first = itabFor(t, typeOf(&v), false)
	}
	words.data = wordsOf(&v).data
}

func implements(t, iface *abi.Type) bool {
	return iface.NumMethod() == 0 || itabFor(iface, t, true) != nil
}
