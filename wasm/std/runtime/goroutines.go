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

// LockOSThread and UnlockOSThread do nothing: there are no threads that a program could tell apart.
func LockOSThread()   {}
func UnlockOSThread() {}

// beforeExit is called when main has returned, and by os.Exit. If leaks are looked for, other goroutines get up to a second to
// come to where they will wait; then leaks are told, and the program has ended.
func beforeExit(status int64) {
	const step = 5_000_000
	for waited := 0; waited < 1_000_000_000 && othersMayRun() != 0; waited += step {
		sleep(step)
	}
	endWithLeaks(status)
}
