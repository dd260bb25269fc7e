package main

func main() {
	a := 5 # 3 // ERROR `invalid character U\+0023 '#'` `syntax error: unexpected literal 3 at end of statement`
	b := 5 @ 3 // ERROR `invalid character U\+0040 '@'` `syntax error: unexpected literal 3 at end of statement`
	c := “quoted” // ERROR `invalid character U\+201C '“' in identifier` `invalid character U\+201D '”' in identifier`
	d := a ? b : c // ERROR `invalid character U\+003F '\?'` `syntax error: unexpected name b at end of statement`
	e := a ** b
	f := $name // ERROR `invalid character U\+0024 '\$'`
	while true { // ERROR `syntax error: unexpected name true at end of statement`
	}
	int g = 5 // ERROR `syntax error: non-declaration statement outside function body`
	g =+ 1
	h := not true
	i := a and b
	var j int := 5 // ERROR `syntax error: unexpected :=, expected =`
	k++ + 1 // ERROR `syntax error: non-declaration statement outside function body`
	++k
	l := a+++b
}
