// The runtime's entry points that this package calls.
package os

import "unsafe"

//go:linkname write rt_write
func write(p unsafe.Pointer, n int64, file int64) int64

//go:linkname read rt_read
func read(p unsafe.Pointer, n int64, file int64) int64

//go:linkname exit rt_exit
func exit(code int64)

//go:linkname argumentList rt_arguments
func argumentList() unsafe.Pointer

// The second result of the entry point called last.
//
//go:linkname result64 rt.result
func result64() int64

func arguments() []string {
	list := argumentList()
	return unsafe.Slice((*string)(list), int(result64()))
}
