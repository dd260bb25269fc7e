// Package strings: functions on strings.
package strings

import (
	"unicode"
	"unicode/utf8"
)

// Index tells where the first substr in s begins, -1 if there is none.
//
// It looks for the first byte and compares; when too many places look right but are not, it goes on by hash (Rabin and
// Karp), which takes the same time for every text.
func Index(s, substr string) int {
	n := len(substr)
	switch {
	case n == 0:
		return 0
	case n == 1:
		return IndexByte(s, substr[0])
	case n > len(s):
		return -1
	}
	first, second := substr[0], substr[1]
	last := len(s) - n
	misses := 0
	for i := 0; i <= last; i++ {
		if s[i] != first {
			continue
		}
		if s[i+1] == second && s[i:i+n] == substr {
			return i
		}
		if misses++; misses > 16+i/8 {
			if at := indexByHash(s[i+1:], substr); at >= 0 {
				return i + 1 + at
			}
			return -1
		}
	}
	return -1
}

const hashPrime = 16777619

func indexByHash(s, substr string) int {
	n := len(substr)
	if n > len(s) {
		return -1
	}
	var wanted, hash, power uint32 = 0, 0, 1
	for i := 0; i < n; i++ {
		wanted = wanted*hashPrime + uint32(substr[i])
		hash = hash*hashPrime + uint32(s[i])
		power *= hashPrime
	}
	for i := n; ; i++ {
		if hash == wanted && s[i-n:i] == substr {
			return i - n
		}
		if i == len(s) {
			return -1
		}
		hash = hash*hashPrime + uint32(s[i]) - power*uint32(s[i-n])
	}
}

// LastIndex tells where the last substr begins.
func LastIndex(s, substr string) int {
	n := len(substr)
	for i := len(s) - n; i >= 0; i-- {
		if s[i:i+n] == substr {
			return i
		}
	}
	return -1
}

func IndexByte(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return i
		}
	}
	return -1
}

func LastIndexByte(s string, c byte) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == c {
			return i
		}
	}
	return -1
}

// IndexRune: bytes that are not UTF-8 count as utf8.RuneError.
func IndexRune(s string, r rune) int {
	switch {
	case 0 <= r && r < utf8.RuneSelf:
		return IndexByte(s, byte(r))
	case r == utf8.RuneError:
		for i, c := range s {
			if c == r {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(r):
		return -1
	}
	return Index(s, string(r))
}

// IndexAny tells where the first rune of s is that is one of chars.
func IndexAny(s, chars string) int {
	for i, c := range s {
		if IndexRune(chars, c) >= 0 {
			return i
		}
	}
	return -1
}

func LastIndexAny(s, chars string) int {
	return lastIndexFunc(s, func(r rune) bool { return IndexRune(chars, r) >= 0 }, true)
}

func IndexFunc(s string, f func(rune) bool) int     { return indexFunc(s, f, true) }
func LastIndexFunc(s string, f func(rune) bool) int { return lastIndexFunc(s, f, true) }

func indexFunc(s string, f func(rune) bool, wanted bool) int {
	for i, c := range s {
		if f(c) == wanted {
			return i
		}
	}
	return -1
}

func lastIndexFunc(s string, f func(rune) bool, wanted bool) int {
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		if f(r) == wanted {
			return i
		}
	}
	return -1
}

func Contains(s, substr string) bool                { return Index(s, substr) >= 0 }
func ContainsAny(s, chars string) bool              { return IndexAny(s, chars) >= 0 }
func ContainsRune(s string, r rune) bool            { return IndexRune(s, r) >= 0 }
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }
func HasPrefix(s, prefix string) bool               { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// Count tells how often substr occurs without overlapping; an empty one, between all runes.
func Count(s, substr string) (n int) {
	if substr == "" {
		return utf8.RuneCountInString(s) + 1
	}
	for {
		i := Index(s, substr)
		if i < 0 {
			return n
		}
		n++
		s = s[i+len(substr):]
	}
}

// Compare is -1, 0 or 1.
func Compare(a, b string) int {
	if a == b {
		return 0
	}
	if a < b {
		return -1
	}
	return 1
}

// EqualFold: the same but for the case of letters.
func EqualFold(s, t string) bool {
	for s != "" && t != "" {
		a, b := rune(s[0]), rune(t[0])
		sizeA, sizeB := 1, 1
		if a|b >= utf8.RuneSelf {
			a, sizeA = utf8.DecodeRuneInString(s)
			b, sizeB = utf8.DecodeRuneInString(t)
		}
		s, t = s[sizeA:], t[sizeB:]
		if a != b && !sameFold(a, b) {
			return false
		}
	}
	return s == t
}

func sameFold(a, b rune) bool {
	for r := unicode.SimpleFold(a); r != a; r = unicode.SimpleFold(r) {
		if r == b {
			return true
		}
	}
	return false
}

// Cut splits s at the first sep.
func Cut(s, sep string) (before, after string, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func CutPrefix(s, prefix string) (after string, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func CutSuffix(s, suffix string) (before string, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}
