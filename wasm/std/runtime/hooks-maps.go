// Maps as reflect and package maps use them.
package runtime

import (
	"internal/abi"
	"unsafe"
)

//go:linkname mapMake rt_mapMake
func mapMake(t *abi.Type, hint int) unsafe.Pointer

//go:linkname mapAccess2 rt_mapAccess2
func mapAccess2(t *abi.Type, m, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapAssign rt_mapAssign
func mapAssign(t *abi.Type, m, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapDelete rt_mapDelete
func mapDelete(t *abi.Type, m, key unsafe.Pointer)

//go:linkname mapClear rt_mapClear
func mapClear(t *abi.Type, m unsafe.Pointer)

//go:linkname mapIterStart rt_mapIterStart
func mapIterStart(t *abi.Type, m unsafe.Pointer, it *mapIterator)

//go:linkname mapIterNext rt_mapIterNext
func mapIterNext(it *mapIterator)

// abi::MapIterator
type mapIterator struct {
	key, value unsafe.Pointer // key nil: at the end
	pointers   [3]unsafe.Pointer
	numbers    [11]uint64
}

func mapLen(m unsafe.Pointer) int {
	if m == nil {
		return 0
	}
	return *(*int)(m) // abi::MapHeader
}

//go:linkname reflect_makemap reflect.makemap
func reflect_makemap(t *abi.Type, hint int) unsafe.Pointer { return mapMake(t, hint) }

//go:linkname reflect_maplen reflect.maplen
func reflect_maplen(m unsafe.Pointer) int { return mapLen(m) }

//go:linkname reflectlite_maplen internal/reflectlite.maplen
func reflectlite_maplen(m unsafe.Pointer) int { return mapLen(m) }

//go:linkname reflect_mapaccess reflect.mapaccess
func reflect_mapaccess(t *abi.Type, m, key unsafe.Pointer) unsafe.Pointer {
	return mapAccess2(t, m, key)
}

//go:linkname reflect_mapaccess_faststr reflect.mapaccess_faststr
func reflect_mapaccess_faststr(t *abi.Type, m unsafe.Pointer, key string) unsafe.Pointer {
	return mapAccess2(t, m, unsafe.Pointer(&key))
}

//go:linkname reflect_mapassign reflect.mapassign0
func reflect_mapassign(t *abi.Type, m, key, value unsafe.Pointer) {
	moveTyped((*abi.MapType)(unsafe.Pointer(t)).Elem, mapAssign(t, m, key), value)
}

//go:linkname reflect_mapassign_faststr reflect.mapassign_faststr0
func reflect_mapassign_faststr(t *abi.Type, m unsafe.Pointer, key string, value unsafe.Pointer) {
	reflect_mapassign(t, m, unsafe.Pointer(&key), value)
}

//go:linkname reflect_mapdelete reflect.mapdelete
func reflect_mapdelete(t *abi.Type, m, key unsafe.Pointer) { mapDelete(t, m, key) }

//go:linkname reflect_mapdelete_faststr reflect.mapdelete_faststr
func reflect_mapdelete_faststr(t *abi.Type, m unsafe.Pointer, key string) {
	mapDelete(t, m, unsafe.Pointer(&key))
}

//go:linkname reflect_mapclear reflect.mapclear
func reflect_mapclear(t *abi.Type, m unsafe.Pointer) { mapClear(t, m) }

// maps_clone copies the map in v, whose type is a map type.
//
//go:linkname maps_clone maps.clone
func maps_clone(v any) any {
	words := (*interfaceWords)(unsafe.Pointer(&v))
	if words.data == nil {
		return v
	}
	t := typeOf(&v)
	element := (*abi.MapType)(unsafe.Pointer(t)).Elem
	from := words.data
	to := mapMake(t, mapLen(from))
	var it mapIterator
	for mapIterStart(t, from, &it); it.key != nil; mapIterNext(&it) {
		moveTyped(element, mapAssign(t, to, it.key), it.value)
	}
	words.data = to
	return v
}
