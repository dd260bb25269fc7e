package unicode

// Which case, for To.
const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

// UpperLower in a CaseRange's Delta: capitals and small letters take turns, a capital first.
const UpperLower = MaxRune + 1

// CaseRange maps the runes from Lo to Hi to other cases by adding Delta.
type CaseRange struct {
	Lo, Hi uint32
	Delta  [MaxCase]rune
}

// SpecialCase is a language's own case mapping.
type SpecialCase []CaseRange

// To maps r to upper, lower or title case.
func To(which int, r rune) rune {
	if which < 0 || which >= MaxCase {
		return ReplacementChar
	}
	if uint32(r) > MaxRune {
		return r
	}
	const size = 15
	at := lastRecord(caseRuns, size, r)
	if at < 0 || int(r) > three(caseRuns, at+3) {
		return r
	}
	delta := rune(three(caseRuns, at+6+3*which)) << 8 >> 8 // 24 bits with a sign
	return mapped(which, r, rune(three(caseRuns, at)), delta)
}

func mapped(which int, r, low, delta rune) rune {
	if delta <= MaxRune {
		return r + delta
	}
	// The run begins with a capital. Title case is the capital's.
	return low + ((r-low)&^1 | rune(which&1))
}

func ToUpper(r rune) rune {
	if uint32(r) <= MaxASCII {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	return To(UpperCase, r)
}

func ToLower(r rune) rune {
	if uint32(r) <= MaxASCII {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return To(LowerCase, r)
}

func ToTitle(r rune) rune {
	if uint32(r) <= MaxASCII {
		return ToUpper(r)
	}
	return To(TitleCase, r)
}

// SimpleFold gives the next larger rune that is the same but for its case, or the smallest if there is none: calling it
// again and again goes through all of them.
func SimpleFold(r rune) rune {
	if uint32(r) > MaxRune {
		return r
	}
	const size = 6
	if at := lastRecord(foldPairs, size, r); at >= 0 && three(foldPairs, at) == int(r) {
		return rune(three(foldPairs, at+3))
	}
	if lower := ToLower(r); lower != r {
		return lower
	}
	return ToUpper(r)
}

func (special SpecialCase) to(which int, r rune) (rune, bool) {
	for i := range special {
		c := &special[i]
		if c.Lo <= uint32(r) && uint32(r) <= c.Hi {
			return mapped(which, r, rune(c.Lo), c.Delta[which]), true
		}
	}
	return r, false
}

func (special SpecialCase) ToUpper(r rune) rune {
	if s, ok := special.to(UpperCase, r); ok {
		return s
	}
	return ToUpper(r)
}

func (special SpecialCase) ToLower(r rune) rune {
	if s, ok := special.to(LowerCase, r); ok {
		return s
	}
	return ToLower(r)
}

func (special SpecialCase) ToTitle(r rune) rune {
	if s, ok := special.to(TitleCase, r); ok {
		return s
	}
	return ToTitle(r)
}

// TurkishCase maps i and ı as Turkish and Azeri do.
var (
	TurkishCase = SpecialCase{
		{'I', 'I', [MaxCase]rune{0, 'ı' - 'I', 0}},
		{'i', 'i', [MaxCase]rune{'İ' - 'i', 0, 'İ' - 'i'}},
		{'İ', 'İ', [MaxCase]rune{0, 'i' - 'İ', 0}},
		{'ı', 'ı', [MaxCase]rune{'I' - 'ı', 0, 'I' - 'ı'}},
	}
	AzeriCase = TurkishCase
)
