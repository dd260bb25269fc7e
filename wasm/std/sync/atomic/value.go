package atomic

import "unsafe"

// Value holds a value of one type, whichever was stored first.
//
// Its two words are written one after the other: first the type word becomes `storing`, then the data word is set, then
// the type word gets the type, which never changes again. So whoever sees a type sees data of that type.
type Value struct {
	v any
}

type words struct {
	typ  unsafe.Pointer
	data unsafe.Pointer
}

var storingByte byte

func storing() unsafe.Pointer { return unsafe.Pointer(&storingByte) }

func wordsOf(v *any) *words { return (*words)(unsafe.Pointer(v)) }

// Load gives the value last stored, nil before that.
func (v *Value) Load() (val any) {
	from := wordsOf(&v.v)
	typ := LoadPointer(&from.typ)
	if typ == nil || typ == storing() {
		return nil
	}
	to := wordsOf(&val)
	to.typ = typ
	to.data = LoadPointer(&from.data)
	return val
}

// claim brings v to where its type word is that of val: it panics when it is another and waits while the first value is
// being stored. When v is empty it stores val and tells so.
func (v *Value) claim(val any, operation string) (stored bool) {
	if val == nil {
		panic("sync/atomic: " + operation + " of nil value into Value")
	}
	to, from := wordsOf(&v.v), wordsOf(&val)
	for {
		switch LoadPointer(&to.typ) {
		case from.typ:
			return false
		case nil:
			// The goroutine must not be preempted before the type word is set again: nothing here can park.
			if CompareAndSwapPointer(&to.typ, nil, storing()) {
				StorePointer(&to.data, from.data)
				StorePointer(&to.typ, from.typ)
				return true
			}
		case storing(): // another worker is between the two stores above
		default:
			panic("sync/atomic: " + operation + " of inconsistently typed value into Value")
		}
	}
}

func (v *Value) Store(val any) {
	if !v.claim(val, "store") {
		StorePointer(&wordsOf(&v.v).data, wordsOf(&val).data)
	}
}

// Swap stores new and gives what was there before, nil if nothing.
func (v *Value) Swap(new any) (old any) {
	if v.claim(new, "swap") {
		return nil
	}
	was := wordsOf(&old)
	was.typ = wordsOf(&new).typ
	was.data = SwapPointer(&wordsOf(&v.v).data, wordsOf(&new).data)
	return old
}

// CompareAndSwap stores new if the value is old; they must be comparable.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	if old != nil && wordsOf(&old).typ != wordsOf(&new).typ {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	to := wordsOf(&v.v)
	typ := LoadPointer(&to.typ)
	if typ == nil {
		return old == nil && v.claim(new, "compare and swap")
	}
	if typ == storing() { // a moment ago it was empty
		return false
	}
	if typ != wordsOf(&new).typ {
		panic("sync/atomic: compare and swap of inconsistently typed value into Value")
	}
	data := LoadPointer(&to.data)
	var now any
	wordsOf(&now).typ, wordsOf(&now).data = typ, data
	if now != old {
		return false
	}
	return CompareAndSwapPointer(&to.data, data, wordsOf(&new).data)
}
