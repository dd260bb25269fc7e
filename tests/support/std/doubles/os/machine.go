package os

import (
	"os"
	"unsafe"
)

func write(p unsafe.Pointer, n int64, file int64) int64 {
	written, err := []*os.File{nil, os.Stdout, os.Stderr}[file].Write(unsafe.Slice((*byte)(p), n))
	if err != nil {
		panic(err)
	}
	return int64(written)
}

func read(p unsafe.Pointer, n int64, file int64) int64 {
	got, _ := os.Stdin.Read(unsafe.Slice((*byte)(p), n))
	return int64(got)
}

func exit(code int64) { os.Exit(int(code)) }

func arguments() []string { return os.Args }
