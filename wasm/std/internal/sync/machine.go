// The runtime's entry points that this package calls.
package sync

import _ "unsafe"

//go:linkname semAcquire rt_semAcquire
func semAcquire(word *uint32, how uint32)

//go:linkname semRelease rt_semRelease
func semRelease(word *uint32, handoff bool)

//go:linkname spin rt_syncSpin
func spin(turn int32) bool

//go:linkname nanotime rt_nanotime
func nanotime() int64

//go:linkname fatal rt_fatal
func fatal(text string)
