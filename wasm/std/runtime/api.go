// The rest of what package runtime offers to programs.
package runtime

// Pinner keeps objects where they are, as they are anyway.
type Pinner struct{ pinned []any }

func (p *Pinner) Pin(pointer any) { p.pinned = append(p.pinned, pointer) }

func (p *Pinner) Unpin() { p.pinned = nil }

// ---- profiles: but for that of goroutines, there are none

var MemProfileRate int

type StackRecord struct {
	Stack0 [32]uintptr
}

// Stack is what is before the first 0.
func (r *StackRecord) Stack() []uintptr {
	for i, counter := range r.Stack0 {
		if counter == 0 {
			return r.Stack0[:i]
		}
	}
	return r.Stack0[:]
}

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
