// What happens when objects die: finalizers, cleanups, weak pointers. The collector keeps the books (see its specials.h); here
// is what Go promises about them, and the goroutine that makes the calls.
package runtime

import (
	"internal/abi"
	"unsafe"
)

// SpecialKind
const (
	specialFinalizer = iota
	specialCleanup
)

// Faults of specialAdd.
const (
	faultHasFinalizer   = 0
	faultNotInHeap      = -1
	faultNotAtBeginning = -2
)

//go:linkname specialAdd rt_specialAdd
func specialAdd(kind uint32, pointer, call unsafe.Pointer) int64

//go:linkname finalizerRemove rt_finalizerRemove
func finalizerRemove(object unsafe.Pointer)

//go:linkname cleanupRemove rt_cleanupRemove
func cleanupRemove(pointer unsafe.Pointer, number int64)

//go:linkname weakHandle rt_weakHandle
func weakHandle(pointer unsafe.Pointer) unsafe.Pointer

//go:linkname weakTarget rt_weakTarget
func weakTarget(handle unsafe.Pointer) unsafe.Pointer

//go:linkname callerSet rt_callerSet
func callerSet(caller unsafe.Pointer)

//go:linkname dueCall rt_dueCall
func dueCall() unsafe.Pointer

// objectAt gives the beginning of the object that a pointer points into, nil if there is none; result64 its size.
//
//go:linkname objectAt rt_objectAt
func objectAt(pointer unsafe.Pointer) unsafe.Pointer

func closureOf[F any](f F) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&f)) }

// runDueCalls is a goroutine's: started after a cycle that has left something to do.
func runDueCalls() {
	for {
		call := dueCall()
		object := unsafe.Pointer(uintptr(result64()))
		if call == nil {
			return
		}
		(*(*func(unsafe.Pointer))(unsafe.Pointer(&call)))(object)
	}
}

//go:linkname callsAreDue rt_callsAreDue
func callsAreDue() bool

// For tests of packages that have cleanups: waits, for so many nanoseconds at most, until what the last cycle left to do is done.
func blockUntilDone(timeout int64) bool {
	for since := nanotime(); callsAreDue(); Gosched() {
		if nanotime()-since > timeout {
			return false
		}
	}
	return true
}

//go:linkname unique_blockUntilDone unique.runtime_blockUntilEmptyCleanupQueue
func unique_blockUntilDone(timeout int64) bool { return blockUntilDone(timeout) }

//go:linkname sync_test_blockUntilDone sync_test.runtime_blockUntilEmptyCleanupQueue
func sync_test_blockUntilDone(timeout int64) bool { return blockUntilDone(timeout) }

// ---- finalizers

// SetFinalizer has finalizer(object) called when the object is found unreachable; nil takes that back.
func SetFinalizer(object any, finalizer any) {
	objectType := abi.TypeOf(object)
	if objectType == nil {
		fatal("runtime.SetFinalizer: first argument is nil")
	}
	if objectType.Kind() != abi.Pointer {
		fatal("runtime.SetFinalizer: first argument is " + textOf(objectType) + ", not pointer")
	}
	pointer := wordsOf(&object).data
	if pointer == nil {
		fatal("runtime.SetFinalizer: pointer not in allocated block")
	}
	finalizerType := abi.TypeOf(finalizer)
	if finalizerType == nil {
		finalizerRemove(pointer)
		return
	}
	if finalizerType.Kind() != abi.Func {
		fatal("runtime.SetFinalizer: second argument is " + textOf(finalizerType) + ", not a function")
	}
	t := (*abi.FuncType)(unsafe.Pointer(finalizerType))
	mismatch := "runtime.SetFinalizer: cannot pass " + textOf(objectType) + " to finalizer " + textOf(finalizerType)
	if t.IsVariadic() {
		fatal(mismatch + " because dotdotdot")
	}
	if t.InCount != 1 || !takes(t.In(0), objectType) {
		fatal(mismatch)
	}
	call := callOfFinalizer(t, objectType, wordsOf(&finalizer).data)
	callerSet(closureOf(runDueCalls))
	switch specialAdd(specialFinalizer, pointer, closureOf(call)) {
	case faultNotAtBeginning:
		fatal("runtime.SetFinalizer: pointer not at beginning of allocated block")
	case faultHasFinalizer:
		fatal("runtime.SetFinalizer: finalizer already set")
	}
}

// takes tells whether a parameter can be given a pointer of some type.
func takes(parameter, pointer *abi.Type) bool {
	switch {
	case parameter == pointer:
		return true
	case parameter.Kind() == abi.Pointer:
		return (parameter.Uncommon() == nil || pointer.Uncommon() == nil) && parameter.Elem() == pointer.Elem()
	case parameter.Kind() == abi.Interface:
		return implements(pointer, parameter)
	}
	return false
}

// hasMethods stands for all interfaces with methods: what they hold has one shape.
type hasMethods interface{ method() }

// callOfFinalizer makes a call that knows what its function takes.
func callOfFinalizer(t *abi.FuncType, pointer *abi.Type, f unsafe.Pointer) func(object unsafe.Pointer) {
	parameter := t.In(0)
	value := func(object unsafe.Pointer) (v any) {
		*wordsOf(&v) = interfaceWords{unsafe.Pointer(pointer), object}
		return v
	}
	switch isInterface := parameter.Kind() == abi.Interface; {
	case t.NumOut() > 0:
		return func(object unsafe.Pointer) {
			size := parameter.Size_
			for _, result := range t.OutSlice() {
				align := uintptr(result.Align_)
				size = (size+align-1)/align*align + result.Size_
			}
			frame := make([]unsafe.Pointer, (size+7)/8)
			at := unsafe.Pointer(unsafe.SliceData(frame))
			if isInterface {
				toInterface(parameter, value(object), at)
			} else {
				frame[0] = object
			}
			reflectcall(nil, f, at, uint32(size), uint32(parameter.Size_), uint32(size), nil)
		}
	case !isInterface:
		return func(object unsafe.Pointer) { (*(*func(unsafe.Pointer))(unsafe.Pointer(&f)))(object) }
	case (*abi.InterfaceType)(unsafe.Pointer(parameter)).NumMethod() == 0:
		return func(object unsafe.Pointer) { (*(*func(any))(unsafe.Pointer(&f)))(value(object)) }
	default:
		return func(object unsafe.Pointer) {
			var v hasMethods
			toInterface(parameter, value(object), unsafe.Pointer(&v))
			(*(*func(hasMethods))(unsafe.Pointer(&f)))(v)
		}
	}
}

// ---- cleanups

// Cleanup is a call that was asked for.
type Cleanup struct {
	number int64
	handle unsafe.Pointer // weak, to the object
}

// Stop takes the call back, if it is not due yet. The object must still be reachable.
func (c Cleanup) Stop() {
	if c.number == 0 {
		return
	}
	if object := weakTarget(c.handle); object != nil {
		cleanupRemove(object, c.number)
	}
}

// AddCleanup has cleanup(argument) called some time after the object is unreachable.
func AddCleanup[T, S any](object *T, cleanup func(S), argument S) Cleanup {
	pointer := unsafe.Pointer(object)
	if pointer == nil {
		panic("runtime.AddCleanup: ptr is nil")
	}
	begin := objectAt(pointer)
	size := uintptr(result64())
	inside := func(p uintptr) bool { return begin != nil && p-uintptr(begin) < size }
	if kind := abi.TypeFor[S]().Kind(); kind == abi.Pointer || kind == abi.UnsafePointer {
		p := *(*unsafe.Pointer)(unsafe.Pointer(&argument))
		if p == pointer {
			panic("runtime.AddCleanup: ptr is equal to arg, cleanup will never run")
		}
		if inside(uintptr(p)) {
			panic("runtime.AddCleanup: ptr is within arg, cleanup will never run")
		}
	}
	if begin == nil {
		return Cleanup{} // it lives for ever
	}
	if captures := objectAt(closureOf(cleanup)); captures != nil {
		for at := uintptr(result64()); at >= 8; at -= 8 {
			if inside(*(*uintptr)(unsafe.Add(captures, at-8))) {
				panic("runtime.AddCleanup: cleanup function closes over ptr, cleanup will never run")
			}
		}
	}
	callerSet(closureOf(runDueCalls))
	call := func(unsafe.Pointer) { cleanup(argument) }
	return Cleanup{specialAdd(specialCleanup, pointer, closureOf(call)), weakHandle(pointer)}
}

// ---- weak pointers

//go:linkname weak_register weak.runtime_registerWeakPointer
func weak_register(p unsafe.Pointer) unsafe.Pointer { return weakHandle(p) }

//go:linkname weak_makeStrong weak.runtime_makeStrongFromWeak
func weak_makeStrong(handle unsafe.Pointer) unsafe.Pointer {
	if handle == nil {
		return nil
	}
	return weakTarget(handle)
}
