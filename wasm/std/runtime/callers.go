// Where a goroutine is: what package runtime tells programs of call stacks. A program counter is the number of a site, which
// knows its function, file and line; those inlined there have numbers of their own. That of a function value, which reflect's
// Pointer tells, is its place in the function table.
package runtime

import "unsafe"

//go:linkname callSites rt_callers
func callSites(skip uint32, into unsafe.Pointer, capacity uint32) uint32

//go:linkname functionPlace rt_functionPlace
func functionPlace(index uint32, into *placeText) uint32

type placeText struct {
	function, file string
	line           int
}

//go:linkname sitePlace rt_sitePlace
func sitePlace(site uint32, into *placeText) uint32

// Away from addresses of functions, which are small numbers; and what is one less means the same, because programs subtract
// one to get from where a call returns to the call.
const firstCounter uintptr = 1 << 32

func counterOf(site uintptr) uintptr { return firstCounter + 2*site + 1 }

func placeOf(counter uintptr) (place placeText, ok bool) {
	if counter >= 2*firstCounter {
		return place, false
	}
	if counter < firstCounter {
		ok = functionPlace(uint32(counter), &place) != 0
		return place, ok
	}
	ok = sitePlace(uint32((counter-firstCounter)/2), &place) != 0
	return place, ok
}

// Callers fills in where the goroutine is, its innermost function first; 0 of skip is Callers itself.
func Callers(skip int, pcs []uintptr) int {
	if len(pcs) == 0 {
		return 0
	}
	count := callSites(uint32(max(skip, 0)), unsafe.Pointer(&pcs[0]), uint32(min(len(pcs), 1<<16)))
	for i := range pcs[:count] {
		pcs[i] = counterOf(pcs[i])
	}
	return int(count)
}

func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var site uintptr
	if callSites(uint32(max(skip, 0))+1, unsafe.Pointer(&site), 1) == 0 {
		return 0, "", 0, false
	}
	pc = counterOf(site)
	place, ok := placeOf(pc)
	return pc, place.file, place.line, ok
}

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
type Frames struct{ left []uintptr }

func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

func (f *Frames) Next() (frame Frame, more bool) {
	for len(f.left) > 0 {
		pc := f.left[0]
		f.left = f.left[1:]
		place, ok := placeOf(pc)
		if !ok {
			continue
		}
		frame = Frame{PC: pc, Func: &Func{place, pc}, Function: place.function, File: place.file, Line: place.line, Entry: pc}
		return frame, len(f.left) > 0
	}
	return Frame{}, false
}

// Func is a function of the program.
type Func struct {
	place placeText
	entry uintptr
}

// FuncForPC knows what Callers has found, and function values.
func FuncForPC(pc uintptr) *Func {
	place, ok := placeOf(pc)
	if !ok {
		return nil
	}
	return &Func{place, pc}
}

func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.place.function
}

func (f *Func) Entry() uintptr { return f.entry }

func (f *Func) FileLine(pc uintptr) (file string, line int) {
	place, ok := placeOf(pc)
	if !ok {
		return "?", 0
	}
	return place.file, place.line
}

//go:linkname goroutineSites rt_goroutineSites
func goroutineSites(into unsafe.Pointer, room int) int

// goroutineProfile calls put for each goroutine with where it is, the calling one first, if there is room for as many; n is how
// many there are.
func goroutineProfile(room int, put func(i int, stack []uintptr, labels unsafe.Pointer)) (n int, ok bool) {
	n = NumGoroutine()
	if n > room {
		return n, false
	}
	const entry = 1 << 32 // and a function's index: it has not begun
	var found []unsafe.Pointer // sites, and labels, which shall stay
	for wanted := 16 * n; wanted > len(found); {
		found = make([]unsafe.Pointer, wanted+wanted/4)
		wanted = goroutineSites(unsafe.Pointer(&found[0]), len(found))
		if wanted <= len(found) {
			found = found[:wanted]
		}
	}
	var stacks [][]uintptr
	var labels []unsafe.Pointer
	for len(found) > 0 {
		sites := unsafe.Slice((*uintptr)(unsafe.Pointer(&found[0])), len(found))
		end := 2 + sites[0]
		stack := sites[2:end:end]
		for i, site := range stack {
			if site&entry == 0 {
				stack[i] = counterOf(site)
			} else {
				stack[i] = site &^ entry
			}
		}
		stacks = append(stacks, stack)
		labels = append(labels, found[1])
		found = found[end:]
	}
	if len(stacks) > room {
		return len(stacks), false
	}
	for i, stack := range stacks {
		put(i, stack, labels[i])
	}
	return len(stacks), true
}

// GoroutineProfile tells where all goroutines are, the calling one first, if p has room for them; n is how many there are.
func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	return goroutineProfile(len(p), func(i int, stack []uintptr, _ unsafe.Pointer) {
		p[i] = StackRecord{}
		copy(p[i].Stack0[:], stack)
	})
}

//go:linkname stacks rt_stacks
func stacks(into unsafe.Pointer, room int, all bool) int

// Stack writes where the calling goroutine is into buf, or where all are, as far as there is room.
func Stack(buf []byte, all bool) int {
	if len(buf) == 0 {
		return 0
	}
	return stacks(unsafe.Pointer(&buf[0]), len(buf), all)
}
