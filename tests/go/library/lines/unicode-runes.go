// unicode and unicode/utf8: runes' properties, cases and encoding; decoding of random bytes.
package main

import (
	"bufio"
	"fmt"
	"unicode"
	"unicode/utf8"
)

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func unicodeRunes(out *bufio.Writer) {
	tables := []*unicode.RangeTable{unicode.L, unicode.Lu, unicode.Letter, unicode.M, unicode.Mn, unicode.N, unicode.Nd, unicode.No, unicode.P, unicode.Pf, unicode.S, unicode.Sc, unicode.Z, unicode.Zl,
		unicode.C, unicode.Cf, unicode.Co, unicode.Cs, unicode.White_Space, unicode.Han, unicode.Latin, unicode.Hiragana, unicode.Greek, unicode.Cyrillic, unicode.Common, unicode.Thai,
		{R16: []unicode.Range16{{Lo: 5, Hi: 25, Stride: 5}, {Lo: 100, Hi: 200, Stride: 1}}, R32: []unicode.Range32{{Lo: 0x10000, Hi: 0x10100, Stride: 16}}}}
	// Not every rune has a line: a hash tells what is the same for most of them.
	var hash uint64
	for r := rune(-70); r <= unicode.MaxRune+70; r += 17 {
		properties := bit(unicode.IsLetter(r)) | bit(unicode.IsMark(r))<<1 | bit(unicode.IsNumber(r))<<2 | bit(unicode.IsDigit(r))<<3 | bit(unicode.IsPunct(r))<<4 |
			bit(unicode.IsSymbol(r))<<5 | bit(unicode.IsControl(r))<<6 | bit(unicode.IsUpper(r))<<7 | bit(unicode.IsLower(r))<<8 | bit(unicode.IsTitle(r))<<9 |
			bit(unicode.IsGraphic(r))<<10 | bit(unicode.IsPrint(r))<<11 | bit(unicode.IsSpace(r))<<12 | bit(utf8.ValidRune(r))<<13
		for i, table := range tables {
			hash = hash*31 + uint64(bit(unicode.Is(table, r)))<<(i%8)
		}
		for _, v := range []rune{rune(properties), unicode.ToUpper(r), unicode.ToLower(r), unicode.ToTitle(r), unicode.To(3, r), unicode.SimpleFold(r), unicode.TurkishCase.ToUpper(r), unicode.TurkishCase.ToLower(r),
			unicode.TurkishCase.ToTitle(r), rune(utf8.RuneLen(r))} {
			hash = hash*0x100000001b3 + uint64(v)
		}
		for _, b := range utf8.AppendRune(nil, r) {
			hash = hash*33 + uint64(b)
		}
		if r%64 < 17 || r < 400 {
			fmt.Fprintf(out, "%x %b %x\n", r, properties, hash)
		}
	}
	fmt.Fprintln(out, unicode.In('x', unicode.Han, unicode.Latin), unicode.IsOneOf(unicode.PrintRanges, '\u00a0'), unicode.In('\u00a0', unicode.GraphicRanges...))

	r := random(5)
	bytes := []byte{0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff}
	for i := 0; i < 4000; i++ {
		b := make([]byte, r.next()%6)
		for k := range b {
			b[k] = bytes[r.next()%uint64(len(bytes))]
		}
		s := string(b)
		r1, n1 := utf8.DecodeRune(b)
		r2, n2 := utf8.DecodeRuneInString(s)
		r3, n3 := utf8.DecodeLastRune(b)
		r4, n4 := utf8.DecodeLastRuneInString(s)
		fmt.Fprintln(out, r1, n1, r2, n2, r3, n3, r4, n4, utf8.FullRune(b), utf8.FullRuneInString(s), utf8.RuneCount(b), utf8.RuneCountInString(s), utf8.Valid(b), utf8.ValidString(s))
		var room [4]byte
		n := utf8.EncodeRune(room[:], r1)
		fmt.Fprintln(out, room[:n], utf8.RuneStart(bytes[r.next()%uint64(len(bytes))]))
	}
	defer func() { fmt.Fprintln(out, recover()) }()
	utf8.EncodeRune(make([]byte, 1), 'é')
}
