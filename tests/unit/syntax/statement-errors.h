// Erroneous programs and what Go's compiler (go1.26.8) reports for each: expressions and statements.
#pragma once

#include "tests/unit/syntax/error-case.h"

namespace {

constexpr ErrorCase kStatementErrors[] = {
    // expressions
    {R"go(package p
var a = 
var b = +
var c = 1 +
var d = 1 + * 
var e = (1
var f = 1)
var g = (
)go",
     R"(3:1: syntax error: unexpected keyword var, expected expression
7:10: syntax error: unexpected ) after top level declaration)"},
    {R"go(package p
var a = f(1 2)
var b = f(1,, 2)
var c = f(1, 2
var d = f(,)
var e = f(a...b)
var g = f(a..., b)
)go",
     R"(2:13: syntax error: unexpected literal 2 in argument list; possibly missing comma or )
3:13: syntax error: unexpected comma, expected expression
4:15: syntax error: unexpected newline in argument list; possibly missing comma or )
6:15: syntax error: unexpected name b in argument list; possibly missing comma or )
7:17: syntax error: unexpected name b, expected )
7:18: syntax error: unexpected ) after top level declaration)"},
    {R"go(package p
var a = x[]
var b = x[1
var c = x[1:]
var d = x[:2:]
var e = x[::]
var f = x[1::3]
var g = x[1 2]
var h = x[1:2:3:4]
var i = x[1:2,3]
)go",
     R"(2:11: syntax error: unexpected ], expected operand
3:12: syntax error: unexpected newline, expected comma, : or ]
4:12: middle index required in 3-index slice
4:13: final index required in 3-index slice
5:14: final index required in 3-index slice
6:12: middle index required in 3-index slice
6:13: final index required in 3-index slice
7:13: middle index required in 3-index slice
8:13: syntax error: unexpected literal 2, expected comma, : or ]
9:16: syntax error: unexpected :, expected ]
9:17: syntax error: unexpected literal 4 after top level declaration
10:14: syntax error: unexpected comma, expected ]
10:15: syntax error: unexpected literal 3 after top level declaration)"},
    {R"go(package p
var a = x.
var b = x.5
var c = x.(int
var d = x.()
var e = x.(type)
var f = x.[1]
var g = x.type
)go",
     R"(3:1: syntax error: unexpected keyword var, expected name or (
4:15: syntax error: unexpected newline, expected )
5:1: syntax error: unexpected keyword var after top level declaration
5:12: syntax error: unexpected ), expected type
7:11: syntax error: unexpected [, expected name or (
8:11: syntax error: unexpected keyword type, expected name or ()"},
    {R"go(package p
var a = T{1, 2
var b = T{1 2}
var c = T{a: 1, b 2}
var d = T{a:, b: 1}
var e = (T){1}
var f = ([]int){1}
var g = T{,}
var h = T{1,
}
var i = T{
	1
}
)go",
     R"(2:15: syntax error: unexpected newline in composite literal; possibly missing comma or }
4:19: syntax error: unexpected literal 2 in composite literal; possibly missing comma or }
5:13: syntax error: unexpected comma, expected expression
6:12: syntax error: cannot parenthesize type in composite literal
7:16: syntax error: cannot parenthesize type in composite literal
8:11: syntax error: unexpected comma, expected expression
12:3: syntax error: unexpected newline in composite literal; possibly missing comma or })"},
    {R"go(package p
var a = func() { 
var b = 1
)go",
     R"(4:1: syntax error: unexpected EOF, expected })"},
    {R"go(package p
var a = func(x int) int
var b = func { }
var c = func() 5
)go",
     R"(3:14: syntax error: unexpected {, expected (
3:16: syntax error: unexpected }, expected )
4:16: syntax error: unexpected literal 5 after top level declaration)"},
    {R"go(package p
var a = a ? b : c
var b = a and b
var c = !
var d = a =
var e = a == 
var f = a := 1
)go",
     R"(2:11: invalid character U+003F '?'
2:13: syntax error: unexpected name b after top level declaration
3:11: syntax error: unexpected name and after top level declaration
5:1: syntax error: unexpected keyword var, expected expression)"},
    {R"go(package p
var a = if x { 1 }
var b = int 5
var c = 5 int
var d = "a" "b"
)go",
     R"(2:9: syntax error: unexpected keyword if, expected expression
2:18: syntax error: unexpected } after top level declaration
3:13: syntax error: unexpected literal 5 after top level declaration
4:11: syntax error: unexpected name int after top level declaration
5:13: syntax error: unexpected literal "b" after top level declaration)"},
    {R"go(package p
var a = []int{1, 2, 3
var b = 1
func f() {}
)go",
     R"(2:22: syntax error: unexpected newline in composite literal; possibly missing comma or }
4:8: syntax error: unexpected ) after top level declaration)"},

    // statements
    {R"go(package p
func f() {
	x = 
	y := 
	z += 
	a, b
	a, b += 1
	a, b++
	++a
	a++ + 1
	a = b++
}
)go",
     R"(4:4: syntax error: unexpected := at end of statement
7:7: syntax error: unexpected +=, expected := or = or comma
8:6: syntax error: unexpected ++, expected := or = or comma
9:2: syntax error: unexpected ++, expected }
9:4: syntax error: unexpected name a after top level declaration)"},
    {R"go(package p
func f() {
	x := 1, y := 2
	x y
	1 2
	x := y := z
	x = y = z
	x 
	= 5
}
)go",
     R"(3:12: syntax error: unexpected := at end of statement
4:4: syntax error: unexpected name y at end of statement
5:4: syntax error: unexpected literal 2 at end of statement
6:9: syntax error: unexpected := at end of statement
7:8: syntax error: unexpected = at end of statement
9:2: syntax error: unexpected =, expected }
9:4: syntax error: unexpected literal 5 after top level declaration)"},
    {R"go(package p
func f() {
	if { }
	if x := 1 { }
	if x := 1; { }
	if x = 1 { }
	if x := f(); x = 1 { }
	if x; { }
	if ; x { }
	if ; { }
	if x := 1
	{ }
}
)go",
     R"(3:5: syntax error: missing condition in if statement
4:7: syntax error: cannot use x := 1 as value
5:11: syntax error: missing condition in if statement
6:7: syntax error: cannot use assignment x = 1 as value
7:17: syntax error: cannot use assignment x = 1 as value
8:6: syntax error: missing condition in if statement
10:5: syntax error: missing condition in if statement
11:11: syntax error: unexpected newline, expected { after if clause)"},
    {R"go(package p
func f() {
	if x
	{
	}
}
)go",
     R"(3:6: syntax error: unexpected newline, expected { after if clause)"},
    {R"go(package p
func f() {
	if x { } else y
	if x { } else
	{ }
	if x { }
	else { }
}
)go",
     R"(3:16: syntax error: else must be followed by if or statement block
3:16: syntax error: unexpected name y at end of statement
7:2: syntax error: unexpected keyword else, expected }
7:7: syntax error: unexpected { after top level declaration)"},
    {R"go(package p
func f() {
	if var x = 1; x > 0 { }
	for var i = 0; i < 10; i++ { }
	switch var x = 1; x { }
}
)go",
     R"(3:9: syntax error: var declaration not allowed in if initializer
4:10: syntax error: var declaration not allowed in for initializer
5:13: syntax error: var declaration not allowed in switch initializer)"},
    {R"go(package p
func f() {
	if x == T{1} { }
	if x == (T{1}) { }
	for _, x := range []T{{1}} { }
	for x := range T{1} { }
	switch T{1} { }
	if f(T{1}) { }
}
)go",
     R"(3:15: syntax error: unexpected { at end of statement
4:2: syntax error: non-declaration statement outside function body)"},
    {R"go(package p
func f() {
	if a + b = c + d { }
	if a, b = c, d { }
	if a += 1 { }
	if a++ { }
	if c <- x { }
	for x = 1 { }
	switch x = 1 { }
	switch x := 1 { }
}
)go",
     R"(3:11: syntax error: cannot use assignment (a + b) = (c + d) as value
4:10: syntax error: cannot use assignment a, b = c, d as value
5:7: syntax error: cannot use a += 1 as value
6:6: syntax error: cannot use a++ as value
7:7: syntax error: cannot use c <- x as value
8:8: syntax error: cannot use assignment x = 1 as value
9:11: syntax error: cannot use assignment x = 1 as value
10:11: syntax error: cannot use x := 1 as value)"},
    {R"go(package p
func f() {
	for i := 0; i < 10 { }
	for i := 0; i < 10; { }
	for i := 0 { }
	for ; { }
	for ;; { }
	for i := 0; i < 10; j := 1 { }
	for i := 0; i := 1; i++ { }
	for i < 10; i++ { }
}
)go",
     R"(3:21: syntax error: unexpected {, expected semicolon or newline
3:23: syntax error: unexpected }, expected expression
3:23: syntax error: unexpected }, expected { after for clause
5:8: syntax error: cannot use i := 0 as value
6:8: syntax error: unexpected {, expected for loop condition
8:24: syntax error: cannot declare in post statement of for loop
9:16: syntax error: cannot use i := 1 as value
10:15: syntax error: cannot use i++ as value
10:18: syntax error: unexpected {, expected semicolon or newline
10:20: syntax error: unexpected }, expected expression
10:20: syntax error: unexpected }, expected { after for clause)"},
    {R"go(package p
func f() {
	for i := 0; i < 10; i++
	{ }
	for
	{ }
}
)go",
     R"(3:25: syntax error: unexpected newline, expected { after for clause)"},
    {R"go(package p
func f() {
	for range x { }
	for range { }
	for x = range { }
	for i, x range y { }
	for i := range x; i < 1 { }
	for x := range a, b { }
	if range x { }
}
)go",
     R"(4:12: syntax error: unexpected {, expected expression
4:14: syntax error: unexpected }, expected { after for clause
5:16: syntax error: unexpected {, expected expression
5:18: syntax error: unexpected }, expected { after for clause
6:11: syntax error: unexpected keyword range, expected := or = or comma
6:21: syntax error: unexpected }, expected {
7:2: syntax error: unexpected keyword for, expected expression
7:2: syntax error: unexpected keyword for, expected semicolon or newline
7:8: syntax error: cannot declare in post statement of for loop
7:11: syntax error: unexpected keyword range, expected expression
7:28: syntax error: unexpected }, expected { after for clause
8:18: syntax error: unexpected comma, expected { after for clause
9:5: syntax error: unexpected keyword range, expected expression
9:15: syntax error: unexpected }, expected {
10:1: syntax error: unexpected }, expected expression
10:1: syntax error: unexpected }, expected { after if clause)"},
    {R"go(package p
func f() {
	while x { }
	do { } while x
	x ? y : z
}
)go",
     R"(3:8: syntax error: unexpected name x at end of statement
4:2: syntax error: non-declaration statement outside function body
5:4: invalid character U+003F '?')"},
    {R"go(package p
func f() {
	switch x
	{ }
	switch { case 1 }
	switch { case: }
	switch { x = 1 }
	switch { case 1: x case 2: y default z }
}
)go",
     R"(5:18: syntax error: unexpected }, expected :
6:15: syntax error: unexpected :, expected expression
6:17: syntax error: unexpected }, expected :
7:11: syntax error: unexpected name x, expected case or default or }
7:17: syntax error: unexpected }, expected :
8:21: syntax error: unexpected keyword case at end of statement
8:31: syntax error: unexpected keyword default at end of statement
8:39: syntax error: unexpected name z, expected :)"},
    {R"go(package p
func f() {
	switch x {
	case 1, : y
	case x := 1: z
	default 5:
	foo:
	}
	select {
	case x := <-c, y: 
	case c <- 1:
	case <-c
	default:
	}
}
)go",
     R"(4:10: syntax error: unexpected :, expected expression
8:2: syntax error: unexpected }, expected :
12:10: syntax error: unexpected newline, expected :)"},
    {R"go(package p
func f() {
	select x { }
	select { case: }
	select { x }
}
)go",
     R"(3:9: syntax error: missing { after select clause
4:15: syntax error: unexpected :, expected expression
4:17: syntax error: unexpected }, expected :
5:11: syntax error: unexpected name x, expected case or default or }
5:13: syntax error: unexpected }, expected :)"},
    {R"go(package p
func f() {
	switch x := y.(type) { case int: }
	switch y.(type) { }
	switch x := y.(type), 1 { }
	x := y.(type)
	switch x, z := y.(type) { }
	switch x = y.(type) { }
}
)go",
     R"(5:11: syntax error: cannot use x := y.(type), 1 as value
7:14: syntax error: cannot use x, z := y.(type) as value
8:11: syntax error: cannot use assignment x = y.(type) as value)"},
    {R"go(package p
func f() {
	go
	defer
	go f
	go (f())
	defer (f())
	defer ((f()))
	go func() {}
	defer int(x)
}
)go",
     R"(4:2: syntax error: unexpected keyword defer at end of statement
4:2: syntax error: unexpected keyword defer, expected expression
5:2: syntax error: unexpected keyword go at end of statement
5:2: syntax error: unexpected keyword go, expected expression
6:5: expression in go must not be parenthesized
7:8: expression in defer must not be parenthesized
8:8: expression in defer must not be parenthesized)"},
    {R"go(package p
func f() {
	goto
	goto 5
	break 5
	continue x y
	fallthrough x
	return return
	L
	L: }
)go",
     R"(4:2: syntax error: unexpected keyword goto, expected name
4:7: syntax error: unexpected literal 5 at end of statement
5:8: syntax error: unexpected literal 5 at end of statement
6:13: syntax error: unexpected name y at end of statement
7:14: syntax error: unexpected name x at end of statement
8:9: syntax error: unexpected keyword return at end of statement
8:9: syntax error: unexpected keyword return, expected expression)"},
    {R"go(package p
func f() {
	L: case
	M: }
func g() {
	N: else
}
)go",
     R"(3:3: syntax error: missing statement after label
3:5: syntax error: unexpected keyword case, expected }
4:2: syntax error: unexpected name M after top level declaration
6:3: syntax error: missing statement after label
6:5: syntax error: unexpected keyword else, expected }
7:1: syntax error: unexpected } after top level declaration)"},
    {R"go(package p
func f() {
	import "x"
	func g() {}
	type T
	const c
	var v
	package q
}
)go",
     R"(3:2: syntax error: unexpected keyword import, expected }
3:9: syntax error: unexpected literal "x" after top level declaration
5:8: syntax error: unexpected newline in type declaration
7:7: syntax error: unexpected newline, expected type
8:2: syntax error: non-declaration statement outside function body)"},
    {R"go(package p
func f() {
	[]int{1}
	map[string]int{}
	struct{}{}
	interface{}(x)
	chan int(x)
	~x
	!x
	) 
	]
}
)go",
     R"(8:2: syntax error: unexpected ~, expected }
8:3: syntax error: unexpected name x after top level declaration)"},
    {R"go(package p
func f() {
	var x int = 5 y
	x. = 1
	x.y.
	z()
}
)go",
     R"(3:16: syntax error: unexpected name y at end of statement
4:5: syntax error: unexpected =, expected name or ()"},
    {R"go(package p
func f() {
	fmt.Println("hello"
	fmt.Println("world")
}
)go",
     R"(3:21: syntax error: unexpected newline in argument list; possibly missing comma or ))"},
    {R"go(package p
func f() {
	fmt.Println("hello")
	}
}
func g() {
	x := 1
}
)go",
     R"(5:1: syntax error: non-declaration statement outside function body)"},
    {R"go(package p
func main() {
	a := []int{1, 2, 3}
	for i := 0; i < len(a); i++ 
		fmt.Println(a[i])
}
)go",
     R"(4:30: syntax error: unexpected newline, expected { after for clause)"},
    {R"go(package p
func main() {
	var a []int = {1, 2, 3}
	x := [3]int{1, 2, 3
	}
	y := map[string]int{
		"a": 1,
		"b": 2
	}
}
)go",
     R"(3:16: syntax error: unexpected {, expected expression
4:2: syntax error: non-declaration statement outside function body)"},
    {R"go(package p
func f(x int) -> int { return x }
func g(x: int) { }
func h(int x) { }
fn i() { }
function j() { }
)go",
     R"(2:15: syntax error: unexpected - after top level declaration
3:9: syntax error: unexpected : in parameter list; possibly missing comma or )
5:1: syntax error: non-declaration statement outside function body)"},
    {R"go(package p
class T { }
public func f() {}
let x = 1
)go",
     R"(2:1: syntax error: non-declaration statement outside function body
4:1: syntax error: non-declaration statement outside function body)"},
    {R"go(package p
func f() {
	try { g() } catch (e) { }
	x = y ?? z
	x => y
	lambda x: x
}
)go",
     R"(3:14: syntax error: unexpected name catch at end of statement
4:2: syntax error: non-declaration statement outside function body
4:8: invalid character U+003F '?'
4:9: invalid character U+003F '?')"},
};

}  // namespace
