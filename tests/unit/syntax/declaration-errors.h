// Erroneous programs and what Go's compiler (go1.26.8) reports for each: declarations and types.
#pragma once

#include "tests/unit/syntax/error-case.h"

namespace {

constexpr ErrorCase kDeclarationErrors[] = {
    // the package clause
    {R"go()go", R"(1:1: syntax error: package statement must be first)"},
    {R"go(x
)go",
     R"(1:1: syntax error: package statement must be first)"},
    {R"go(package
)go",
     R"(2:1: syntax error: unexpected EOF, expected name)"},
    {R"go(package p x
var y =
)go",
     R"(1:11: syntax error: unexpected name x, expected semicolon or newline)"},
    {R"go(package "p"
)go",
     R"(1:9: syntax error: unexpected literal "p", expected name)"},
    {R"go(package p; var x = (
)go",
     R"(2:1: syntax error: unexpected EOF, expected expression)"},

    // declarations
    {R"go(package p
x := 1
func f() {}
)go",
     R"(2:1: syntax error: non-declaration statement outside function body)"},
    {R"go(package p
func f()
{
}
)go",
     R"(3:1: syntax error: unexpected semicolon or newline before {)"},
    {R"go(package p
var x int
import "fmt"
)go",
     R"(3:1: syntax error: imports must appear before other declarations)"},
    {R"go(package p
import
var x int
)go",
     R"(3:1: syntax error: missing import path)"},
    {R"go(package p
import 5
import fmt "fmt
)go",
     R"(2:8: syntax error: import path must be a string
3:16: newline in string)"},
    {R"go(package p
import (
	"a"
	. "b"
	_ "c"
	d e
)
)go",
     R"(6:4: syntax error: missing import path)"},
    {R"go(package p
import "a" "b"
var z int
)go",
     R"(2:12: syntax error: unexpected literal "b" after top level declaration)"},
    {R"go(package p
const
const a
const b int
const c int = 1
const ( d = 1; e f )
const g := 1
)go",
     R"(3:1: syntax error: unexpected keyword const, expected name
7:9: syntax error: unexpected :=, expected =)"},
    {R"go(package p
var
var a
var b = 
var c := 1
var d int 5
var e, = 1
)go",
     R"(3:1: syntax error: unexpected keyword var, expected name
5:1: syntax error: unexpected keyword var, expected expression)"},
    {R"go(package p
var ( a int
b = 1 c = 2 )
)go",
     R"(3:7: syntax error: unexpected name c in grouped declaration; possibly missing semicolon or newline or ))"},
    {R"go(package p
type
type T
type U =
type V struct {
)go",
     R"(3:1: syntax error: unexpected keyword type, expected name
5:1: syntax error: unexpected keyword type in type declaration)"},
    {R"go(package p
type (
	A int
	B = 
	C := int
)
)go",
     R"(5:4: syntax error: unexpected := in grouped declaration; possibly missing semicolon or newline or ))"},
    {R"go(package p
func
func 5() {}
func f {}
func (r T) {}
func () m() {}
func (a T, b T) m() {}
func (a, b T) n() {}
)go",
     R"(3:1: syntax error: unexpected keyword func, expected name or (
4:8: syntax error: unexpected {, expected (
4:9: syntax error: unexpected }, expected )
6:9: method has no receiver
7:17: method has multiple receivers
8:15: method has multiple receivers)"},
    {R"go(package p
func f() int, string { return 1, "" }
)go",
     R"(2:13: syntax error: unexpected comma after top level declaration)"},
    {R"go(package p
func f(x int { }
func g() {}
)go",
     R"(2:14: syntax error: unexpected { in parameter list; possibly missing comma or )
2:16: syntax error: unexpected } after top level declaration)"},
    {R"go(package p
func f() { } }
var x int
)go",
     R"(2:14: syntax error: unexpected } after top level declaration)"},
    {R"go(package p
func f() { return
)go",
     R"(3:1: syntax error: unexpected EOF, expected })"},
    {R"go(package p
if x { }
for { }
var y = 1
)go",
     R"(2:1: syntax error: non-declaration statement outside function body)"},

    // type parameters
    {R"go(package p
type T[P any] int
type U[P *C] int
type V[P *C,] int
type W[N * M] int
type X[P *C|D] int
type Y[P (C)] int
type Z[P interface{}] int
)go",
     R"()"},
    {R"go(package p
type T[] int
func f[]() {}
func g[P]() {}
func h[P, Q]() {}
func i[P any, Q]() {}
func j[P any, int]() {}
func k[*P]() {}
)go",
     R"(3:8: syntax error: empty type parameter list
4:9: syntax error: missing type constraint
5:12: syntax error: missing type constraint
6:16: syntax error: missing type constraint
7:18: syntax error: missing type constraint
8:8: syntax error: missing type parameter name or invalid array length)"},
    {R"go(package p
type T[P, Q any, R] int
type U[P any, *Q] int
type V[P, *Q] int
type A [1,]int
type B [x, y]int
)go",
     R"(2:19: syntax error: missing type constraint
3:15: syntax error: missing type parameter name
4:11: syntax error: missing type parameter name
5:10: syntax error: unexpected comma; expected ]
6:13: syntax error: missing type constraint)"},
    {R"go(package p
func (r T) m[P any]() {}
var f = func[P any]() {}
type F func[P any]()
type I interface { m[P any](); n[](); o[int]; p[]; q[P any, Q] }
)go",
     R"(2:13: syntax error: method must have no type parameters
3:13: syntax error: function type must have no type parameters
4:12: syntax error: function type must have no type parameters
5:21: interface method must have no type parameters
5:34: empty type parameter list
5:49: empty type argument list
5:53: interface method must have no type parameters
5:62: syntax error: missing parameter type
5:64: syntax error: unexpected }, expected (
5:65: syntax error: unexpected newline, expected ))"},
    {R"go(package p
type S struct { f func[P any](P) ; a []int; T[int]; U[int, string]; V[1] }
)go",
     R"(2:23: syntax error: function type must have no type parameters)"},
    {R"go(package p
type I interface { ~int | ~string | []byte; A | B; ~ ; | C ; m() | int }
)go",
     R"(2:54: syntax error: unexpected semicolon, expected type
2:56: syntax error: unexpected |, expected ~ term or type
2:66: syntax error: unexpected | in interface type; possibly missing semicolon or newline or })"},
    {R"go(package p
var x T[]
var y T[int,]
var z = f[]
var w = f[int,](1)
var v = f[int string]
)go",
     R"(2:9: syntax error: unexpected ], expected type argument list
4:11: syntax error: unexpected ], expected operand
6:15: syntax error: unexpected name string, expected comma, : or ])"},
    {R"go(package p
type I interface { (T) ; *T; m(; n) }
)go",
     R"(2:32: syntax error: unexpected semicolon, expected ))"},
    {R"go(package p
type T struct { (A); *(B); (*C); a, b; c int = 1; "tag"; d int "tag" x }
)go",
     R"(2:17: syntax error: cannot parenthesize embedded type
2:23: syntax error: cannot parenthesize embedded type
2:28: syntax error: cannot parenthesize embedded type
2:38: syntax error: unexpected semicolon, expected type
2:46: syntax error: unexpected = in struct type; possibly missing semicolon or newline or })"},
    {R"go(package p
type T struct { a int b string }
)go",
     R"(2:23: syntax error: unexpected name b in struct type; possibly missing semicolon or newline or })"},
    {R"go(package p
type T struct { a.b.c; int 5; 7 }
)go",
     R"(2:20: syntax error: unexpected . in struct type; possibly missing semicolon or newline or })"},

    // parameters
    {R"go(package p
func f(a, b)
func g(a int, b)
func h(a int, string)
func i(int, b string, c)
func j(a b.c, d)
func k(...int, a int)
func l(a ...int, b int)
func m(a ...)
func n() (a ...int)
func o(a, b ...int)
func (r ...T) q()
)go",
     R"(3:16: syntax error: missing parameter type
4:21: syntax error: missing parameter type
5:24: syntax error: missing parameter type
6:16: syntax error: missing parameter type
7:8: can only use ... with final parameter
7:8: syntax error: missing parameter name
8:10: can only use ... with final parameter
9:13: syntax error: ... is missing type
10:13: invalid use of ...
11:13: can only use ... with final parameter
12:9: invalid use of ...)"},
    {R"go(package p
func f(a int b string) {}
func g(a, , b int) {}
func h(a int,, b int) {}
func i(,) {}
func j(a int;) {}
)go",
     R"(2:14: syntax error: unexpected name b in parameter list; possibly missing comma or )
3:11: syntax error: unexpected comma, expected )
4:14: syntax error: unexpected comma, expected )
5:8: syntax error: unexpected comma, expected )
6:13: syntax error: unexpected semicolon in parameter list; possibly missing comma or ))"},
    {R"go(package p
func f(a []int, [2]int)
func g([]int, a [2]int)
func h(a map[string]int, chan int)
)go",
     R"(2:17: syntax error: missing parameter name
3:8: syntax error: missing parameter name
4:26: syntax error: missing parameter name)"},

    // types
    {R"go(package p
type A []
type B [2]
type C map
type D map[string]
type E chan
type F <-chan
type G <-int
type H *
type I func
type J (int
type K map string int
)go",
     R"(2:10: syntax error: unexpected newline, expected type
3:11: syntax error: unexpected newline, expected type
5:1: syntax error: unexpected keyword type, expected [
5:8: syntax error: unexpected keyword map, expected ]
5:19: syntax error: unexpected newline, expected type
7:1: syntax error: missing channel element type
7:1: syntax error: unexpected keyword type after top level declaration
8:1: syntax error: missing channel element type
8:1: syntax error: unexpected keyword type after top level declaration
8:10: syntax error: unexpected name int, expected keyword chan
8:13: syntax error: missing channel element type
10:1: syntax error: unexpected keyword type, expected type
12:12: syntax error: unexpected name string, expected [
12:22: syntax error: unexpected newline, expected ])"},
    {R"go(package p
var c <-chan<- int
var d <-<-chan int
var e = <-chan<- int(x)
var f = <-<-chan int(x)
var g = <-chan<- chan int(x)
)go",
     R"(2:16: syntax error: unexpected name int, expected keyword chan
2:19: syntax error: missing channel element type
3:9: syntax error: unexpected <-, expected keyword chan)"},
    {R"go(package p
var a = [...]int{1}
var b [...]int
var c [1,2]int
var d [] int = 5 6
var e []int{1}
)go",
     R"(4:9: syntax error: unexpected comma; expected ]
4:10: syntax error: unexpected literal 2, expected ]
4:11: syntax error: unexpected ] after top level declaration
4:11: syntax error: unexpected ], expected type
5:18: syntax error: unexpected literal 6 after top level declaration
6:12: syntax error: unexpected { after top level declaration)"},
};

}  // namespace
