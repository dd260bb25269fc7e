// Small tools of this package: a lock, atomic operations, random numbers.
package runtime

import "unsafe"

//go:linkname compareAndSwap intrinsic.CompareAndSwapUint32
func compareAndSwap(word *uint32, old, new uint32) bool

//go:linkname storeWord intrinsic.StoreUint32
func storeWord(word *uint32, value uint32)

// lockWord is for what takes a few instructions.
func lockWord(word *uint32) {
	for !compareAndSwap(word, 0, 1) {
		yield()
	}
}

func unlockWord(word *uint32) { storeWord(word, 0) }

//go:linkname random rt_random
func random() uint64

// These two are what several packages know as runtime.rand and runtime.randn.
func rand() uint64 { return random() }

func randn(n uint32) uint32 { return uint32(random() >> 32 * uint64(n) >> 32) }

//go:linkname hashMemory rt_hashMemory
func hashMemory(p unsafe.Pointer, bytes uint32, seed uintptr) uintptr

// Package hash/maphash's.
func memhash(p unsafe.Pointer, seed, bytes uintptr) uintptr {
	return hashMemory(p, uint32(bytes), seed)
}

//go:linkname maps_rand internal/runtime/maps.rand
func maps_rand() uint64 { return random() }

// Package math/bits panics with these.
var overflowError error = errorString("integer overflow")

// lastReceived tells whether the select that has just returned received a value, or its channel was closed.
//
//go:linkname lastReceived rt.received
func lastReceived() bool
