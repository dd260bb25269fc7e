package strings

import "io"

// Replacer replaces several strings at once: at each place the first pair that fits.
type Replacer struct {
	oldNew   []string
	begins   [256]bool // bytes that an old string begins with
	hasEmpty bool
}

func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 == 1 {
		panic("strings.NewReplacer: odd argument count")
	}
	r := &Replacer{oldNew: append([]string(nil), oldnew...)}
	for i := 0; i < len(oldnew); i += 2 {
		if oldnew[i] == "" {
			r.hasEmpty = true
		} else {
			r.begins[oldnew[i][0]] = true
		}
	}
	return r
}

// lookup finds the pair for the beginning of s; the empty string does not count where it has just been replaced.
func (r *Replacer) lookup(s string, notEmpty bool) (new string, length int, ok bool) {
	for i := 0; i < len(r.oldNew); i += 2 {
		old := r.oldNew[i]
		if old == "" && notEmpty || !HasPrefix(s, old) {
			continue
		}
		return r.oldNew[i+1], len(old), true
	}
	return "", 0, false
}

// each hands the pieces of the result to write.
func (r *Replacer) each(s string, write func(string)) {
	last, wasEmpty := 0, false
	for i := 0; i <= len(s); {
		if !r.hasEmpty && (i == len(s) || !r.begins[s[i]]) {
			i++
			continue
		}
		new, length, ok := r.lookup(s[i:], wasEmpty)
		wasEmpty = ok && length == 0
		if !ok {
			i++
			continue
		}
		write(s[last:i])
		write(new)
		i += length
		last = i
	}
	write(s[last:])
}

func (r *Replacer) Replace(s string) string {
	var b Builder
	r.each(s, func(piece string) { b.WriteString(piece) })
	return b.String()
}

func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error) {
	r.each(s, func(piece string) {
		if err == nil && piece != "" {
			var m int
			m, err = io.WriteString(w, piece)
			n += m
		}
	})
	return n, err
}
