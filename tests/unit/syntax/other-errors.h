// Erroneous programs and what Go's compiler (go1.26.8) reports for each: literals, labels, directives, and early ends.
#pragma once

#include "tests/unit/syntax/error-case.h"

namespace {

constexpr ErrorCase kOtherErrors[] = {
    // literals
    {R"go(package p
var (
	a = 0x
	b = 0b
	c = 0o
	d = 0b12
	e = 0o8
	f = 08
	g = 089.5
	h = 1_000
	i = 1__0
	j = _1
	k = 1_
	l = 0_1
	m = 0x_1
	n = 0x1p
	o = 1e
	p = 1e+
	q = 0x1.0
	r = 1p3
	s = 0b1.0
	t = 0b1e3
	u = 0x1.8p1
	v = 1i
	w = 0x1p-2i
	x = 1_.5
	y = 0b1p2
	z = 0o17i
)
)go",
     R"(3:8: hexadecimal literal has no digits
4:8: binary literal has no digits
5:8: octal literal has no digits
6:9: invalid digit '2' in binary literal
7:8: invalid digit '8' in octal literal
8:7: invalid digit '8' in octal literal
11:8: '_' must separate successive digits
13:7: '_' must separate successive digits
16:10: exponent has no digits
17:8: exponent has no digits
18:9: exponent has no digits
19:11: hexadecimal mantissa requires a 'p' exponent
20:7: 'p' exponent requires hexadecimal mantissa
21:9: invalid radix point in binary literal
22:9: 'e' exponent requires decimal mantissa
26:7: '_' must separate successive digits
27:9: 'p' exponent requires hexadecimal mantissa)"},
    {R"go(package p
var (
	a = ''
	b = 'ab'
	c = '\q'
	d = '\x4'
	e = '\u12'
	f = '\400'
	g = '\ud800'
	h = '\U00110000'
	i = '''
	j = '\''
	k = '
	l = 'a
)
)go",
     R"(3:7: empty rune literal or unescaped '
4:6: more than one character in rune literal
5:8: unknown escape
6:10: invalid character '\'' in hexadecimal escape
7:11: invalid character '\'' in hexadecimal escape
8:11: octal escape value 256 > 255
9:13: escape is invalid Unicode code point U+D800
10:17: escape is invalid Unicode code point U+110000
11:7: empty rune literal or unescaped '
11:8: syntax error: unexpected literal ' in grouped declaration; possibly missing semicolon or newline or )
11:9: newline in rune literal
13:7: newline in rune literal
14:8: newline in rune literal)"},
    {R"go(package p
var (
	a = "\q"
	b = "\x4g"
	c = "abc
	d = "\u00g0"
	e = "\08"
	f = "\'"
)
)go",
     R"(3:8: unknown escape
4:10: invalid character 'g' in hexadecimal escape
5:10: newline in string
6:11: invalid character 'g' in hexadecimal escape
7:9: invalid character '8' in octal escape
8:8: unknown escape)"},
    {R"go(package p
var a = 'x
)go",
     R"(2:11: newline in rune literal)"},
    {R"go(package p
var a = "x
)go",
     R"(2:11: newline in string)"},
    {R"go(package p
var a = `x
y
)go",
     R"(2:9: string not terminated)"},
    {R"go(package p
/* not
closed
)go",
     R"(2:1: comment not terminated)"},
    {R"go(package p
var a = @
var b # c
var c = $x
var d = "\U0011ffff"
)go",
     R"(2:9: invalid character U+0040 '@'
3:1: syntax error: unexpected keyword var, expected expression
3:7: invalid character U+0023 '#'
4:9: invalid character U+0024 '$'
5:20: escape is invalid Unicode code point U+11FFFF)"},
    {R"go(package p
var é = 1
var 世界 = 2
var x٣ = 3
var ٣x = 4
var x“y” = 5
var z = …
)go",
     R"(5:5: identifier cannot begin with digit U+0663 '٣'
6:6: invalid character U+201C '“' in identifier
6:10: invalid character U+201D '”' in identifier
7:9: invalid character U+2026 '…' in identifier)"},

    // labels and branches
    {R"go(package p
func f() {
	L:
	for { break L; continue L }
	M: x()
	goto N
	break
	continue
	fallthrough
	for { break O; continue P }
	{ Q: }
	goto Q
}
)go",
     R"(5:2: label M defined and not used
6:7: label N not defined
7:2: break is not in a loop, switch, or select
8:2: continue is not in a loop
9:2: fallthrough statement out of place
10:14: break label not defined: O
10:26: continue label not defined: P
12:7: goto Q jumps into block starting at x.go:11:2)"},
    {R"go(package p
func f() {
	goto L
	x := 1
	L: x++
	goto M
	var y, z int
	M: y++
	goto N
	a, b := 1, 2
	N:
}
)go",
     R"(3:7: goto L jumps over declaration of x at x.go:4:4
6:7: goto M jumps over declaration of y at x.go:7:6
9:7: goto N jumps over declaration of a, b at x.go:10:7)"},
    {R"go(package p
func f() {
	L: x()
	L: y()
	goto L
	for { M: for { break M } ; break M; continue M }
}
)go",
     R"(4:2: label L already defined at x.go:3:2
6:35: invalid break label M
6:47: invalid continue label M)"},
    {R"go(package p
func f() {
	switch x {
	case 1: fallthrough
	case 2: { fallthrough }
	case 3: fallthrough; x()
	case 4: if x { fallthrough }
	case 5: fallthrough;;
	case 6: fallthrough
	}
	switch x.(type) { case int: fallthrough; case string: }
	select { case <-c: fallthrough; case <-d: break }
}
)go",
     R"(5:12: fallthrough statement out of place
6:10: fallthrough statement out of place
7:17: fallthrough statement out of place
9:10: cannot fallthrough final case in switch
11:30: cannot fallthrough in type switch
12:21: fallthrough statement out of place)"},
    {R"go(package p
func f() {
	L: if x { break L } else if y { for { break L } }
	M: switch { case x: break M; default: continue M }
	N: select { case <-c: break N }
	O: { break O }
	goto P
	{ P: x() }
	func() { goto L; break }()
}
)go",
     R"(3:18: invalid break label L
3:46: invalid break label L
4:49: invalid continue label M
6:13: invalid break label O
7:7: goto P jumps into block starting at x.go:8:2
9:16: label L not defined
9:19: break is not in a loop, switch, or select)"},
    {R"go(package p
func f() {
	goto L
	{
		x := 1
		goto L
	}
	L:
	if x { goto M }
	y := 2
	M:
	_ = y
	_: z()
	goto _
}
)go",
     R"(9:14: goto M jumps over declaration of y at x.go:10:4
14:7: label _ not defined)"},
    {R"go(package p
func f() {
	for {
		x = 
		break L
	}
	goto M
}
)go",
     R"(5:3: syntax error: unexpected keyword break at end of statement
5:3: syntax error: unexpected keyword break, expected expression)"},

    // directives
    {R"go(package p
//line foo.go:10
var x =
//line bar.go:20:5
var y =
/*line baz.go:7:3*/ var z = ]
//line :30:1
var w =
//line :x
//line a:0
//line a:1:0
//line a
 //line b:5
var v =
)go",
     R"(bar.go 20:5: syntax error: unexpected keyword var, expected expression
baz.go 7:12: syntax error: unexpected ] after top level declaration
baz.go 31:9: invalid line number: x
baz.go 32:10: invalid line number: 0
baz.go 33:12: invalid column number: 0
baz.go 36:1: syntax error: unexpected keyword var, expected expression)"},
    {R"go(package p
//go:noinline
var x int
//go:noinline
//go:noinline
func f() {
	//go:noinline
	x()
	var y int //go:noinline
}
//go:linkname
//go:linkname a b c
//go:linkname f
//go:build linux
//go:noinline
)go",
     R"(7:4: misplaced compiler directive
9:14: misplaced compiler directive
12:3: usage: //go:linkname localname [linkname]
14:3: misplaced compiler directive
15:3: misplaced compiler directive)"},
    {R"go(//go:build go1.18
package p
//go:nosplit
type T int
//go:systemstack
func f()
//go:cgo_unsafe_args
func g()
//go:uintptrkeepalive
func h()
//go:wasmimport a
func i()
)go",
     R"(5:3: //go:systemstack only allowed in runtime
7:3: //go:cgo_unsafe_args only allowed in cgo-generated code
9:3: //go:uintptrkeepalive is only allowed in the standard library
11:3: usage: //go:wasmimport importmodule importname)"},

    // where an error at the end of the text says nothing new
    {R"go(package p
var x = "abc
func f() {
)go",
     R"(2:13: newline in string)"},
    {R"go(package p
func f() {
	x := []int{
)go",
     R"(4:1: syntax error: unexpected EOF, expected })"},
    {R"go(package p
func f() {
	if x {
)go",
     R"(4:1: syntax error: unexpected EOF, expected })"},
    {R"go(package p
func f(
)go",
     R"(3:1: syntax error: unexpected EOF, expected ))"},
    {R"go(package p
type T struct {
	a int
)go",
     R"(4:1: syntax error: unexpected EOF, expected })"},
    {R"go(package p
import (
)go",
     R"(3:1: syntax error: unexpected EOF, expected ))"},
    {R"go(package p
func f() {
	switch x {
	case
)go",
     R"(5:1: syntax error: unexpected EOF, expected expression)"},
    {R"go(package p
var x = /* comment
)go",
     R"(2:9: comment not terminated)"},
};

}  // namespace
