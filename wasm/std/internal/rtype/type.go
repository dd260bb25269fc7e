// Package rtype reads Go's type descriptors: what fmt, errors, sort and the runtime want to know about a value whose type
// they meet only at run time. It stands in for reflect where a program does not import that.
//
// The layout is the one in runtime/abi/type.h, which is that of Go's own compiler: this package works under both, except
// for offsets.go and machine.go.
package rtype

import "unsafe"

type Kind uint8

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

const (
	flagUncommon    = 1 << 0
	flagExtraStar   = 1 << 1
	flagNamed       = 1 << 2
	flagDirectIface = 1 << 5
)

// Type is the part that the descriptors of all kinds begin with.
type Type struct {
	Size          uintptr
	PointerBytes  uintptr
	Hash          uint32
	flags         uint8
	Align         uint8
	FieldAlign    uint8
	Kind          Kind
	Equal         func(p, q unsafe.Pointer) bool // nil: not comparable
	gcData        unsafe.Pointer
	text          int32
	pointerToThis int32
}

type arrayType struct {
	Type
	element *Type
	slice   *Type
	length  uintptr
}

type chanType struct {
	Type
	element   *Type
	direction int
}

type funcType struct {
	Type
	inCount, outCount uint16
	padding           uint32
}

type interfaceMethod struct {
	name     int32
	funcType int32
}

type interfaceType struct {
	Type
	packagePath Name
	methods     []interfaceMethod
}

type mapType struct {
	Type
	key, element, group             *Type
	hasher                          func(unsafe.Pointer, uintptr) uintptr
	groupSize, slotSize, elementOff uintptr
	flags                           uint32
}

type elementType struct { // Pointer, Slice
	Type
	element *Type
}

type structField struct {
	name      Name
	fieldType *Type
	offset    uintptr
}

type structType struct {
	Type
	packagePath Name
	fields      []structField
}

type method struct {
	name          int32
	methodType    int32
	interfaceCall int32
	directCall    int32
}

type uncommonType struct {
	packagePath   int32
	methodCount   uint16
	exportedCount uint16
	methodsOffset uint32
	unused        uint32
}

// Name is an abi name: a byte of flags, a varint length, the bytes, then perhaps a tag and a package path.
type Name struct{ bytes *byte }

const (
	nameExported    = 1 << 0
	nameHasTag      = 1 << 1
	nameHasPackage  = 1 << 2
	nameEmbedded    = 1 << 3
	nameLengthStart = 1
)

func (n Name) at(i int) *byte { return (*byte)(unsafe.Add(unsafe.Pointer(n.bytes), i)) }

// varint reads the number at byte i and tells where the next thing begins.
func (n Name) varint(i int) (value, next int) {
	for shift := 0; ; shift += 7 {
		b := *n.at(i)
		i++
		value |= int(b&0x7f) << shift
		if b < 0x80 {
			return value, i
		}
	}
}

func (n Name) exported() bool { return *n.bytes&nameExported != 0 }
func (n Name) embedded() bool { return *n.bytes&nameEmbedded != 0 }

func (n Name) String() string {
	if n.bytes == nil {
		return ""
	}
	length, start := n.varint(nameLengthStart)
	return unsafe.String(n.at(start), length)
}

// packagePath is that of an unexported name which carries one.
func (n Name) packagePath() string {
	if n.bytes == nil || *n.bytes&nameHasPackage == 0 {
		return ""
	}
	length, start := n.varint(nameLengthStart)
	i := start + length
	if *n.bytes&nameHasTag != 0 {
		length, start = n.varint(i)
		i = start + length
	}
	var offset int32
	for k := 0; k < 4; k++ { // it need not be aligned
		offset |= int32(*n.at(i + k)) << (8 * k)
	}
	return nameAt(unsafe.Pointer(n.bytes), offset).String()
}

// String is the type as fmt's %T prints it.
func (t *Type) String() string {
	s := nameAt(unsafe.Pointer(t), t.text).String()
	if t.flags&flagExtraStar != 0 {
		return s[1:]
	}
	return s
}

func (t *Type) Named() bool { return t.flags&flagNamed != 0 }

// Direct tells whether an interface's data word holds the value itself, which is one pointer then.
func (t *Type) Direct() bool { return t.flags&flagDirectIface != 0 }

func (t *Type) uncommon() *uncommonType {
	if t.flags&flagUncommon == 0 {
		return nil
	}
	size := unsafe.Sizeof(Type{})
	switch t.Kind {
	case Array:
		size = unsafe.Sizeof(arrayType{})
	case Chan:
		size = unsafe.Sizeof(chanType{})
	case Func:
		size = unsafe.Sizeof(funcType{})
	case Interface:
		size = unsafe.Sizeof(interfaceType{})
	case Map:
		size = unsafe.Sizeof(mapType{})
	case Pointer, Slice:
		size = unsafe.Sizeof(elementType{})
	case Struct:
		size = unsafe.Sizeof(structType{})
	}
	return (*uncommonType)(unsafe.Add(unsafe.Pointer(t), size))
}

// HomePath is PackagePath, but for structs and interfaces with names that are not exported: the package of those.
func (t *Type) HomePath() string {
	if t.Named() {
		return t.PackagePath()
	}
	switch t.Kind {
	case Struct:
		return (*structType)(unsafe.Pointer(t)).packagePath.String()
	case Interface:
		return (*interfaceType)(unsafe.Pointer(t)).packagePath.String()
	}
	return ""
}

// PackagePath is the import path of the package that declares the type; "" for predeclared and composite ones.
func (t *Type) PackagePath() string {
	u := t.uncommon()
	if u == nil || !t.Named() {
		return ""
	}
	return nameAt(unsafe.Pointer(t), u.packagePath).String()
}

// Elem is the element type of an array, chan, map, pointer or slice.
func (t *Type) Elem() *Type {
	switch t.Kind {
	case Array:
		return (*arrayType)(unsafe.Pointer(t)).element
	case Chan:
		return (*chanType)(unsafe.Pointer(t)).element
	case Map:
		return (*mapType)(unsafe.Pointer(t)).element
	case Pointer, Slice:
		return (*elementType)(unsafe.Pointer(t)).element
	}
	panic("rtype: Elem of " + t.String())
}

// Key is the key type of a map.
func (t *Type) Key() *Type { return (*mapType)(unsafe.Pointer(t)).key }

// Len is the length of an array.
func (t *Type) Len() int { return int((*arrayType)(unsafe.Pointer(t)).length) }

// Field is what a struct type tells of one of its fields.
type Field struct {
	Name     string
	Type     *Type
	Offset   uintptr
	Exported bool
	Embedded bool
}

func (t *Type) NumField() int { return len((*structType)(unsafe.Pointer(t)).fields) }

func (t *Type) Field(i int) Field {
	f := &(*structType)(unsafe.Pointer(t)).fields[i]
	return Field{f.name.String(), f.fieldType, f.offset, f.name.exported(), f.name.embedded()}
}

// NumMethod is the number of methods of an interface type.
func (t *Type) NumMethod() int { return len((*interfaceType)(unsafe.Pointer(t)).methods) }

// MissingMethod is the first method, by name, of the interface that t lacks; "" when it has them all.
func (t *Type) MissingMethod(iface *Type) string {
	wanted := (*interfaceType)(unsafe.Pointer(iface))
	var have []method
	u := t.uncommon()
	if u != nil && u.methodCount > 0 {
		have = unsafe.Slice((*method)(unsafe.Add(unsafe.Pointer(u), uintptr(u.methodsOffset))), int(u.methodCount))
	}
	next := 0 // both lists are sorted by name
search:
	for i := range wanted.methods {
		w := &wanted.methods[i]
		name := nameAt(unsafe.Pointer(iface), w.name)
		signature := typeAt(unsafe.Pointer(iface), w.funcType)
		for ; next < len(have); next++ {
			h := &have[next]
			found := nameAt(unsafe.Pointer(t), h.name)
			if found.String() != name.String() || typeAt(unsafe.Pointer(t), h.methodType) != signature {
				continue
			}
			if !name.exported() && methodPackage(name, wanted.packagePath.String()) != methodPackage(found, t.PackagePath()) {
				continue
			}
			next++
			continue search
		}
		return name.String()
	}
	return ""
}

func methodPackage(name Name, otherwise string) string {
	if path := name.packagePath(); path != "" {
		return path
	}
	return otherwise
}
