// Package utf8 encodes runes as UTF-8 and decodes them.
package utf8

const (
	RuneError = '\uFFFD'     // what stands for bytes that are not UTF-8
	RuneSelf  = 0x80         // runes below it are their own byte
	MaxRune   = '\U0010FFFF' // the last rune
	UTFMax    = 4            // most bytes of a rune
)

const (
	surrogateMin = 0xD800
	surrogateMax = 0xDFFF
)

// For every first byte of a sequence: its length, and the bounds of its second byte, which are what keeps out overlong
// forms, surrogates and runes past the last one. Length 0: no sequence begins so.
func sequence(first byte) (length int, low, high byte) {
	switch {
	case first < 0x80:
		return 1, 0, 0
	case first < 0xC2:
		return 0, 0, 0
	case first < 0xE0:
		return 2, 0x80, 0xBF
	case first == 0xE0:
		return 3, 0xA0, 0xBF
	case first == 0xED:
		return 3, 0x80, 0x9F
	case first < 0xF0:
		return 3, 0x80, 0xBF
	case first == 0xF0:
		return 4, 0x90, 0xBF
	case first < 0xF4:
		return 4, 0x80, 0xBF
	case first == 0xF4:
		return 4, 0x80, 0x8F
	}
	return 0, 0, 0
}

func continues(b byte) bool { return b&0xC0 == 0x80 }

// DecodeRuneInString gives the first rune of s and its length in bytes; RuneError and 1 if s does not begin with one, and
// RuneError and 0 if s is empty.
func DecodeRuneInString(s string) (rune, int) {
	if len(s) == 0 {
		return RuneError, 0
	}
	first := s[0]
	if first < RuneSelf {
		return rune(first), 1
	}
	length, low, high := sequence(first)
	if length == 0 || len(s) < length || s[1] < low || s[1] > high {
		return RuneError, 1
	}
	if length == 2 {
		return rune(first&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	if !continues(s[2]) {
		return RuneError, 1
	}
	if length == 3 {
		return rune(first&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	if !continues(s[3]) {
		return RuneError, 1
	}
	return rune(first&0x07)<<18 | rune(s[1]&0x3F)<<12 | rune(s[2]&0x3F)<<6 | rune(s[3]&0x3F), 4
}

// DecodeRune is DecodeRuneInString for bytes.
func DecodeRune(p []byte) (rune, int) {
	if len(p) > 0 && p[0] < RuneSelf {
		return rune(p[0]), 1
	}
	return DecodeRuneInString(view(p[:min(len(p), UTFMax)]))
}

// DecodeLastRuneInString gives the last rune of s and its length, as DecodeRuneInString does with the first.
func DecodeLastRuneInString(s string) (rune, int) {
	end := len(s)
	if end == 0 {
		return RuneError, 0
	}
	for start := end - 1; start >= 0 && start >= end-UTFMax; start-- {
		if continues(s[start]) {
			continue
		}
		if r, size := DecodeRuneInString(s[start:]); start+size == end {
			return r, size
		}
		break
	}
	return RuneError, 1
}

// DecodeLastRune is DecodeLastRuneInString for bytes.
func DecodeLastRune(p []byte) (rune, int) {
	return DecodeLastRuneInString(view(p[max(0, len(p)-UTFMax):]))
}

// FullRuneInString tells whether s begins with all of a rune; bytes that are not UTF-8 count as one.
func FullRuneInString(s string) bool {
	if len(s) == 0 {
		return false
	}
	length, low, high := sequence(s[0])
	if len(s) >= length {
		return true
	}
	if len(s) > 1 && (s[1] < low || s[1] > high) {
		return true
	}
	return len(s) > 2 && !continues(s[2])
}

// FullRune is FullRuneInString for bytes.
func FullRune(p []byte) bool { return FullRuneInString(view(p[:min(len(p), UTFMax)])) }

// RuneStart tells whether a rune may begin with b.
func RuneStart(b byte) bool { return !continues(b) }

// ValidRune tells whether r has an encoding.
func ValidRune(r rune) bool {
	return 0 <= r && r < surrogateMin || surrogateMax < r && r <= MaxRune
}

// RuneLen is the number of bytes that r takes, -1 if it has no encoding.
func RuneLen(r rune) int {
	switch {
	case r < 0:
		return -1
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case surrogateMin <= r && r <= surrogateMax:
		return -1
	case r < 0x10000:
		return 3
	case r <= MaxRune:
		return 4
	}
	return -1
}

// AppendRune adds r's encoding to p; RuneError's if it has none.
func AppendRune(p []byte, r rune) []byte {
	if uint32(r) < RuneSelf {
		return append(p, byte(r))
	}
	switch RuneLen(r) {
	case 2:
		return append(p, 0xC0|byte(r>>6), 0x80|byte(r)&0x3F)
	case 3:
		return append(p, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	case 4:
		return append(p, 0xF0|byte(r>>18), 0x80|byte(r>>12)&0x3F, 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	}
	return append(p, 0xEF, 0xBF, 0xBD)
}

// EncodeRune writes r's encoding into p, which must have room for it, and gives its length.
func EncodeRune(p []byte, r rune) int {
	length := RuneLen(r)
	if length < 0 {
		length = 3
	}
	_ = p[length-1]
	return len(AppendRune(p[:0], r))
}

// RuneCountInString is the number of runes in s; each byte that is not UTF-8 counts as one.
func RuneCountInString(s string) (n int) {
	for range s {
		n++
	}
	return n
}

// RuneCount is RuneCountInString for bytes.
func RuneCount(p []byte) int { return RuneCountInString(view(p)) }

// ValidString tells whether s is UTF-8 throughout.
func ValidString(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < RuneSelf {
			i++
			continue
		}
		_, size := DecodeRuneInString(s[i:])
		if size == 1 {
			return false
		}
		i += size
	}
	return true
}

// Valid is ValidString for bytes.
func Valid(p []byte) bool { return ValidString(view(p)) }
