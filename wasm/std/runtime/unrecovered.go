// The end of a program by a panic that nobody recovered.
package runtime

import "internal/rtype"

// A link of the chain of panics that a goroutine died with: the first one, then those that deferred calls started while
// earlier ones were on their way.
type panicLink struct {
	value      any
	recovered  bool // by a recover, but the function that would have returned then panicked again
	goexit     bool // not a panic: runtime.Goexit
	repanicked bool // the next one has the same value: they are printed as one
}

// unrecovered prints what the running goroutine panicked with and ends the program. The root of a goroutine calls it
// when a panic arrives there; it returns when that was a Goexit, which ends only the goroutine.
func unrecovered() {
	links := panicChain()
	if n := len(links); n == 0 || links[n-1].goexit {
		return
	}
	nilDereference := false
	for i := range links {
		nilDereference = nilDereference || links[i].value == any(memoryError)
	}
	readPanicValues(links)
	printPanics(links)
	if nilDereference {
		// Go prints the signal's code, the address and the instruction behind this; here there was no signal.
		print("[signal SIGSEGV: segmentation violation]\n")
	}
	print("\ngoroutine ", goroutineId(), " [running]:\n")
	panicExit()
}

// readPanicValues replaces errors and Stringers by their texts: program code runs here, before anything is printed.
func readPanicValues(links []panicLink) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case string:
			fatal("panic while printing panic value: " + r)
		default:
			fatal("panic while printing panic value: type " + rtype.TypeOf(r).String())
		}
	}()
	for i := len(links) - 1; i >= 0; i-- { // the newest first, as Go does
		link := &links[i]
		if i > 0 && sameWords(&links[i-1].value, &link.value) {
			links[i-1].repanicked = true
			continue
		}
		switch v := link.value.(type) {
		case error:
			link.value = v.Error()
		case interface{ String() string }:
			link.value = v.String()
		}
	}
}

func sameWords(a, b *any) bool { return *rtype.EfaceOf(a) == *rtype.EfaceOf(b) }

func printPanics(links []panicLink) {
	for i := range links {
		link := &links[i]
		if i > 0 {
			if links[i-1].repanicked {
				continue
			}
			if !links[i-1].goexit {
				print("\t")
			}
		}
		if link.goexit {
			continue
		}
		print("panic: ")
		printPanicValue(link.value)
		if link.recovered && link.repanicked {
			print(" [recovered, repanicked]")
		} else if link.recovered {
			print(" [recovered]")
		}
		print("\n")
	}
}

// printPanicValue prints basic values as println does, those of named basic types in the form main.T(1), others by type
// and address.
func printPanicValue(v any) {
	t := rtype.TypeOf(v)
	if t == nil {
		print("nil")
		return
	}
	p := rtype.Address(&v)
	if t.Kind < rtype.Bool || (t.Kind > rtype.Complex128 && t.Kind != rtype.String) {
		print("(", t.String(), ") ", rtype.EfaceOf(&v).Data)
		return
	}
	named := t.PackagePath() != ""
	complexNumber := t.Kind == rtype.Complex64 || t.Kind == rtype.Complex128 // brings its own brackets
	if named {
		print(t.String())
		if t.Kind == rtype.String {
			print(`("`)
		} else if !complexNumber {
			print("(")
		}
	}
	switch t.Kind {
	case rtype.Bool:
		print(*(*bool)(p))
	case rtype.Int:
		print(*(*int)(p))
	case rtype.Int8:
		print(*(*int8)(p))
	case rtype.Int16:
		print(*(*int16)(p))
	case rtype.Int32:
		print(*(*int32)(p))
	case rtype.Int64:
		print(*(*int64)(p))
	case rtype.Uint:
		print(*(*uint)(p))
	case rtype.Uint8:
		print(*(*uint8)(p))
	case rtype.Uint16:
		print(*(*uint16)(p))
	case rtype.Uint32:
		print(*(*uint32)(p))
	case rtype.Uint64:
		print(*(*uint64)(p))
	case rtype.Uintptr:
		print(*(*uintptr)(p))
	case rtype.Float32:
		print(*(*float32)(p))
	case rtype.Float64:
		print(*(*float64)(p))
	case rtype.Complex64:
		print(*(*complex64)(p))
	case rtype.Complex128:
		print(*(*complex128)(p))
	case rtype.String:
		printIndented(*(*string)(p))
	}
	if named {
		if t.Kind == rtype.String {
			print(`")`)
		} else if !complexNumber {
			print(")")
		}
	}
}

// printIndented starts every further line with a tab, so that no panic value can look like a trace.
func printIndented(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' {
			print(s[from:i+1], "\t")
			from = i + 1
		}
	}
	print(s[from:])
}
