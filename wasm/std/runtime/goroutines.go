package runtime

// GOMAXPROCS sets how many goroutines may run at the same time and tells what it was; n < 1 only asks.
func GOMAXPROCS(n int) int { return int(goMaxProcs(int64(n))) }

// NumCPU is the number of logical processors the host reports.
func NumCPU() int { return int(numCpu()) }

// NumGoroutine is the number of goroutines there are now.
func NumGoroutine() int { return int(numGoroutine()) }

// Gosched lets other goroutines run.
func Gosched() { yield() }

// Goexit ends the calling goroutine after its deferred calls.
func Goexit() { goExit() }

// LockOSThread and UnlockOSThread only show in traces: there are no threads that a program could tell apart.
func LockOSThread()   { threadLock(1) }
func UnlockOSThread() { threadLock(-1) }
