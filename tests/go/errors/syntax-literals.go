package main

func main() {
	a := "unterminated // ERROR `declared and not used: a` `newline in string`
	b := 'ab' // ERROR `declared and not used: b` `more than one character in rune literal`
	c := '' // ERROR `declared and not used: c` `empty rune literal or unescaped '`
	d := "\q" // ERROR `declared and not used: d` `unknown escape`
	e := 0x // ERROR `declared and not used: e` `hexadecimal literal has no digits`
	f := 08 // ERROR `declared and not used: f` `invalid digit '8' in octal literal`
	g := 1__0 // ERROR `declared and not used: g` `'_' must separate successive digits`
	h := 0b12 // ERROR `declared and not used: h` `invalid digit '2' in binary literal`
	i := 1e // ERROR `declared and not used: i` `exponent has no digits`
	j := '\400' // ERROR `declared and not used: j` `octal escape value 256 > 255`
	k := "\u12" // ERROR `declared and not used: k` `invalid character '"' in hexadecimal escape`
	l := 0o8 // ERROR `declared and not used: l` `invalid digit '8' in octal literal`
	m := 0x1.0 // ERROR `declared and not used: m` `hexadecimal mantissa requires a 'p' exponent`
	n := ' // ERROR `declared and not used: n` `newline in rune literal`
	o := "\xZZ" // ERROR `declared and not used: o` `invalid character 'Z' in hexadecimal escape`
	p := 'x // ERROR `declared and not used: p` `newline in rune literal`
}
