// Package atomic: memory operations that other goroutines see whole and in order. The functions are instructions of the
// machine, which the compiler puts in place of the call.
package atomic

import "unsafe"

//go:linkname LoadInt32 intrinsic.LoadInt32
func LoadInt32(addr *int32) (val int32)

//go:linkname StoreInt32 intrinsic.StoreInt32
func StoreInt32(addr *int32, val int32)

//go:linkname AddInt32 intrinsic.AddInt32
func AddInt32(addr *int32, delta int32) (new int32)

//go:linkname SwapInt32 intrinsic.SwapInt32
func SwapInt32(addr *int32, new int32) (old int32)

//go:linkname CompareAndSwapInt32 intrinsic.CompareAndSwapInt32
func CompareAndSwapInt32(addr *int32, old, new int32) (swapped bool)

//go:linkname AndInt32 intrinsic.AndInt32
func AndInt32(addr *int32, mask int32) (old int32)

//go:linkname OrInt32 intrinsic.OrInt32
func OrInt32(addr *int32, mask int32) (old int32)

//go:linkname LoadInt64 intrinsic.LoadInt64
func LoadInt64(addr *int64) (val int64)

//go:linkname StoreInt64 intrinsic.StoreInt64
func StoreInt64(addr *int64, val int64)

//go:linkname AddInt64 intrinsic.AddInt64
func AddInt64(addr *int64, delta int64) (new int64)

//go:linkname SwapInt64 intrinsic.SwapInt64
func SwapInt64(addr *int64, new int64) (old int64)

//go:linkname CompareAndSwapInt64 intrinsic.CompareAndSwapInt64
func CompareAndSwapInt64(addr *int64, old, new int64) (swapped bool)

//go:linkname AndInt64 intrinsic.AndInt64
func AndInt64(addr *int64, mask int64) (old int64)

//go:linkname OrInt64 intrinsic.OrInt64
func OrInt64(addr *int64, mask int64) (old int64)

//go:linkname LoadUint32 intrinsic.LoadUint32
func LoadUint32(addr *uint32) (val uint32)

//go:linkname StoreUint32 intrinsic.StoreUint32
func StoreUint32(addr *uint32, val uint32)

//go:linkname AddUint32 intrinsic.AddUint32
func AddUint32(addr *uint32, delta uint32) (new uint32)

//go:linkname SwapUint32 intrinsic.SwapUint32
func SwapUint32(addr *uint32, new uint32) (old uint32)

//go:linkname CompareAndSwapUint32 intrinsic.CompareAndSwapUint32
func CompareAndSwapUint32(addr *uint32, old, new uint32) (swapped bool)

//go:linkname AndUint32 intrinsic.AndUint32
func AndUint32(addr *uint32, mask uint32) (old uint32)

//go:linkname OrUint32 intrinsic.OrUint32
func OrUint32(addr *uint32, mask uint32) (old uint32)

//go:linkname LoadUint64 intrinsic.LoadUint64
func LoadUint64(addr *uint64) (val uint64)

//go:linkname StoreUint64 intrinsic.StoreUint64
func StoreUint64(addr *uint64, val uint64)

//go:linkname AddUint64 intrinsic.AddUint64
func AddUint64(addr *uint64, delta uint64) (new uint64)

//go:linkname SwapUint64 intrinsic.SwapUint64
func SwapUint64(addr *uint64, new uint64) (old uint64)

//go:linkname CompareAndSwapUint64 intrinsic.CompareAndSwapUint64
func CompareAndSwapUint64(addr *uint64, old, new uint64) (swapped bool)

//go:linkname AndUint64 intrinsic.AndUint64
func AndUint64(addr *uint64, mask uint64) (old uint64)

//go:linkname OrUint64 intrinsic.OrUint64
func OrUint64(addr *uint64, mask uint64) (old uint64)

//go:linkname LoadUintptr intrinsic.LoadUintptr
func LoadUintptr(addr *uintptr) (val uintptr)

//go:linkname StoreUintptr intrinsic.StoreUintptr
func StoreUintptr(addr *uintptr, val uintptr)

//go:linkname AddUintptr intrinsic.AddUintptr
func AddUintptr(addr *uintptr, delta uintptr) (new uintptr)

//go:linkname SwapUintptr intrinsic.SwapUintptr
func SwapUintptr(addr *uintptr, new uintptr) (old uintptr)

//go:linkname CompareAndSwapUintptr intrinsic.CompareAndSwapUintptr
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) (swapped bool)

//go:linkname AndUintptr intrinsic.AndUintptr
func AndUintptr(addr *uintptr, mask uintptr) (old uintptr)

//go:linkname OrUintptr intrinsic.OrUintptr
func OrUintptr(addr *uintptr, mask uintptr) (old uintptr)

//go:linkname LoadPointer intrinsic.LoadPointer
func LoadPointer(addr *unsafe.Pointer) (val unsafe.Pointer)

//go:linkname StorePointer intrinsic.StorePointer
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer)

//go:linkname SwapPointer intrinsic.SwapPointer
func SwapPointer(addr *unsafe.Pointer, new unsafe.Pointer) (old unsafe.Pointer)

//go:linkname CompareAndSwapPointer intrinsic.CompareAndSwapPointer
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) (swapped bool)
