// The values that run-time faults panic with. Their texts are Go's.
package runtime

import "internal/abi"

// Error is a run-time panic, as opposed to one a program made.
type Error interface {
	error
	RuntimeError()
}

// errorString prints after "runtime error: ", plainError as it is.
type errorString string

func (e errorString) RuntimeError() {}
func (e errorString) Error() string { return "runtime error: " + string(e) }

type plainError string

func (e plainError) RuntimeError() {}
func (e plainError) Error() string { return string(e) }

// PanicNilError is what panic(nil) panics with.
type PanicNilError struct {
	_ [0]*PanicNilError
}

func (*PanicNilError) RuntimeError() {}
func (*PanicNilError) Error() string { return "panic called with nil argument" }

// boundsKind says what went wrong with an index or a slice. The slice kinds are abi::SliceFault's, in its order.
type boundsKind uint8

const (
	sliceToLength  boundsKind = iota // s[:x]
	sliceToCap                       // s[:x], s with a capacity
	sliceFrom                        // s[x:y]
	slice3ToLength                   // s[::x]
	slice3ToCap                      // s[::x]
	slice3Middle                     // s[:x:y]
	slice3From                       // s[x:y:]
	boundsIndex
	boundsConvert
)

// boundsTexts holds the words of each kind around x and y; what comes after x is dropped when x is negative, but for
// what closes the bracket.
var boundsTexts = [...]struct{ beforeX, betweenXY, afterY, negative string }{
	sliceToLength:  {"slice bounds out of range [:", "] with length ", "", "]"},
	sliceToCap:     {"slice bounds out of range [:", "] with capacity ", "", "]"},
	sliceFrom:      {"slice bounds out of range [", ":", "]", ":]"},
	slice3ToLength: {"slice bounds out of range [::", "] with length ", "", "]"},
	slice3ToCap:    {"slice bounds out of range [::", "] with capacity ", "", "]"},
	slice3Middle:   {"slice bounds out of range [:", ":", "]", ":]"},
	slice3From:     {"slice bounds out of range [", ":", ":]", "::]"},
	boundsIndex:    {"index out of range [", "] with length ", "", "]"},
}

type boundsError struct {
	x        int64
	y        int
	unsigned bool // x is a uint64
	kind     boundsKind
}

func (e boundsError) RuntimeError() {}

func (e boundsError) Error() string {
	if e.kind == boundsConvert {
		return "runtime error: cannot convert slice with length " + itoa(uint64(e.y)) +
			" to array or pointer to array with length " + itoa(uint64(e.x))
	}
	t := &boundsTexts[e.kind]
	if !e.unsigned && e.x < 0 {
		return "runtime error: " + t.beforeX + "-" + itoa(-uint64(e.x)) + t.negative
	}
	return "runtime error: " + t.beforeX + itoa(uint64(e.x)) + t.betweenXY + itoa(uint64(e.y)) + t.afterY
}

func itoa(n uint64) string {
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + n%10)
		n /= 10
		if n == 0 {
			return string(digits[i:])
		}
	}
}

// TypeAssertionError explains a failed x.(T).
type TypeAssertionError struct {
	iface         *abi.Type // static type of x
	concrete      *abi.Type // dynamic type of x; nil: x was nil
	asserted      *abi.Type
	missingMethod string // what an interface T has and concrete has not
}

func (*TypeAssertionError) RuntimeError() {}

func (e *TypeAssertionError) Error() string {
	asserted := textOf(e.asserted)
	if e.missingMethod != "" {
		return "interface conversion: " + textOf(e.concrete) + " is not " + asserted + ": missing method " + e.missingMethod
	}
	iface := "interface"
	if e.iface != nil {
		iface = textOf(e.iface)
	}
	if e.concrete == nil {
		return "interface conversion: " + iface + " is nil, not " + asserted
	}
	concrete := textOf(e.concrete)
	text := "interface conversion: " + iface + " is " + concrete + ", not " + asserted
	if concrete != asserted {
		return text
	}
	if homeOf(e.concrete) != homeOf(e.asserted) {
		return text + " (types from different packages)"
	}
	return text + " (types from different scopes)"
}

func assertionError(have, want, iface *abi.Type) *TypeAssertionError {
	if want.Kind() != abi.Interface {
		return &TypeAssertionError{iface: iface, concrete: have, asserted: want}
	}
	if have == nil {
		return &TypeAssertionError{asserted: want}
	}
	return &TypeAssertionError{concrete: have, asserted: want, missingMethod: missingMethod(have, want.InterfaceType())}
}
