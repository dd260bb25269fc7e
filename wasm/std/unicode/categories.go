// Package unicode knows the properties of runes: general category, case, white space.
//
// What Go keeps in tables of ranges, one per property, is here one list of runs of runes of one general category, in a
// string, which costs no initialisation. The exported tables name categories, or hold the runs of a script.
package unicode

const (
	MaxRune         = '\U0010FFFF'
	ReplacementChar = '\uFFFD'
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'
)

// General categories, numbered as in the generated tables.
const (
	catLu = iota
	catLl
	catLt
	catLm
	catLo
	catMn
	catMc
	catMe
	catNd
	catNl
	catNo
	catPc
	catPd
	catPs
	catPe
	catPi
	catPf
	catPo
	catSm
	catSc
	catSk
	catSo
	catZs
	catZl
	catZp
	catCc
	catCf
	catCo
	catCs
	catCn         // not assigned
	catUpperLower // a run in which even runes are Lu and odd ones Ll
	catLowerUpper
	catInvalid // no rune: beyond all sets
)

// Sets of categories.
const (
	maskL       = 1<<catLu | 1<<catLl | 1<<catLt | 1<<catLm | 1<<catLo
	maskM       = 1<<catMn | 1<<catMc | 1<<catMe
	maskN       = 1<<catNd | 1<<catNl | 1<<catNo
	maskP       = 1<<catPc | 1<<catPd | 1<<catPs | 1<<catPe | 1<<catPi | 1<<catPf | 1<<catPo
	maskS       = 1<<catSm | 1<<catSc | 1<<catSk | 1<<catSo
	maskZ       = 1<<catZs | 1<<catZl | 1<<catZp
	maskC       = 1<<catCc | 1<<catCf | 1<<catCo | 1<<catCs | 1<<catCn
	maskPrint   = maskL | maskM | maskN | maskP | maskS
	maskGraphic = maskPrint | 1<<catZs
)

func three(s string, i int) int { return int(s[i]) | int(s[i+1])<<8 | int(s[i+2])<<16 }

// lastRecord finds the last record of a sorted table that begins with a rune of at most r; its offset, -1 if there is none.
func lastRecord(table string, size int, r rune) int {
	low, high := 0, len(table)/size // records before low begin at r or before, those from high on after it
	for low < high {
		middle := (low + high) / 2
		if three(table, middle*size) <= int(r) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return (low - 1) * size
}

func category(r rune) uint {
	if uint32(r) <= MaxLatin1 {
		return uint(latinCategories[r])
	}
	if uint32(r) > MaxRune {
		return catInvalid
	}
	switch c := uint(categoryRuns[lastRecord(categoryRuns, 4, r)+3]); c {
	case catUpperLower:
		return uint(r & 1)
	case catLowerUpper:
		return uint(r&1) ^ 1
	default:
		return c
	}
}

func isIn(r rune, mask uint32) bool { return mask>>category(r)&1 != 0 }

func IsLetter(r rune) bool  { return isIn(r, maskL) }
func IsMark(r rune) bool    { return isIn(r, maskM) }
func IsNumber(r rune) bool  { return isIn(r, maskN) }
func IsDigit(r rune) bool   { return isIn(r, 1<<catNd) }
func IsPunct(r rune) bool   { return isIn(r, maskP) }
func IsSymbol(r rune) bool  { return isIn(r, maskS) }
func IsControl(r rune) bool { return isIn(r, 1<<catCc) }
func IsUpper(r rune) bool   { return isIn(r, 1<<catLu) }
func IsLower(r rune) bool   { return isIn(r, 1<<catLl) }
func IsTitle(r rune) bool   { return isIn(r, 1<<catLt) }

// IsGraphic: letters, marks, numbers, punctuation, symbols, spaces.
func IsGraphic(r rune) bool { return isIn(r, maskGraphic) }

// IsPrint is IsGraphic with U+0020 the only space.
func IsPrint(r rune) bool { return r == ' ' || isIn(r, maskPrint) }

// IsSpace: white space, which is a property and not a category.
func IsSpace(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return 0x2000 <= r && r <= 0x200a
}
