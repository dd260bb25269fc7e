package rtype

import (
	"reflect"
	"sync"
	"unsafe"
)

//go:linkname getitab runtime.getitab
func getitab(iface, t unsafe.Pointer, mayFail bool) unsafe.Pointer

func itabFor(iface, t *Type, mayFail bool) unsafe.Pointer {
	return getitab(unsafe.Pointer(iface), unsafe.Pointer(t), mayFail)
}

var (
	mu        sync.Mutex
	iterators = map[*MapIterator]*reflect.MapIter{}
)

func mapIterStart(t *Type, m unsafe.Pointer, it *MapIterator) {
	var v any
	*EfaceOf(&v) = Eface{t, m}
	mu.Lock()
	iterators[it] = reflect.ValueOf(v).MapRange()
	mu.Unlock()
	mapIterNext(it)
}

func mapIterNext(it *MapIterator) {
	mu.Lock()
	iter := iterators[it]
	mu.Unlock()
	if !iter.Next() {
		it.Key, it.Value = nil, nil
		mu.Lock()
		delete(iterators, it)
		mu.Unlock()
		return
	}
	it.Key, it.Value = boxed(iter.Key()), boxed(iter.Value())
}

// boxed gives the address of a copy of v.
func boxed(v reflect.Value) unsafe.Pointer {
	box := reflect.New(v.Type())
	box.Elem().Set(v)
	return box.UnsafePointer()
}

func mapLen(m unsafe.Pointer) int { return int(*(*uint64)(m)) }
