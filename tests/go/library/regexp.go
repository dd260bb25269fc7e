package main

import (
	"fmt"
	"regexp"
	"strings"
)

func main() {
	re := regexp.MustCompile(`(?P<year>\d{4})-(?P<month>\d{2})`)
	fmt.Println(re.FindAllStringSubmatch("2024-02 and 1999-12", -1), re.SubexpNames())
	fmt.Println(re.ReplaceAllString("2024-02", "${month}/$year"))
	fmt.Println(re.ReplaceAllStringFunc("in 2024-02 x", strings.ToUpper))
	for _, p := range []string{`^a+b*?c`, `[[:alpha:]]+\s`, `(a|ab)(c|bcd)`, `\bfoo\b`, `(?i)HELLO`, `x{2,3}`, `[^aeiou]+`, `\p{Greek}+`, `(?s).+`, `a.*b`} {
		re := regexp.MustCompile(p)
		for _, s := range []string{"aabbc", "abcd foo hello xxxx", "αβγ δ", "a\nb"} {
			fmt.Println(p, re.FindStringSubmatchIndex(s), re.MatchString(s))
		}
	}
	for _, p := range []string{`a(`, `[z-a]`, `*a`, `a{1001}`, `\8`, `(?P<n>a)(?P<n>b)`} {
		_, err := regexp.Compile(p)
		fmt.Println(err)
	}
	fmt.Printf("%q\n", regexp.MustCompile(`,\s*`).Split("a, b,c,   d", -1))
	fmt.Println(regexp.QuoteMeta("[a].b*"))
	long := regexp.MustCompilePOSIX(`a+|a+b`)
	fmt.Println(long.FindString("aaab"))
	fmt.Println(len(regexp.MustCompile(`(a*)*b`).FindString(strings.Repeat("a", 2000))))
}
