// The rest of what package runtime offers to programs.
package runtime

// ---- where a goroutine is. Call stacks cannot be walked yet: there are no callers.

// Frame tells of one function that is being called.
type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

// Frames walks over what Callers has found.
type Frames struct{}

func CallersFrames(callers []uintptr) *Frames { return &Frames{} }

func (*Frames) Next() (frame Frame, more bool) { return Frame{}, false }

func Callers(skip int, pcs []uintptr) int { return 0 }

func Caller(skip int) (pc uintptr, file string, line int, ok bool) { return 0, "", 0, false }

// Func is a function of the program.
type Func struct{}

func FuncForPC(pc uintptr) *Func { return nil }

func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return "unknown"
}

func (f *Func) Entry() uintptr { return 0 }

func (f *Func) FileLine(pc uintptr) (file string, line int) { return "?", 0 }

// Stack writes where the calling goroutine is into buf; see above.
func Stack(buf []byte, all bool) int {
	return copy(buf, "goroutine "+itoa(uint64(goroutineId()))+" [running]:\n")
}

// Pinner keeps objects where they are, as they are anyway.
type Pinner struct{ pinned []any }

func (p *Pinner) Pin(pointer any) { p.pinned = append(p.pinned, pointer) }

func (p *Pinner) Unpin() { p.pinned = nil }

// ---- profiles: there are none

var MemProfileRate int

type StackRecord struct {
	Stack0 [32]uintptr
}

func (r *StackRecord) Stack() []uintptr { return nil }

type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64
	AllocObjects, FreeObjects int64
	Stack0                    [32]uintptr
}

func (r *MemProfileRecord) InUseBytes() int64   { return r.AllocBytes - r.FreeBytes }
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }
func (r *MemProfileRecord) Stack() []uintptr    { return nil }

type BlockProfileRecord struct {
	Count  int64
	Cycles int64
	StackRecord
}

func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) { return 0, true }
func BlockProfile(p []BlockProfileRecord) (n int, ok bool)             { return 0, true }
func MutexProfile(p []BlockProfileRecord) (n int, ok bool)             { return 0, true }
func GoroutineProfile(p []StackRecord) (n int, ok bool)                { return 0, true }
func ThreadCreateProfile(p []StackRecord) (n int, ok bool)             { return 0, true }
func SetBlockProfileRate(rate int)                                     {}
func SetMutexProfileFraction(rate int) int                             { return 0 }
func SetCPUProfileRate(hz int)                                         {}
func CPUProfile() []byte                                               { panic("CPUProfile no longer available") }
func NumCgoCall() int64                                                { return 0 }
func SetDefaultGOMAXPROCS()                                            {}
func Breakpoint()                                                      {}

// ---- execution traces: the page shows its own

func StartTrace() error { return plainError("tracing is not supported") }
func StopTrace()        {}
func ReadTrace() []byte { return nil }
