// What ReadDirent tells of a directory's entries; of their kind, too, so that nobody need look at each for it.
package os

import (
	"syscall"
	"unsafe"
)

func direntIno(buf []byte) (uint64, bool) { return 1, true }

func direntReclen(buf []byte) (uint64, bool) {
	return readInt(buf, unsafe.Offsetof(syscall.Dirent{}.Reclen), unsafe.Sizeof(syscall.Dirent{}.Reclen))
}

func direntNamlen(buf []byte) (uint64, bool) {
	length, ok := direntReclen(buf)
	return length - uint64(unsafe.Offsetof(syscall.Dirent{}.Name)), ok
}

func direntType(buf []byte) FileMode {
	kind, _ := readInt(buf, unsafe.Offsetof(syscall.Dirent{}.Type), unsafe.Sizeof(syscall.Dirent{}.Type))
	switch kind << 12 {
	case syscall.S_IFREG:
		return 0
	case syscall.S_IFDIR:
		return ModeDir
	case syscall.S_IFLNK:
		return ModeSymlink
	case syscall.S_IFIFO:
		return ModeNamedPipe
	case syscall.S_IFSOCK:
		return ModeSocket
	case syscall.S_IFCHR:
		return ModeDevice | ModeCharDevice
	case syscall.S_IFBLK:
		return ModeDevice
	}
	return ^FileMode(0) // unknown
}
