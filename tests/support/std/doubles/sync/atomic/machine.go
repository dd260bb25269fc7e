package atomic

import (
	"sync/atomic"
	"unsafe"
)

func LoadInt32(addr *int32) (val int32)             { return atomic.LoadInt32(addr) }
func StoreInt32(addr *int32, val int32)             { atomic.StoreInt32(addr, val) }
func AddInt32(addr *int32, delta int32) (new int32) { return atomic.AddInt32(addr, delta) }
func SwapInt32(addr *int32, new int32) (old int32)  { return atomic.SwapInt32(addr, new) }
func CompareAndSwapInt32(addr *int32, old, new int32) (swapped bool) {
	return atomic.CompareAndSwapInt32(addr, old, new)
}
func AndInt32(addr *int32, mask int32) (old int32)  { return atomic.AndInt32(addr, mask) }
func OrInt32(addr *int32, mask int32) (old int32)   { return atomic.OrInt32(addr, mask) }
func LoadInt64(addr *int64) (val int64)             { return atomic.LoadInt64(addr) }
func StoreInt64(addr *int64, val int64)             { atomic.StoreInt64(addr, val) }
func AddInt64(addr *int64, delta int64) (new int64) { return atomic.AddInt64(addr, delta) }
func SwapInt64(addr *int64, new int64) (old int64)  { return atomic.SwapInt64(addr, new) }
func CompareAndSwapInt64(addr *int64, old, new int64) (swapped bool) {
	return atomic.CompareAndSwapInt64(addr, old, new)
}
func AndInt64(addr *int64, mask int64) (old int64)      { return atomic.AndInt64(addr, mask) }
func OrInt64(addr *int64, mask int64) (old int64)       { return atomic.OrInt64(addr, mask) }
func LoadUint32(addr *uint32) (val uint32)              { return atomic.LoadUint32(addr) }
func StoreUint32(addr *uint32, val uint32)              { atomic.StoreUint32(addr, val) }
func AddUint32(addr *uint32, delta uint32) (new uint32) { return atomic.AddUint32(addr, delta) }
func SwapUint32(addr *uint32, new uint32) (old uint32)  { return atomic.SwapUint32(addr, new) }
func CompareAndSwapUint32(addr *uint32, old, new uint32) (swapped bool) {
	return atomic.CompareAndSwapUint32(addr, old, new)
}
func AndUint32(addr *uint32, mask uint32) (old uint32)  { return atomic.AndUint32(addr, mask) }
func OrUint32(addr *uint32, mask uint32) (old uint32)   { return atomic.OrUint32(addr, mask) }
func LoadUint64(addr *uint64) (val uint64)              { return atomic.LoadUint64(addr) }
func StoreUint64(addr *uint64, val uint64)              { atomic.StoreUint64(addr, val) }
func AddUint64(addr *uint64, delta uint64) (new uint64) { return atomic.AddUint64(addr, delta) }
func SwapUint64(addr *uint64, new uint64) (old uint64)  { return atomic.SwapUint64(addr, new) }
func CompareAndSwapUint64(addr *uint64, old, new uint64) (swapped bool) {
	return atomic.CompareAndSwapUint64(addr, old, new)
}
func AndUint64(addr *uint64, mask uint64) (old uint64)      { return atomic.AndUint64(addr, mask) }
func OrUint64(addr *uint64, mask uint64) (old uint64)       { return atomic.OrUint64(addr, mask) }
func LoadUintptr(addr *uintptr) (val uintptr)               { return atomic.LoadUintptr(addr) }
func StoreUintptr(addr *uintptr, val uintptr)               { atomic.StoreUintptr(addr, val) }
func AddUintptr(addr *uintptr, delta uintptr) (new uintptr) { return atomic.AddUintptr(addr, delta) }
func SwapUintptr(addr *uintptr, new uintptr) (old uintptr)  { return atomic.SwapUintptr(addr, new) }
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) (swapped bool) {
	return atomic.CompareAndSwapUintptr(addr, old, new)
}
func AndUintptr(addr *uintptr, mask uintptr) (old uintptr)  { return atomic.AndUintptr(addr, mask) }
func OrUintptr(addr *uintptr, mask uintptr) (old uintptr)   { return atomic.OrUintptr(addr, mask) }
func LoadPointer(addr *unsafe.Pointer) (val unsafe.Pointer) { return atomic.LoadPointer(addr) }
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer) { atomic.StorePointer(addr, val) }
func SwapPointer(addr *unsafe.Pointer, new unsafe.Pointer) (old unsafe.Pointer) {
	return atomic.SwapPointer(addr, new)
}
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) (swapped bool) {
	return atomic.CompareAndSwapPointer(addr, old, new)
}
