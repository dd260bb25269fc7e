// Package maps is how reflect walks over the engine's maps.
package maps

import (
	"internal/abi"
	"unsafe"
)

// Use64BitHash tells hash/maphash how many bits a hash has.
const Use64BitHash = true

// Map is the engine's: it begins with the number of entries.
type Map struct {
	used uint64
}

// Iter is an abi::MapIterator, which the engine fills in, and what it walks over.
type Iter struct {
	key, value unsafe.Pointer // key nil: at the end
	pointers   [3]unsafe.Pointer
	numbers    [11]uint64

	t       *abi.MapType
	m       *Map
	started bool
}

// Init prepares for a first Next. m may be nil.
func (it *Iter) Init(t *abi.MapType, m *Map) { it.t, it.m = t, m }

// Initialized tells whether Init has been called.
func (it *Iter) Initialized() bool { return it.t != nil }

func (it *Iter) Map() *Map { return it.m }

// Key is the address of the entry's key; nil at the end.
func (it *Iter) Key() unsafe.Pointer { return it.key }

func (it *Iter) Elem() unsafe.Pointer { return it.value }

// Next goes to the next entry, or the first one.
func (it *Iter) Next() {
	if it.started {
		iterNext(it)
		return
	}
	it.started = true
	if it.m != nil {
		iterStart(it.t, it.m, it)
	}
}

//go:linkname iterStart rt_mapIterStart
func iterStart(t *abi.MapType, m *Map, it *Iter)

//go:linkname iterNext rt_mapIterNext
func iterNext(it *Iter)
