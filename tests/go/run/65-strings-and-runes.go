// 9 More Go: Strings, bytes and runes
// A string is bytes, usually UTF-8. Ranging over it gives runes and where they
// begin; indexing gives bytes.
package main

import (
	"fmt"
	"strings"
	"unicode"
)

func reversed(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

func caesar(s string, by rune) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return 'a' + (r-'a'+by+26)%26
		case 'A' <= r && r <= 'Z':
			return 'A' + (r-'A'+by+26)%26
		}
		return r
	}, s)
}

func main() {
	s := "naïve 日本 😀"
	fmt.Println(len(s), "bytes,", len([]rune(s)), "runes:", reversed(s))
	for i, r := range s {
		if r > unicode.MaxASCII {
			fmt.Printf("%d:%c(%U,%d bytes) ", i, r, r, len(string(r)))
		}
	}
	fmt.Println()
	fmt.Printf("% x|%q|%+q|%x\n", "日", s, s, []byte("Go"))
	for _, r := range "a\xffb" {
		fmt.Printf("%q ", r)
	}
	fmt.Println(string([]byte{0xe6, 0x97, 0xa5}), string(rune(0x672c)))

	secret := caesar("Attack at dawn!", 3)
	fmt.Println(secret, caesar(secret, -3))

	var b strings.Builder
	for i := 3; i > 0; i-- {
		fmt.Fprintf(&b, "%d... ", i)
	}
	b.WriteString("go")
	fmt.Println(b.String(), b.Len())

	fmt.Println(strings.Split("a,b,,c", ","), len(strings.Fields("  two   words ")), strings.Repeat("=", 10))
	fmt.Println(strings.ToUpper("straße"), strings.Title("hello world"), strings.EqualFold("Straße", "STRASSE"), strings.Count("cheese", "e"))
	before, after, found := strings.Cut("key=value=x", "=")
	fmt.Println(before, after, found, strings.TrimLeft("xxabc", "x"), strings.LastIndex("go gopher", "go"))
	fmt.Println("apple" < "banana", "Zebra" < "apple", strings.Compare("a", "b"))
}
