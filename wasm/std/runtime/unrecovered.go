// The end of a program by a panic that nobody recovered.
package runtime

import "internal/abi"

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
	bubble := int64(0)
	if stuck, is := links[len(links)-1].value.(bubbleDeadlock); is {
		bubble = stuck.bubble
	}
	readPanicValues(links)
	panicBegin()
	printPanics(links)
	if nilDereference {
		// Go prints the signal's code, the address and the instruction behind this; here there was no signal.
		print("[signal SIGSEGV: segmentation violation]\n")
	}
	panicExit(bubble)
}

// readPanicValues replaces errors and Stringers by their texts: program code runs here, before anything is printed.
func readPanicValues(links []panicLink) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case string:
			fatal("panic while printing panic value: " + r)
		default:
			fatal("panic while printing panic value: type " + textOf(abi.TypeOf(r)))
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

func sameWords(a, b *any) bool { return *wordsOf(a) == *wordsOf(b) }

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
	t := abi.TypeOf(v)
	if t == nil {
		print("nil")
		return
	}
	p := addressIn(&v)
	if t.Kind() < abi.Bool || (t.Kind() > abi.Complex128 && t.Kind() != abi.String) {
		print("(", textOf(t), ") ", wordsOf(&v).data)
		return
	}
	named := packageOf(t) != ""
	complexNumber := t.Kind() == abi.Complex64 || t.Kind() == abi.Complex128 // brings its own brackets
	if named {
		print(textOf(t))
		if t.Kind() == abi.String {
			print(`("`)
		} else if !complexNumber {
			print("(")
		}
	}
	switch t.Kind() {
	case abi.Bool:
		print(*(*bool)(p))
	case abi.Int:
		print(*(*int)(p))
	case abi.Int8:
		print(*(*int8)(p))
	case abi.Int16:
		print(*(*int16)(p))
	case abi.Int32:
		print(*(*int32)(p))
	case abi.Int64:
		print(*(*int64)(p))
	case abi.Uint:
		print(*(*uint)(p))
	case abi.Uint8:
		print(*(*uint8)(p))
	case abi.Uint16:
		print(*(*uint16)(p))
	case abi.Uint32:
		print(*(*uint32)(p))
	case abi.Uint64:
		print(*(*uint64)(p))
	case abi.Uintptr:
		print(*(*uintptr)(p))
	case abi.Float32:
		print(*(*float32)(p))
	case abi.Float64:
		print(*(*float64)(p))
	case abi.Complex64:
		print(*(*complex64)(p))
	case abi.Complex128:
		print(*(*complex128)(p))
	case abi.String:
		printIndented(*(*string)(p))
	}
	if named {
		if t.Kind() == abi.String {
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
