package fmt

import (
	"internal/rtype"
	"strconv"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// What stands between % and a verb.
type spec struct {
	width, precision                int
	hasWidth, hasPrecision          bool
	minus, plus, sharp, space, zero bool

	// %+v and %#v mean something else than + and # before other verbs: then these are set instead.
	plusV, sharpV bool
}

type printer struct {
	out []byte
	spec

	// What is being printed, for reports about it: arg, or if that is nil the value of type t at address at.
	arg any
	t   *rtype.Type
	at  unsafe.Pointer

	reportingVerb  bool  // within %!v(...): methods are not called
	reportingPanic bool  // within %!v(PANIC=...): a panic there goes on
	wraps          bool  // the call is Errorf, which knows %w
	wrapped        []int // arguments that had %w
	reordered      bool  // an argument index was used
}

var printers = sync.Pool{New: func() any { return new(printer) }}

func newPrinter() *printer { return printers.Get().(*printer) }

// A printer that has grown beyond this is not kept.
const largestKept = 64 << 10

func (p *printer) free() {
	if cap(p.out) > largestKept {
		return
	}
	*p = printer{out: p.out[:0], wrapped: p.wrapped[:0]}
	printers.Put(p)
}

func (p *printer) text() string {
	s := string(p.out)
	p.free()
	return s
}

func (p *printer) appendTo(b []byte) []byte {
	b = append(b, p.out...)
	p.free()
	return b
}

// The printer as a State.

func (p *printer) Write(b []byte) (n int, err error) {
	p.out = append(p.out, b...)
	return len(b), nil
}

func (p *printer) WriteString(s string) (n int, err error) {
	p.out = append(p.out, s...)
	return len(s), nil
}

func (p *printer) Width() (wid int, ok bool)      { return p.width, p.hasWidth }
func (p *printer) Precision() (prec int, ok bool) { return p.precision, p.hasPrecision }

func (p *printer) Flag(c int) bool {
	switch c {
	case '-':
		return p.minus
	case '+':
		return p.plus || p.plusV
	case '#':
		return p.sharp || p.sharpV
	case ' ':
		return p.space
	case '0':
		return p.zero
	}
	return false
}

// FormatString is the verb with the flags, width and precision that a Formatter was given.
func FormatString(state State, verb rune) string {
	b := []byte{'%'}
	for _, c := range " +-#0" {
		if state.Flag(int(c)) {
			b = append(b, byte(c))
		}
	}
	if w, ok := state.Width(); ok {
		b = strconv.AppendInt(b, int64(w), 10)
	}
	if n, ok := state.Precision(); ok {
		b = append(b, '.')
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return string(utf8.AppendRune(b, verb))
}

// print puts spaces between operands that are not strings.
func (p *printer) print(a []any) {
	afterString := true
	for i, arg := range a {
		t := rtype.TypeOf(arg)
		isString := t != nil && t.Kind == rtype.String
		if i > 0 && !isString && !afterString {
			p.out = append(p.out, ' ')
		}
		p.argument(arg, 'v')
		afterString = isString
	}
}

func (p *printer) println(a []any) {
	for i, arg := range a {
		if i > 0 {
			p.out = append(p.out, ' ')
		}
		p.argument(arg, 'v')
	}
	p.out = append(p.out, '\n')
}

// A walk over a format string.
type formatWalk struct {
	format string
	i      int // where we are
	args   []any
	next   int // argument to be taken next

	badIndex   bool // this verb has an argument index that makes no sense
	afterIndex bool // an argument index has just been read
}

// Widths, precisions and argument numbers beyond this are not meant.
const largestNumber = 1000000

func (p *printer) printf(format string, a []any) {
	w := formatWalk{format: format, args: a}
	for {
		from := w.i
		for w.i < len(format) && format[w.i] != '%' {
			w.i++
		}
		p.out = append(p.out, format[from:w.i]...)
		if w.i == len(format) {
			break
		}
		w.i++
		p.spec = spec{}
		if !p.verb(&w) {
			p.out = append(p.out, "%!(NOVERB)"...)
			break
		}
	}
	if !p.reordered && w.next < len(a) {
		p.spec = spec{}
		p.extra(a[w.next:])
	}
}

// verb reads what follows a % and prints accordingly; false: the format ends before the verb.
func (p *printer) verb(w *formatWalk) bool {
	w.badIndex = false
	p.readFlags(w)
	p.readIndex(w)
	p.readWidth(w)
	p.readPrecision(w)
	if !w.afterIndex {
		p.readIndex(w)
	}
	w.afterIndex = false
	if w.i == len(w.format) {
		return false
	}
	verb, size := rune(w.format[w.i]), 1
	if verb >= utf8.RuneSelf {
		verb, size = utf8.DecodeRuneInString(w.format[w.i:])
	}
	w.i += size

	switch {
	case verb == '%':
		p.out = append(p.out, '%')
	case w.badIndex:
		p.complain(verb, "(BADINDEX)")
	case w.next >= len(w.args):
		p.complain(verb, "(MISSING)")
	default:
		if verb == 'w' {
			p.wrapped = append(p.wrapped, w.next)
		}
		if verb == 'v' || verb == 'w' {
			p.plusV, p.plus = p.plus, false
			p.sharpV, p.sharp = p.sharp, false
		}
		arg := w.args[w.next]
		w.next++
		p.argument(arg, verb)
	}
	return true
}

func (p *printer) readFlags(w *formatWalk) {
	for ; w.i < len(w.format); w.i++ {
		switch w.format[w.i] {
		case '#':
			p.sharp = true
		case '0':
			p.zero = true
		case '+':
			p.plus = true
		case '-':
			p.minus = true
		case ' ':
			p.space = true
		default:
			return
		}
	}
}

// readIndex reads an argument number in brackets, if there is one.
func (p *printer) readIndex(w *formatWalk) {
	w.afterIndex = false
	if w.i == len(w.format) || w.format[w.i] != '[' {
		return
	}
	p.reordered = true
	rest := w.format[w.i:]
	end := 1
	for end < len(rest) && rest[end] != ']' {
		end++
	}
	if len(rest) < 3 || end == len(rest) { // never closed
		w.badIndex = true
		w.i++
		return
	}
	number, length, ok := readNumber(rest[1:end])
	w.i += end + 1
	if !ok || length != end-1 {
		w.badIndex = true
		return
	}
	w.afterIndex = true
	if number < 1 || number > len(w.args) {
		w.badIndex = true
		return
	}
	w.next = number - 1
}

// readNumber reads the decimal number that s begins with. One that is too large takes up the rest of s, with ok false.
func readNumber(s string) (n, length int, ok bool) {
	for length < len(s) && '0' <= s[length] && s[length] <= '9' {
		if n > largestNumber {
			return 0, len(s), false
		}
		n = n*10 + int(s[length]-'0')
		length++
	}
	return n, length, length > 0
}

func (p *printer) readWidth(w *formatWalk) {
	if w.i < len(w.format) && w.format[w.i] == '*' {
		w.i++
		p.width, p.hasWidth = w.takeInt()
		if !p.hasWidth {
			p.out = append(p.out, "%!(BADWIDTH)"...)
		}
		if p.width < 0 {
			p.width = -p.width
			p.minus = true
			p.zero = false
		}
		w.afterIndex = false
		return
	}
	n, length, ok := readNumber(w.format[w.i:])
	w.i += length
	p.width, p.hasWidth = n, ok
	if w.afterIndex && ok { // %[3]2d: the index belongs right before the verb or a *
		w.badIndex = true
	}
}

func (p *printer) readPrecision(w *formatWalk) {
	if w.i+1 >= len(w.format) || w.format[w.i] != '.' {
		return
	}
	w.i++
	if w.afterIndex {
		w.badIndex = true
	}
	p.readIndex(w)
	if w.i < len(w.format) && w.format[w.i] == '*' {
		w.i++
		p.precision, p.hasPrecision = w.takeInt()
		if p.precision < 0 {
			p.precision, p.hasPrecision = 0, false
		}
		if !p.hasPrecision {
			p.out = append(p.out, "%!(BADPREC)"...)
		}
		w.afterIndex = false
		return
	}
	n, length, _ := readNumber(w.format[w.i:])
	w.i += length
	p.precision, p.hasPrecision = n, true
}

// takeInt takes the next argument for a *.
func (w *formatWalk) takeInt() (n int, ok bool) {
	if w.next >= len(w.args) {
		return 0, false
	}
	arg := w.args[w.next]
	w.next++
	t := rtype.TypeOf(arg)
	switch {
	case t == nil:
		return 0, false
	case t.Kind.Signed():
		n = int(rtype.ReadInt(t, rtype.Address(&arg)))
	case t.Kind.Unsigned():
		n = int(rtype.ReadUint(t, rtype.Address(&arg)))
		if n < 0 {
			return 0, false
		}
	default:
		return 0, false
	}
	if n > largestNumber || n < -largestNumber {
		return 0, false
	}
	return n, true
}

// complain prints what stands in place of an operand that cannot be printed.
func (p *printer) complain(verb rune, what string) {
	p.out = append(p.out, "%!"...)
	p.out = utf8.AppendRune(p.out, verb)
	p.out = append(p.out, what...)
}

// extra reports arguments that no verb took.
func (p *printer) extra(a []any) {
	p.out = append(p.out, "%!(EXTRA "...)
	for i, arg := range a {
		if i > 0 {
			p.out = append(p.out, ", "...)
		}
		if arg == nil {
			p.out = append(p.out, nilText...)
			continue
		}
		p.out = append(p.out, rtype.TypeOf(arg).String()...)
		p.out = append(p.out, '=')
		p.argument(arg, 'v')
	}
	p.out = append(p.out, ')')
}

const nilText = "<nil>"
