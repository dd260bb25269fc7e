package fmt

import (
	"internal/rtype"
	"unsafe"
)

// argument prints an argument of the call, or what stands for it in a report.
func (p *printer) argument(arg any, verb rune) {
	p.arg = arg
	p.t = nil
	if arg == nil {
		if verb == 'T' || verb == 'v' {
			p.padded(nilText)
		} else {
			p.badVerb(verb)
		}
		return
	}
	switch verb {
	case 'T':
		p.padded(p.cut(rtype.TypeOf(arg).String()))
		return
	case 'p':
		p.pointer(rtype.TypeOf(arg), rtype.Address(&arg), 'p')
		return
	}
	switch v := arg.(type) {
	case string:
		p.string(v, verb)
	case int:
		p.signed(int64(v), verb)
	case bool:
		p.boolean(v, verb)
	case float64:
		p.float(v, 64, verb)
	case int32:
		p.signed(int64(v), verb)
	case int64:
		p.signed(v, verb)
	case uint8:
		p.unsigned(uint64(v), verb)
	case uint64:
		p.unsigned(v, verb)
	case []byte:
		p.bytes(v, verb, "[]byte")
	default:
		if !p.byMethod(verb) {
			p.value(rtype.TypeOf(arg), rtype.Address(&arg), verb, 0, open)
		}
	}
}

// badVerb says that the verb is none for the value.
func (p *printer) badVerb(verb rune) {
	p.reportingVerb = true
	p.complain(verb, "(")
	switch {
	case p.arg != nil:
		p.out = append(p.out, rtype.TypeOf(p.arg).String()...)
		p.out = append(p.out, '=')
		p.argument(p.arg, 'v')
	case p.t != nil:
		p.out = append(p.out, p.t.String()...)
		p.out = append(p.out, '=')
		p.value(p.t, p.at, 'v', 0, open)
	default:
		p.out = append(p.out, nilText...)
	}
	p.out = append(p.out, ')')
	p.reportingVerb = false
}

// byMethod lets p.arg print itself, if it has a method for that. A method that panics has printed too: so the result has a
// name and is set before the call.
func (p *printer) byMethod(verb rune) (done bool) {
	if p.reportingVerb {
		return false
	}
	if verb == 'w' {
		if _, ok := p.arg.(error); !ok || !p.wraps {
			p.badVerb(verb)
			return true
		}
		verb = 'v'
	}
	if f, ok := p.arg.(Formatter); ok {
		done = true
		defer p.caught(p.arg, verb, "Format")
		f.Format(p, verb)
		return
	}
	if p.sharpV {
		if g, ok := p.arg.(GoStringer); ok {
			done = true
			defer p.caught(p.arg, verb, "GoString")
			p.padded(p.cut(g.GoString()))
		}
		return
	}
	switch verb {
	case 'v', 's', 'x', 'X', 'q':
		switch v := p.arg.(type) {
		case error:
			done = true
			defer p.caught(p.arg, verb, "Error")
			p.string(v.Error(), verb)
		case Stringer:
			done = true
			defer p.caught(p.arg, verb, "String")
			p.string(v.String(), verb)
		}
	}
	return
}

// caught, deferred, prints the panic of a method; one that is due to a nil receiver counts as printing <nil>.
func (p *printer) caught(arg any, verb rune, method string) {
	r := recover()
	if r == nil {
		return
	}
	if e := rtype.EfaceOf(&arg); e.Type.Kind == rtype.Pointer && e.Data == nil {
		p.out = append(p.out, nilText...)
		return
	}
	if p.reportingPanic { // it was the value of a panic that panicked
		panic(r)
	}
	before := p.spec
	p.spec = spec{}
	p.complain(verb, "(PANIC=")
	p.out = append(p.out, method...)
	p.out = append(p.out, " method: "...)
	p.reportingPanic = true
	p.argument(r, 'v')
	p.reportingPanic = false
	p.out = append(p.out, ')')
	p.spec = before
}

// How a value was reached: through an unexported field, methods are not called on it. All that is inside an unexported field
// is as closed as that, but for the exported fields of an unexported struct that is embedded.
type access uint8

const (
	open           access = 0
	closedEmbedded access = 1
	closed         access = 2
)

// value prints the value of type t at `at`.
func (p *printer) value(t *rtype.Type, at unsafe.Pointer, verb rune, depth int, reach access) {
	if depth > 0 && reach == open {
		p.arg = rtype.ToAny(t, at)
		if p.byMethod(verb) {
			return
		}
	}
	p.arg = nil
	p.t, p.at = t, at
	switch t.Kind {
	case rtype.Bool:
		p.boolean(*(*bool)(at), verb)
	case rtype.Int, rtype.Int8, rtype.Int16, rtype.Int32, rtype.Int64:
		p.signed(rtype.ReadInt(t, at), verb)
	case rtype.Uint, rtype.Uint8, rtype.Uint16, rtype.Uint32, rtype.Uint64, rtype.Uintptr:
		p.unsigned(rtype.ReadUint(t, at), verb)
	case rtype.Float32, rtype.Float64:
		p.float(rtype.ReadFloat(t, at), int(t.Size)*8, verb)
	case rtype.Complex64, rtype.Complex128:
		p.complex(rtype.ReadComplex(t, at), int(t.Size)*8, verb)
	case rtype.String:
		p.string(*(*string)(at), verb)
	case rtype.Map:
		p.mapValue(t, at, verb, depth, reach)
	case rtype.Struct:
		p.structValue(t, at, verb, depth, reach)
	case rtype.Interface:
		if inner, innerAt := rtype.Dynamic(t, at); inner != nil {
			p.value(inner, innerAt, verb, depth+1, reach)
		} else if p.sharpV {
			p.out = append(p.out, t.String()...)
			p.out = append(p.out, "(nil)"...)
		} else {
			p.out = append(p.out, nilText...)
		}
	case rtype.Array, rtype.Slice:
		p.listValue(t, at, verb, depth, reach)
	case rtype.Pointer:
		if target := rtype.ReadPointer(at); depth == 0 && target != nil {
			switch e := t.Elem(); e.Kind {
			case rtype.Array, rtype.Slice, rtype.Struct, rtype.Map:
				p.out = append(p.out, '&')
				p.value(e, target, verb, depth+1, reach)
				return
			}
		}
		p.pointer(t, at, verb)
	case rtype.Chan, rtype.Func, rtype.UnsafePointer:
		p.pointer(t, at, verb)
	}
}

// separator stands between the elements of a composite value.
func (p *printer) separator() {
	if p.sharpV {
		p.out = append(p.out, ", "...)
	} else {
		p.out = append(p.out, ' ')
	}
}

func (p *printer) structValue(t *rtype.Type, at unsafe.Pointer, verb rune, depth int, reach access) {
	if p.sharpV {
		p.out = append(p.out, t.String()...)
	}
	p.out = append(p.out, '{')
	for i := 0; i < t.NumField(); i++ {
		if i > 0 {
			p.separator()
		}
		f := t.Field(i)
		if p.plusV || p.sharpV {
			p.out = append(p.out, f.Name...)
			p.out = append(p.out, ':')
		}
		fieldType, fieldAt := f.Type, unsafe.Add(at, f.Offset)
		if fieldType.Kind == rtype.Interface {
			if inner, innerAt := rtype.Dynamic(fieldType, fieldAt); inner != nil {
				fieldType, fieldAt = inner, innerAt
			}
		}
		fieldReach := reach & closed
		if !f.Exported {
			if f.Embedded {
				fieldReach |= closedEmbedded
			} else {
				fieldReach |= closed
			}
		}
		p.value(fieldType, fieldAt, verb, depth+1, fieldReach)
	}
	p.out = append(p.out, '}')
}

func (p *printer) listValue(t *rtype.Type, at unsafe.Pointer, verb rune, depth int, reach access) {
	element := t.Elem()
	length := 0
	first := at
	isNil := false
	if t.Kind == rtype.Slice {
		header := (*rtype.SliceHeader)(at)
		first, length = header.Data, header.Len
		isNil = first == nil
	} else {
		length = t.Len()
	}
	if element.Kind == rtype.Uint8 {
		switch verb {
		case 's', 'q', 'x', 'X':
			p.bytes(unsafe.Slice((*byte)(first), length), verb, "")
			return
		}
	}
	opening, closing := "[", byte(']')
	if p.sharpV {
		p.out = append(p.out, t.String()...)
		if isNil {
			p.out = append(p.out, "(nil)"...)
			return
		}
		opening, closing = "{", '}'
	}
	p.out = append(p.out, opening...)
	for i := 0; i < length; i++ {
		if i > 0 {
			p.separator()
		}
		p.value(element, unsafe.Add(first, uintptr(i)*element.Size), verb, depth+1, reach)
	}
	p.out = append(p.out, closing)
}

func (p *printer) mapValue(t *rtype.Type, at unsafe.Pointer, verb rune, depth int, reach access) {
	m := rtype.ReadPointer(at)
	closing := byte(']')
	if p.sharpV {
		p.out = append(p.out, t.String()...)
		if m == nil {
			p.out = append(p.out, "(nil)"...)
			return
		}
		p.out = append(p.out, '{')
		closing = '}'
	} else {
		p.out = append(p.out, "map["...)
	}
	for i, e := range sortedEntries(t, m) {
		if i > 0 {
			p.separator()
		}
		p.value(t.Key(), e.key, verb, depth+1, reach)
		p.out = append(p.out, ':')
		p.value(t.Elem(), e.value, verb, depth+1, reach)
	}
	p.out = append(p.out, closing)
}

// bytes prints a []byte; typeText is how %#v names its type.
func (p *printer) bytes(b []byte, verb rune, typeText string) {
	switch verb {
	case 's':
		p.padded(p.cut(view(b)))
	case 'q':
		p.quoted(view(b))
	case 'x':
		p.hexText(view(b), smallDigits)
	case 'X':
		p.hexText(view(b), largeDigits)
	case 'v', 'd':
		if p.sharpV {
			p.out = append(p.out, typeText...)
			if b == nil {
				p.out = append(p.out, "(nil)"...)
				return
			}
			p.out = append(p.out, '{')
			for i, c := range b {
				if i > 0 {
					p.out = append(p.out, ", "...)
				}
				p.hex0x(uint64(c), true)
			}
			p.out = append(p.out, '}')
			return
		}
		p.out = append(p.out, '[')
		for i, c := range b {
			if i > 0 {
				p.out = append(p.out, ' ')
			}
			p.digits(uint64(c), false, 10, smallDigits, "")
		}
		p.out = append(p.out, ']')
	default:
		p.value(rtype.TypeOf(b), unsafe.Pointer(&b), verb, 0, open)
	}
}

// view is b as a string, for as long as b does not change.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// pointer prints the address that a pointer, chan, func, map, slice or unsafe.Pointer at `at` holds.
func (p *printer) pointer(t *rtype.Type, at unsafe.Pointer, verb rune) {
	switch t.Kind {
	case rtype.Chan, rtype.Func, rtype.Map, rtype.Pointer, rtype.Slice, rtype.UnsafePointer:
	default:
		p.badVerb(verb)
		return
	}
	address := uint64(uintptr(rtype.ReadPointer(at)))
	switch verb {
	case 'v':
		switch {
		case p.sharpV:
			p.out = append(p.out, '(')
			p.out = append(p.out, t.String()...)
			p.out = append(p.out, ")("...)
			if address == 0 {
				p.out = append(p.out, "nil"...)
			} else {
				p.hex0x(address, true)
			}
			p.out = append(p.out, ')')
		case address == 0:
			p.padded(nilText)
		default:
			p.hex0x(address, !p.sharp)
		}
	case 'p':
		p.hex0x(address, !p.sharp)
	case 'b', 'o', 'd', 'x', 'X':
		p.unsigned(address, verb)
	default:
		p.badVerb(verb)
	}
}
