// What internal/bytealg, internal/abi and internal/chacha8rand have in assembly.
package runtime

import "unsafe"

//go:linkname compareStrings rt_compareStrings
func compareStrings(p unsafe.Pointer, n int, q unsafe.Pointer, m int) int32

//go:linkname memEqual rt_memEqual
func memEqual(p, q unsafe.Pointer, n uintptr) bool

//go:linkname bytealg_Compare internal/bytealg.Compare
func bytealg_Compare(a, b []byte) int {
	return int(compareStrings(unsafe.Pointer(unsafe.SliceData(a)), len(a), unsafe.Pointer(unsafe.SliceData(b)), len(b)))
}

//go:linkname bytealg_CompareString internal/bytealg.abigen_runtime_cmpstring
func bytealg_CompareString(a, b string) int {
	return int(compareStrings(unsafe.Pointer(unsafe.StringData(a)), len(a), unsafe.Pointer(unsafe.StringData(b)), len(b)))
}

// cmpstring is what internal/bytealg calls it.
func cmpstring(a, b string) int { return bytealg_CompareString(a, b) }

func memequal(p, q unsafe.Pointer, n uintptr) bool { return memEqual(p, q, n) }

//go:linkname bytealg_IndexByte internal/bytealg.IndexByte
func bytealg_IndexByte(b []byte, c byte) int {
	return indexByte(unsafe.Pointer(unsafe.SliceData(b)), len(b), c)
}

//go:linkname bytealg_IndexByteString internal/bytealg.IndexByteString
func bytealg_IndexByteString(s string, c byte) int {
	return indexByte(unsafe.Pointer(unsafe.StringData(s)), len(s), c)
}

// indexByte looks at eight bytes at once: subtracting 1 from each byte borrows into the top bit only of those that are 0.
func indexByte(p unsafe.Pointer, n int, c byte) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	wanted := uint64(c) * ones
	i := 0
	for ; i+8 <= n; i += 8 {
		word := *(*uint64)(unsafe.Add(p, i)) ^ wanted
		if (word-ones)&^word&tops != 0 {
			break
		}
	}
	for ; i < n; i++ {
		if *(*byte)(unsafe.Add(p, i)) == c {
			return i
		}
	}
	return -1
}

//go:linkname bytealg_MakeNoZero internal/bytealg.MakeNoZero
func bytealg_MakeNoZero(n int) []byte {
	if n < 0 {
		panic(errorString("makeslice: len out of range"))
	}
	data := growSlice(nil, n, 0, n, typeOf(&someByte))
	return unsafe.Slice((*byte)(data), int(result64()))[:n]
}

var someByte any = byte(0)

// functionOf is the code of a func value: its index in the function table.
func functionOf(f any) uintptr {
	return *(*uintptr)((*interfaceWords)(unsafe.Pointer(&f)).data)
}

//go:linkname abi_FuncPCABI0 internal/abi.FuncPCABI0
func abi_FuncPCABI0(f any) uintptr { return functionOf(f) }

//go:linkname abi_FuncPCABIInternal internal/abi.FuncPCABIInternal
func abi_FuncPCABIInternal(f any) uintptr { return functionOf(f) }

//go:linkname blockGeneric internal/chacha8rand.block_generic
func blockGeneric(seed *[4]uint64, blocks *[32]uint64, counter uint32)

//go:linkname chacha8rand_block internal/chacha8rand.block
func chacha8rand_block(seed *[4]uint64, blocks *[32]uint64, counter uint32) {
	blockGeneric(seed, blocks, counter)
}
