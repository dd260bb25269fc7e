// What runtime/debug, runtime/pprof, runtime/trace and runtime/metrics want of the runtime. Settings are kept, so that
// programs read back what they set; there are no profiles but that of goroutines, and no traces or metrics.
package runtime

import (
	"internal/profilerecord"
	"unsafe"
)

// ---- runtime/debug

var settings = struct {
	lock         uint32
	maxStack     int
	maxThreads   int
	panicOnFault bool
}{maxStack: 1000000000, maxThreads: 10000}

func exchange[T any](at *T, value T) (old T) {
	lockWord(&settings.lock)
	old, *at = *at, value
	unlockWord(&settings.lock)
	return old
}

//go:linkname gcPercent rt_gcPercent
func gcPercent(percent int32) int32

//go:linkname debug_setGCPercent runtime/debug.setGCPercent
func debug_setGCPercent(percent int32) int32 { return gcPercent(percent) }

//go:linkname debug_setMaxStack runtime/debug.setMaxStack
func debug_setMaxStack(bytes int) int { return exchange(&settings.maxStack, bytes) }

//go:linkname debug_setMaxThreads runtime/debug.setMaxThreads
func debug_setMaxThreads(n int) int { return exchange(&settings.maxThreads, n) }

//go:linkname debug_setPanicOnFault runtime/debug.setPanicOnFault
func debug_setPanicOnFault(enabled bool) bool { return exchange(&settings.panicOnFault, enabled) }

//go:linkname memoryLimit rt_memoryLimit
func memoryLimit(bytes int64) int64

//go:linkname debug_setMemoryLimit runtime/debug.setMemoryLimit
func debug_setMemoryLimit(bytes int64) int64 { return memoryLimit(bytes) }

//go:linkname debug_freeOSMemory runtime/debug.freeOSMemory
func debug_freeOSMemory() { gc() }

// Pauses, the last one first, then when they ended, the last collection, the number of them, and the sum of all pauses.
//
//go:linkname debug_readGCStats runtime/debug.readGCStats
func debug_readGCStats(figures *[]int64) {
	var stats MemStats
	readMemory(&stats)
	known := min(stats.NumGC, uint32(len(stats.PauseNs)))
	*figures = (*figures)[:0]
	for _, ring := range []*[256]uint64{&stats.PauseNs, &stats.PauseEnd} {
		for i := range known {
			*figures = append(*figures, int64(ring[(stats.NumGC-1-i)%uint32(len(ring))]))
		}
	}
	*figures = append(*figures, int64(stats.LastGC), int64(stats.NumGC), int64(stats.PauseTotalNs))
}

//go:linkname setTraceback rt_traceback
func setTraceback(level uint32, all bool)

// A program shows no less than its environment wants.
var leastTraceback struct {
	level uint32
	all   bool
}

//go:linkname debug_SetTraceback runtime/debug.SetTraceback
func debug_SetTraceback(wanted string) {
	level, all := tracebackOf(wanted)
	setTraceback(level|leastTraceback.level, all || leastTraceback.all)
}

func init() {
	leastTraceback.level, leastTraceback.all = tracebackOf(variable("GOTRACEBACK"))
	setTraceback(leastTraceback.level, leastTraceback.all)
}

func tracebackOf(wanted string) (level uint32, all bool) {
	switch wanted {
	case "none":
		return 0, false
	case "single", "":
		return 1, false
	case "all":
		return 1, true
	case "system", "crash":
		return 2, true
	}
	for _, digit := range []byte(wanted) {
		if digit < '0' || '9' < digit {
			return 0, true
		}
		level = level*10 + uint32(digit-'0')
	}
	return level, true
}

//go:linkname debug_WriteHeapDump runtime/debug.WriteHeapDump
func debug_WriteHeapDump(file uintptr) { panic("WriteHeapDump is not supported") }

// What Go's linker leaves in a program, in between 16 bytes that do not matter.
//
//go:linkname debug_modinfo runtime/debug.modinfo
func debug_modinfo() string {
	path, module := "command-line-arguments", ""
	eachOutside(outsideBuildInfo, func(name string, value []byte) { path, module = name, string(value) })
	text := "path\t" + path + "\n"
	if module != "" {
		text += "mod\t" + module + "\t(devel)\t\n"
	}
	text += "build\t-buildmode=exe\nbuild\t-compiler=" + Compiler + "\nbuild\tGOARCH=" + GOARCH + "\nbuild\tGOOS=" + GOOS + "\n"
	const frame = "................"
	return frame + text + frame
}

//go:linkname setCrashFD runtime.setCrashFD
func setCrashFD(file uintptr) uintptr { return ^uintptr(0) }

// ---- runtime/pprof

//go:linkname pprof_readProfile runtime/pprof.readProfile
func pprof_readProfile() (data []uint64, tags []unsafe.Pointer, ended bool) { return nil, nil, true }

func pprof_goroutineProfileWithLabels(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	return goroutineProfile(len(p), func(i int, stack []uintptr, labelled unsafe.Pointer) {
		p[i].Stack = stack
		if labels != nil {
			labels[i] = labelled
		}
	})
}

func pprof_goroutineLeakProfileWithLabels(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	return 0, true
}

//go:linkname pprof_cyclesPerSecond runtime/pprof.runtime_cyclesPerSecond
func pprof_cyclesPerSecond() int64 { return 1e9 }

func pprof_memProfileInternal(p []profilerecord.MemProfileRecord, inuseZero bool) (n int, ok bool) {
	return 0, true
}

func pprof_blockProfileInternal(p []profilerecord.BlockProfileRecord) (n int, ok bool) {
	return 0, true
}

func pprof_mutexProfileInternal(p []profilerecord.BlockProfileRecord) (n int, ok bool) {
	return 0, true
}

func pprof_threadCreateInternal(p []profilerecord.StackRecord) (n int, ok bool) { return 0, true }

func pprof_fpunwindExpand(to, from []uintptr) int { return copy(to, from) }

func pprof_makeProfStack() []uintptr { return make([]uintptr, 128) }

//go:linkname pprof_FrameStartLine runtime/pprof.runtime_FrameStartLine
func pprof_FrameStartLine(f *Frame) int { return 0 }

//go:linkname pprof_FrameSymbolName runtime/pprof.runtime_FrameSymbolName
func pprof_FrameSymbolName(f *Frame) string { return f.Function }

//go:linkname pprof_expandFinalInlineFrame runtime/pprof.runtime_expandFinalInlineFrame
func pprof_expandFinalInlineFrame(stack []uintptr) []uintptr { return stack }

//go:linkname setLabels rt_setLabels
func setLabels(labels unsafe.Pointer)

//go:linkname labels rt_labels
func labels() unsafe.Pointer

//go:linkname pprof_setProfLabel runtime/pprof.runtime_setProfLabel
func pprof_setProfLabel(pointer unsafe.Pointer) { setLabels(pointer) }

//go:linkname pprof_getProfLabel runtime/pprof.runtime_getProfLabel
func pprof_getProfLabel() unsafe.Pointer { return labels() }

//go:linkname pprof_goroutineleakcount runtime/pprof.runtime_goroutineleakcount
func pprof_goroutineleakcount() int { return 0 }

//go:linkname pprof_goroutineLeakGC runtime/pprof.runtime_goroutineLeakGC
func pprof_goroutineLeakGC() { gc() }

// ---- runtime/trace and runtime/metrics

//go:linkname trace_userTaskCreate runtime/trace.userTaskCreate
func trace_userTaskCreate(id, parent uint64, kind string) {}

//go:linkname trace_userTaskEnd runtime/trace.userTaskEnd
func trace_userTaskEnd(id uint64) {}

//go:linkname trace_userRegion runtime/trace.userRegion
func trace_userRegion(id, mode uint64, kind string) {}

//go:linkname trace_userLog runtime/trace.userLog
func trace_userLog(id uint64, category, message string) {}

//go:linkname trace_clockUnitsPerSecond runtime/trace.runtime_traceClockUnitsPerSecond
func trace_clockUnitsPerSecond() uint64 { return 1e9 }

func traceClockNow() uint64 { return uint64(nanotime()) }

func traceAdvance(stop bool) {}

//go:linkname trace_readTrace runtime/trace.runtime_readTrace
func trace_readTrace() []byte { return nil }

// A sample as runtime/metrics has it: its kind stays 0, "bad", which says that there is no such metric.
//
//go:linkname metrics_readMetrics runtime/metrics.runtime_readMetrics
func metrics_readMetrics(samples unsafe.Pointer, n, capacity int) {}
