package time

import "errors"

// Duration is a time span in nanoseconds.
type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

func (d Duration) Nanoseconds() int64  { return int64(d) }
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

// Whole units and the rest apart: the quotient keeps its precision so.

func (d Duration) Seconds() float64 { return float64(d/Second) + float64(d%Second)/1e9 }
func (d Duration) Minutes() float64 { return float64(d/Minute) + float64(d%Minute)/(60*1e9) }
func (d Duration) Hours() float64   { return float64(d/Hour) + float64(d%Hour)/(60*60*1e9) }

func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == minDuration:
		return maxDuration
	}
	return -d
}

// Truncate rounds towards zero to a multiple of m.
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// Round rounds to the nearest multiple of m, halves away from zero.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	r := d % m
	if d < 0 {
		r = -r
		if uint64(r)*2 < uint64(m) {
			return d + r
		}
		if up := d - m + r; up < d {
			return up
		}
		return minDuration
	}
	if uint64(r)*2 < uint64(m) {
		return d - r
	}
	if up := d + m - r; up > d {
		return up
	}
	return maxDuration
}

// String is "72h3m0.5s": no leading units that are zero, below a second the unit that leaves a number in front of the point.
func (d Duration) String() string {
	var room [32]byte
	return string(room[d.write(&room):])
}

// write fills buf from its end and tells where the text begins.
func (d Duration) write(buf *[32]byte) int {
	w := len(buf)
	rest := uint64(d)
	if d < 0 {
		rest = -rest
	}
	put := func(c byte) {
		w--
		buf[w] = c
	}
	number := func(n uint64) {
		for {
			put(byte('0' + n%10))
			n /= 10
			if n == 0 {
				return
			}
		}
	}
	// fraction takes so many decimal places off rest, without zeros at the end.
	fraction := func(places int) {
		seen := false
		for ; places > 0; places-- {
			digit := byte(rest % 10)
			rest /= 10
			seen = seen || digit != 0
			if seen {
				put('0' + digit)
			}
		}
		if seen {
			put('.')
		}
	}
	put('s')
	switch {
	case rest == 0:
		put('0')
		return w
	case rest < uint64(Microsecond):
		put('n')
		number(rest)
	case rest < uint64(Millisecond):
		w -= 2
		copy(buf[w:], "µ")
		fraction(3)
		number(rest)
	case rest < uint64(Second):
		put('m')
		fraction(6)
		number(rest)
	default:
		fraction(9)
		number(rest % 60)
		if rest /= 60; rest > 0 {
			put('m')
			number(rest % 60)
			if rest /= 60; rest > 0 {
				put('h')
				number(rest)
			}
		}
	}
	if d < 0 {
		put('-')
	}
	return w
}

var durationUnits = [...]struct {
	name string
	unit uint64
}{
	{"ns", uint64(Nanosecond)},
	{"us", uint64(Microsecond)},
	{"µs", uint64(Microsecond)}, // U+00B5, micro sign
	{"μs", uint64(Microsecond)}, // U+03BC, Greek mu
	{"ms", uint64(Millisecond)},
	{"s", uint64(Second)},
	{"m", uint64(Minute)},
	{"h", uint64(Hour)},
}

func durationError(message, value string) error {
	return errors.New("time: " + message + " " + quote(value))
}

// ParseDuration reads numbers with units: "1h15m30.918s".
func ParseDuration(s string) (Duration, error) {
	const most = 1 << 63 // of nanoseconds, for a negative one
	bad := func() (Duration, error) { return 0, durationError("invalid duration", s) }
	rest := s
	negative := false
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		negative = rest[0] == '-'
		rest = rest[1:]
	}
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return bad()
	}
	var total uint64
	for rest != "" {
		whole, n, ok := leadingNumber(rest)
		if !ok {
			return bad()
		}
		rest = rest[n:]
		digits := n
		var part uint64
		scale := 1.0
		if rest != "" && rest[0] == '.' {
			part, scale, n = leadingFraction(rest[1:])
			rest = rest[1+n:]
			digits += n
		}
		if digits == 0 {
			return bad()
		}
		n = 0
		for n < len(rest) && rest[n] != '.' && !isDigit(rest, n) {
			n++
		}
		if n == 0 {
			return 0, durationError("missing unit in duration", s)
		}
		name := rest[:n]
		rest = rest[n:]
		var unit uint64
		for i := range durationUnits {
			if durationUnits[i].name == name {
				unit = durationUnits[i].unit
			}
		}
		if unit == 0 {
			return 0, durationError("unknown unit "+quote(name)+" in duration", s)
		}
		if whole > most/unit {
			return bad()
		}
		whole *= unit
		if part > 0 {
			whole += uint64(float64(part) * (float64(unit) / scale))
			if whole > most {
				return bad()
			}
		}
		total += whole
		if total > most {
			return bad()
		}
	}
	if negative {
		return -Duration(total), nil
	}
	if total == most {
		return bad()
	}
	return Duration(total), nil
}

// leadingNumber reads the digits that s begins with, perhaps none; ok is false when they are more than 2^63.
func leadingNumber(s string) (x uint64, length int, ok bool) {
	for ; isDigit(s, length); length++ {
		if x > 1<<63/10 {
			return 0, 0, false
		}
		x = x*10 + uint64(s[length]-'0')
		if x > 1<<63 {
			return 0, 0, false
		}
	}
	return x, length, true
}

// leadingFraction reads the digits behind a point as x / scale, and passes over those that do not fit.
func leadingFraction(s string) (x uint64, scale float64, length int) {
	scale = 1
	full := false
	for ; isDigit(s, length); length++ {
		if full = full || x > (1<<63-1)/10; full {
			continue
		}
		next := x*10 + uint64(s[length]-'0')
		if full = next > 1<<63; full {
			continue
		}
		x = next
		scale *= 10
	}
	return x, scale, length
}

func isDigit(s string, i int) bool { return i < len(s) && '0' <= s[i] && s[i] <= '9' }
