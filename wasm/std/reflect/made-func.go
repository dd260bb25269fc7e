// Functions that reflect makes: MakeFunc's, and method values.
package reflect

import (
	"internal/abi"
	"unsafe"
)

// A made function is a closure. Its code, which belongs to the function's type, puts the arguments into a frame as funcLayout
// has it, calls callMade, and takes the results from there.
type made struct {
	code     uintptr
	isMethod bool
}

type makeFuncImpl struct {
	made
	ftyp *funcType
	fn   func([]Value) []Value
}

type methodValue struct {
	made
	method int
	rcvr   Value
}

// codeOf is the code of made functions of a type. Package runtime knows it.
func codeOf(t *funcType) uintptr

// MakeFunc returns a function of type typ that calls fn with its arguments and returns what fn returns.
func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	ftyp := (*funcType)(unsafe.Pointer(t))
	f := &makeFuncImpl{made{code: codeOf(ftyp)}, ftyp, fn}
	return Value{t, unsafe.Pointer(f), flag(Func)}
}

// makeMethodValue makes a true function of v, which is a receiver and a method's number.
func makeMethodValue(op string, v Value) Value {
	if v.flag&flagMethod == 0 {
		panic("reflect: internal error: invalid use of makeMethodValue")
	}
	receiver := Value{v.typ(), v.ptr, v.flag&(flagRO|flagAddr|flagIndir) | flag(v.typ().Kind())}
	ftyp := (*funcType)(unsafe.Pointer(v.Type().(*rtype)))
	f := &methodValue{made{code: codeOf(ftyp), isMethod: true}, int(v.flag) >> flagMethodShift, receiver}
	methodReceiver(op, f.rcvr, f.method) // panics now if the method cannot be called
	return Value{ftyp.Common(), unsafe.Pointer(f), v.flag&flagRO | flag(Func)}
}

// embeddedCode is what StructOf gives for the code of an embedded interface's methods.
func embeddedCode() uintptr { return abi.FuncPCABIInternal(embeddedIfaceMethStub) }

// All method values have the same "pointer".
func methodValueCallCodePtr() uintptr { return abi.FuncPCABIInternal(callMade) }

// callMade is what the code of made functions calls.
func callMade(f *made, frame unsafe.Pointer) {
	var valid bool
	var registers abi.RegArgs // none
	if f.isMethod {
		callMethod((*methodValue)(unsafe.Pointer(f)), frame, &valid, &registers)
	} else {
		callReflect((*makeFuncImpl)(unsafe.Pointer(f)), frame, &valid, &registers)
	}
}
