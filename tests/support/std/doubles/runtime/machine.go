package runtime

import (
	"os"
	"runtime"
	"std.test/std/internal/machine"
)

func goMaxProcs(n int64) int64 { return int64(runtime.GOMAXPROCS(int(n))) }
func numCpu() int64            { return int64(runtime.NumCPU()) }
func numGoroutine() int64      { return int64(runtime.NumGoroutine()) }
func yield()                   { runtime.Gosched() }
func goExit()                  { runtime.Goexit() }
func gc()                      { runtime.GC() }
func fatal(text string)        { machine.Fatal(text) }
func readMemory(m *MemStats)   {}
func panicExit()               { os.Exit(2) }
func goroutineId() int64       { return 1 }
