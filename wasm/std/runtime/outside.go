// What the host tells of the world when the program starts: abi::OutsideRecord.
package runtime

import "unsafe"

//go:linkname outside rt_outside
func outside() unsafe.Pointer

// abi::OutsideKind
const (
	outsideVariable = 1 + iota
	outsideFolder
	outsideFile
	outsideMount
	outsideZone
	outsideHostName
	outsideStream
	outsideBuildInfo
)

type outsideRecord struct {
	kind, nameBytes, valueBytes uint32
}

// eachOutside calls f for the records of a kind. Their memory is not the collector's and may be kept and written.
func eachOutside(kind uint32, f func(name string, value []byte)) {
	at := outside()
	end := unsafe.Add(at, int(result64()))
	for uintptr(at) < uintptr(end) {
		record := (*outsideRecord)(at)
		at = unsafe.Add(at, unsafe.Sizeof(*record))
		name, value := int(record.nameBytes), int(record.valueBytes)
		if record.kind == kind {
			f(unsafe.String((*byte)(at), name), unsafe.Slice((*byte)(unsafe.Add(at, name)), value))
		}
		at = unsafe.Add(at, (name+value+3)&^3)
	}
}

//go:linkname syscall_eachOutside syscall.eachOutside
func syscall_eachOutside(kind uint32, f func(name string, value []byte)) { eachOutside(kind, f) }

//go:linkname time_hostZone time.hostZone
func time_hostZone() (zone string) {
	eachOutside(outsideZone, func(name string, _ []byte) { zone = name })
	return zone
}
