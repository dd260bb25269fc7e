// strconv: quoting and unquoting, over many runes and over random bytes.
package main

import (
	"bufio"
	"fmt"
	"strconv"
)

func strconvQuote(out *bufio.Writer) {
	for c := rune(-2); c <= 0x110002; c++ {
		if c > 0x3000 && c < 0x10FF00 && c%101 != 0 {
			continue
		}
		s := string(c)
		fmt.Fprintln(out, strconv.QuoteRune(c), strconv.QuoteRuneToASCII(c), strconv.QuoteRuneToGraphic(c), strconv.Quote(s), strconv.IsPrint(c), strconv.IsGraphic(c), strconv.CanBackquote(s))
	}
	r := random(3)
	alphabet := []string{"a", "\\", "\"", "'", "`", "n", "x", "u", "U", "0", "1", "7", "9", "f", "F", "\n", "\r", "\t", "é", "\xff", "\ufeff", "日", "\x7f", " ", "00e9", "d800", "0010ffff"}
	for i := 0; i < 1200; i++ {
		s := ""
		for n := r.next() % 8; n > 0; n-- {
			s += alphabet[r.next()%uint64(len(alphabet))]
		}
		fmt.Fprintln(out, strconv.Quote(s), strconv.QuoteToASCII(s), strconv.QuoteToGraphic(s), strconv.CanBackquote(s))
		fmt.Fprintln(out, string(strconv.AppendQuote([]byte("x"), s)), string(strconv.AppendQuoteToASCII(nil, s)))
		for _, q := range []string{s, `"` + s + `"`, "'" + s + "'", "`" + s + "`", `"` + s, s + `"`} {
			u, err := strconv.Unquote(q)
			p, err2 := strconv.QuotedPrefix(q)
			fmt.Fprintf(out, "%q %v %q %v\n", u, err, p, err2)
		}
		for _, quote := range []byte{0, '\'', '"', '`'} {
			v, multibyte, tail, err := strconv.UnquoteChar(s, quote)
			fmt.Fprintf(out, "%d %v %q %v\n", v, multibyte, tail, err)
		}
	}
	for _, s := range []string{"", "\"", "''", "'a'", "'ab'", "'é'", "`", "``", `""`} {
		u, err := strconv.Unquote(s)
		p, err2 := strconv.QuotedPrefix(s)
		fmt.Fprintf(out, "%q %v %q %v\n", u, err, p, err2)
	}
}
