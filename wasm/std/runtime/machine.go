// The runtime's entry points that this package calls.
package runtime

import "unsafe"

//go:linkname goMaxProcs rt_goMaxProcs
func goMaxProcs(n int64) int64

//go:linkname numCpu rt_numCpu
func numCpu() int64

//go:linkname numGoroutine rt_numGoroutine
func numGoroutine() int64

//go:linkname yield rt_yield
func yield()

//go:linkname sleep rt_sleep
func sleep(ns int64)

//go:linkname othersMayRun rt_othersMayRun
func othersMayRun() uint32

//go:linkname endWithLeaks rt_endWithLeaks
func endWithLeaks(status int64)

//go:linkname goExit rt_goExit
func goExit()

//go:linkname gc rt_gc
func gc()

//go:linkname fatal rt_fatal
func fatal(text string)

//go:linkname readMemory rt_memStats
func readMemory(m *MemStats)

// The second result of the entry point called last.
//
//go:linkname result64 rt.result
func result64() int64

//go:linkname panicFlags rt_panicFlags
func panicFlags(record unsafe.Pointer) uint32

//go:linkname panicFirst rt_panicFirst
func panicFirst() unsafe.Pointer

//go:linkname panicLater rt_panicLater
func panicLater(record unsafe.Pointer) unsafe.Pointer

//go:linkname panicValue rt_panicValue
func panicValue(record unsafe.Pointer) unsafe.Pointer

//go:linkname panicBegin rt_panicBegin
func panicBegin()

//go:linkname panicExit rt_panicExit
func panicExit(bubble int64)

//go:linkname threadLock rt_threadLock
func threadLock(add int32)

// beforeExit is called when main has returned, and by os.Exit. If leaks are looked for, other goroutines get up to a second to
// come to where they will wait; then leaks are told, and the program has ended.
func beforeExit(status int64) {
	const step = 5_000_000
	for waited := 0; waited < 1_000_000_000 && othersMayRun() != 0; waited += step {
		sleep(step)
	}
	endWithLeaks(status)
}
