package fmt

import (
	"internal/rtype"
	"sort"
	"unsafe"
)

type mapEntry struct {
	key, value unsafe.Pointer
}

// sortedEntries gives a map's entries in the order in which they are printed.
func sortedEntries(t *rtype.Type, m unsafe.Pointer) []mapEntry {
	if rtype.MapLen(m) == 0 {
		return nil
	}
	entries := make([]mapEntry, 0, rtype.MapLen(m))
	var it rtype.MapIterator
	for it.Start(t, m); it.Key != nil; it.Next() {
		entries = append(entries, mapEntry{it.Key, it.Value})
	}
	sort.Stable(&byKey{t.Key(), entries})
	return entries
}

type byKey struct {
	key     *rtype.Type
	entries []mapEntry
}

func (b *byKey) Len() int           { return len(b.entries) }
func (b *byKey) Swap(i, j int)      { b.entries[i], b.entries[j] = b.entries[j], b.entries[i] }
func (b *byKey) Less(i, j int) bool { return compare(b.key, b.entries[i].key, b.entries[j].key) < 0 }

func order(less, greater bool) int {
	if less {
		return -1
	}
	if greater {
		return 1
	}
	return 0
}

// compare orders two values of one type: numbers and strings as <, NaN first, false before true, structs and arrays by their
// parts, interfaces by the dynamic type and then the value, all else by address; nil is first.
func compare(t *rtype.Type, a, b unsafe.Pointer) int {
	switch kind := t.Kind; {
	case kind.Signed():
		x, y := rtype.ReadInt(t, a), rtype.ReadInt(t, b)
		return order(x < y, x > y)
	case kind.Unsigned():
		x, y := rtype.ReadUint(t, a), rtype.ReadUint(t, b)
		return order(x < y, x > y)
	case kind == rtype.String:
		x, y := *(*string)(a), *(*string)(b)
		return order(x < y, x > y)
	case kind == rtype.Float32 || kind == rtype.Float64:
		return compareFloats(rtype.ReadFloat(t, a), rtype.ReadFloat(t, b))
	case kind == rtype.Complex64 || kind == rtype.Complex128:
		x, y := rtype.ReadComplex(t, a), rtype.ReadComplex(t, b)
		if c := compareFloats(real(x), real(y)); c != 0 {
			return c
		}
		return compareFloats(imag(x), imag(y))
	case kind == rtype.Bool:
		x, y := *(*bool)(a), *(*bool)(b)
		return order(!x && y, x && !y)
	case kind == rtype.Struct:
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			if c := compare(f.Type, unsafe.Add(a, f.Offset), unsafe.Add(b, f.Offset)); c != 0 {
				return c
			}
		}
		return 0
	case kind == rtype.Array:
		element := t.Elem()
		for i := 0; i < t.Len(); i++ {
			offset := uintptr(i) * element.Size
			if c := compare(element, unsafe.Add(a, offset), unsafe.Add(b, offset)); c != 0 {
				return c
			}
		}
		return 0
	case kind == rtype.Interface:
		return compareInterfaces(t, a, b)
	}
	x, y := uintptr(rtype.ReadPointer(a)), uintptr(rtype.ReadPointer(b))
	return order(x < y, x > y)
}

func compareFloats(x, y float64) int {
	if x != x || y != y {
		return order(x != x && y == y, y != y && x == x)
	}
	return order(x < y, x > y)
}

func compareInterfaces(t *rtype.Type, a, b unsafe.Pointer) int {
	typeA, atA := rtype.Dynamic(t, a)
	typeB, atB := rtype.Dynamic(t, b)
	switch {
	case typeA == nil || typeB == nil:
		return order(typeA == nil && typeB != nil, typeA != nil && typeB == nil)
	case typeA == typeB:
		return compare(typeA, atA, atB)
	}
	// Go orders types by where their descriptors happen to lie.
	x, y := uintptr(unsafe.Pointer(typeA)), uintptr(unsafe.Pointer(typeB))
	return order(x < y, x > y)
}
