package unicode

// Range16 and Range32 are runs of runes, every Stride-th from Lo to Hi.
type Range16 struct{ Lo, Hi, Stride uint16 }

type Range32 struct{ Lo, Hi, Stride uint32 }

// RangeTable is a set of runes: for a program's own, sorted runs; for this package's, categories or packed runs.
type RangeTable struct {
	R16         []Range16
	R32         []Range32
	LatinOffset int

	categories uint32
	packed     string // records of 6 bytes: first and last rune
}

// Is tells whether r is in the table.
func Is(table *RangeTable, r rune) bool {
	if table.categories != 0 {
		return isIn(r, table.categories)
	}
	if table.packed != "" {
		if uint32(r) > MaxRune {
			return false
		}
		at := lastRecord(table.packed, 6, r)
		return at >= 0 && int(r) <= three(table.packed, at+3)
	}
	for i := range table.R16 {
		if run := &table.R16[i]; rune(run.Lo) <= r && r <= rune(run.Hi) {
			return run.Stride <= 1 || (uint16(r)-run.Lo)%run.Stride == 0
		}
	}
	for i := range table.R32 {
		if run := &table.R32[i]; uint32(r) >= run.Lo && uint32(r) <= run.Hi {
			return run.Stride <= 1 || (uint32(r)-run.Lo)%run.Stride == 0
		}
	}
	return false
}

// In tells whether r is in one of the tables; IsOneOf likewise.
func In(r rune, tables ...*RangeTable) bool { return IsOneOf(tables, r) }

func IsOneOf(tables []*RangeTable, r rune) bool {
	for _, table := range tables {
		if Is(table, r) {
			return true
		}
	}
	return false
}

// The categories, each by its short name and, for some, a long one.
var (
	L  = &RangeTable{categories: maskL}
	M  = &RangeTable{categories: maskM}
	N  = &RangeTable{categories: maskN}
	P  = &RangeTable{categories: maskP}
	S  = &RangeTable{categories: maskS}
	Z  = &RangeTable{categories: maskZ}
	C  = &RangeTable{categories: maskC}
	Lu = &RangeTable{categories: 1 << catLu}
	Ll = &RangeTable{categories: 1 << catLl}
	Lt = &RangeTable{categories: 1 << catLt}
	Lm = &RangeTable{categories: 1 << catLm}
	Lo = &RangeTable{categories: 1 << catLo}
	Mn = &RangeTable{categories: 1 << catMn}
	Mc = &RangeTable{categories: 1 << catMc}
	Me = &RangeTable{categories: 1 << catMe}
	Nd = &RangeTable{categories: 1 << catNd}
	Nl = &RangeTable{categories: 1 << catNl}
	No = &RangeTable{categories: 1 << catNo}
	Pc = &RangeTable{categories: 1 << catPc}
	Pd = &RangeTable{categories: 1 << catPd}
	Ps = &RangeTable{categories: 1 << catPs}
	Pe = &RangeTable{categories: 1 << catPe}
	Pi = &RangeTable{categories: 1 << catPi}
	Pf = &RangeTable{categories: 1 << catPf}
	Po = &RangeTable{categories: 1 << catPo}
	Sm = &RangeTable{categories: 1 << catSm}
	Sc = &RangeTable{categories: 1 << catSc}
	Sk = &RangeTable{categories: 1 << catSk}
	So = &RangeTable{categories: 1 << catSo}
	Zs = &RangeTable{categories: 1 << catZs}
	Zl = &RangeTable{categories: 1 << catZl}
	Zp = &RangeTable{categories: 1 << catZp}
	Cc = &RangeTable{categories: 1 << catCc}
	Cf = &RangeTable{categories: 1 << catCf}
	Co = &RangeTable{categories: 1 << catCo}
	Cs = &RangeTable{categories: 1 << catCs}
	Cn = &RangeTable{categories: 1 << catCn}

	Letter = L
	Mark   = M
	Number = N
	Punct  = P
	Symbol = S
	Space  = Z
	Other  = C
	Upper  = Lu
	Lower  = Ll
	Title  = Lt
	Digit  = Nd
)

// White_Space is what IsSpace tells.
var White_Space = &RangeTable{packed: "\x09\x00\x00\x0d\x00\x00\x20\x00\x00\x20\x00\x00\x85\x00\x00\x85\x00\x00\xa0\x00\x00\xa0\x00\x00" +
	"\x80\x16\x00\x80\x16\x00\x00\x20\x00\x0a\x20\x00\x28\x20\x00\x29\x20\x00\x2f\x20\x00\x2f\x20\x00" +
	"\x5f\x20\x00\x5f\x20\x00\x00\x30\x00\x00\x30\x00"}

// Some scripts.
var (
	Arabic     = &RangeTable{packed: scriptArabic}
	Armenian   = &RangeTable{packed: scriptArmenian}
	Bengali    = &RangeTable{packed: scriptBengali}
	Common     = &RangeTable{packed: scriptCommon}
	Cyrillic   = &RangeTable{packed: scriptCyrillic}
	Devanagari = &RangeTable{packed: scriptDevanagari}
	Georgian   = &RangeTable{packed: scriptGeorgian}
	Greek      = &RangeTable{packed: scriptGreek}
	Han        = &RangeTable{packed: scriptHan}
	Hangul     = &RangeTable{packed: scriptHangul}
	Hebrew     = &RangeTable{packed: scriptHebrew}
	Hiragana   = &RangeTable{packed: scriptHiragana}
	Katakana   = &RangeTable{packed: scriptKatakana}
	Latin      = &RangeTable{packed: scriptLatin}
	Tamil      = &RangeTable{packed: scriptTamil}
	Thai       = &RangeTable{packed: scriptThai}
)

// GraphicRanges and PrintRanges are what IsGraphic and IsPrint (but for U+0020) tell.
var (
	GraphicRanges = []*RangeTable{L, M, N, P, S, Zs}
	PrintRanges   = []*RangeTable{L, M, N, P, S}
)
