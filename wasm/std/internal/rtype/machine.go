// The runtime's entry points that this package calls.
package rtype

import "unsafe"

//go:linkname itabFor rt_itabFor
func itabFor(iface, t *Type, mayFail bool) unsafe.Pointer

//go:linkname mapIterStart rt_mapIterStart
func mapIterStart(t *Type, m unsafe.Pointer, it *MapIterator)

//go:linkname mapIterNext rt_mapIterNext
func mapIterNext(it *MapIterator)

func mapLen(m unsafe.Pointer) int { return *(*int)(m) } // abi::MapHeader
