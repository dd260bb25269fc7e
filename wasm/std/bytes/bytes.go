// Package bytes: functions on byte slices.
//
// Most of them are those of package strings on the same memory: a view is a slice seen as a string, for as long as the call
// lasts. The one thing to take care of is that what a callback does to the slice does not show in the view's length.
package bytes

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func Equal(a, b []byte) bool          { return string(a) == string(b) }
func Compare(a, b []byte) int         { return strings.Compare(view(a), view(b)) }
func EqualFold(s, t []byte) bool      { return strings.EqualFold(view(s), view(t)) }
func HasPrefix(s, prefix []byte) bool { return strings.HasPrefix(view(s), view(prefix)) }
func HasSuffix(s, suffix []byte) bool { return strings.HasSuffix(view(s), view(suffix)) }

func Index(s, sep []byte) int                         { return strings.Index(view(s), view(sep)) }
func IndexByte(b []byte, c byte) int                  { return strings.IndexByte(view(b), c) }
func IndexRune(s []byte, r rune) int                  { return strings.IndexRune(view(s), r) }
func IndexAny(s []byte, chars string) int             { return strings.IndexAny(view(s), chars) }
func IndexFunc(s []byte, f func(r rune) bool) int     { return strings.IndexFunc(view(s), f) }
func LastIndex(s, sep []byte) int                     { return strings.LastIndex(view(s), view(sep)) }
func LastIndexByte(s []byte, c byte) int              { return strings.LastIndexByte(view(s), c) }
func LastIndexAny(s []byte, chars string) int         { return strings.LastIndexAny(view(s), chars) }
func LastIndexFunc(s []byte, f func(r rune) bool) int { return strings.LastIndexFunc(view(s), f) }

func Contains(b, subslice []byte) bool              { return Index(b, subslice) >= 0 }
func ContainsAny(b []byte, chars string) bool       { return IndexAny(b, chars) >= 0 }
func ContainsRune(b []byte, r rune) bool            { return IndexRune(b, r) >= 0 }
func ContainsFunc(b []byte, f func(rune) bool) bool { return IndexFunc(b, f) >= 0 }
func Count(s, sep []byte) int                       { return strings.Count(view(s), view(sep)) }

// Clone keeps nil nil.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

func Cut(s, sep []byte) (before, after []byte, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

func CutPrefix(s, prefix []byte) (after []byte, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func CutSuffix(s, suffix []byte) (before []byte, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}

// ---- splitting

func Split(s, sep []byte) [][]byte              { return split(s, sep, 0, -1) }
func SplitN(s, sep []byte, n int) [][]byte      { return split(s, sep, 0, n) }
func SplitAfter(s, sep []byte) [][]byte         { return split(s, sep, len(sep), -1) }
func SplitAfterN(s, sep []byte, n int) [][]byte { return split(s, sep, len(sep), n) }

func split(s, sep []byte, keep, n int) [][]byte {
	if n == 0 {
		return nil
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	n = min(n, len(s)+1)
	if len(sep) == 0 {
		n = min(n, utf8.RuneCount(s))
	}
	parts := make([][]byte, 0, n)
	for len(parts) < n-1 {
		i := Index(s, sep)
		if len(sep) == 0 {
			_, i = utf8.DecodeRune(s)
		}
		if i < 0 {
			break
		}
		parts = append(parts, s[:i+keep:i+keep])
		s = s[i+len(sep):]
	}
	if len(sep) == 0 && len(s) == 0 {
		return parts
	}
	return append(parts, s)
}

func Fields(s []byte) [][]byte { return FieldsFunc(s, unicode.IsSpace) }

func FieldsFunc(s []byte, f func(rune) bool) [][]byte {
	fields := [][]byte{}
	start := -1
	for i, r := range view(s) {
		if f(r) {
			if start >= 0 {
				fields = append(fields, s[start:i:i])
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		fields = append(fields, s[start:len(s):len(s)])
	}
	return fields
}

// ---- trimming: what is left is told by its length

func leftTrimmed(s []byte, rest string) []byte {
	if rest == "" {
		return nil
	}
	return s[len(s)-len(rest):]
}

func rightTrimmed(s []byte, rest string) []byte { return s[:len(rest)] }

func TrimLeft(s []byte, cutset string) []byte {
	return leftTrimmed(s, strings.TrimLeft(view(s), cutset))
}

func TrimRight(s []byte, cutset string) []byte {
	return rightTrimmed(s, strings.TrimRight(view(s), cutset))
}

func Trim(s []byte, cutset string) []byte { return TrimRight(TrimLeft(s, cutset), cutset) }

func TrimLeftFunc(s []byte, f func(r rune) bool) []byte {
	return leftTrimmed(s, strings.TrimLeftFunc(view(s), f))
}

func TrimRightFunc(s []byte, f func(r rune) bool) []byte {
	return rightTrimmed(s, strings.TrimRightFunc(view(s), f))
}

func TrimFunc(s []byte, f func(r rune) bool) []byte { return TrimRightFunc(TrimLeftFunc(s, f), f) }
func TrimSpace(s []byte) []byte                     { return TrimFunc(s, unicode.IsSpace) }

func TrimPrefix(s, prefix []byte) []byte {
	s, _ = CutPrefix(s, prefix)
	return s
}

func TrimSuffix(s, suffix []byte) []byte {
	s, _ = CutSuffix(s, suffix)
	return s
}

// ---- making new ones

func Join(s [][]byte, sep []byte) []byte {
	joined := []byte{}
	for i, part := range s {
		if i > 0 {
			joined = append(joined, sep...)
		}
		joined = append(joined, part...)
	}
	return joined
}

func Repeat(b []byte, count int) []byte {
	if count < 0 {
		panic("bytes: negative Repeat count")
	}
	if len(b) > 0 && count > (1<<63-1)/len(b) {
		panic("bytes: Repeat output length overflow")
	}
	return []byte(strings.Repeat(view(b), count))
}

func Replace(s, old, new []byte, n int) []byte {
	return []byte(strings.Replace(view(s), view(old), view(new), n))
}

func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }

func Map(mapping func(r rune) rune, s []byte) []byte { return []byte(strings.Map(mapping, view(s))) }

func ToUpper(s []byte) []byte { return Map(unicode.ToUpper, s) }
func ToLower(s []byte) []byte { return Map(unicode.ToLower, s) }
func ToTitle(s []byte) []byte { return Map(unicode.ToTitle, s) }
func Title(s []byte) []byte   { return []byte(strings.Title(view(s))) }

func ToUpperSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToUpper, s) }
func ToLowerSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToLower, s) }
func ToTitleSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToTitle, s) }

func ToValidUTF8(s, replacement []byte) []byte {
	return []byte(strings.ToValidUTF8(view(s), view(replacement)))
}

func Runes(s []byte) []rune { return []rune(string(s)) }
