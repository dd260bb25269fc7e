// Package time: instants, durations, the calendar, timers.
//
// Times of day are known in UTC and in fixed offsets from it; Local is UTC.
package time

import "math/bits"

// Time is an instant, in nanoseconds.
//
// It is laid out as Go's is, for the runtime makes such values too. Without a monotonic reading, the lower 30 bits of wall are
// nanoseconds and ext is the number of seconds since the beginning of year 1. With one (the top bit of wall is set), ext is
// the monotonic clock, and the 33 bits of wall in between are the seconds since the beginning of 1885.
type Time struct {
	wall uint64
	ext  int64
	loc  *Location // nil: UTC
}

const (
	hasMonotonic    = 1 << 63
	nanosecondMask  = 1<<30 - 1
	secondsShift    = 30
	mostWallSeconds = 1<<33 - 1
	secondsPerDay   = 24 * 60 * 60

	// Seconds from the beginning of year 1 to those of 1885 and 1970.
	to1885 int64 = (1884*365 + 1884/4 - 1884/100 + 1884/400) * secondsPerDay
	to1970 int64 = (1969*365 + 1969/4 - 1969/100 + 1969/400) * secondsPerDay
)

func (t *Time) nanosecond() int32 { return int32(t.wall & nanosecondMask) }

// seconds since the beginning of year 1
func (t *Time) seconds() int64 {
	if t.wall&hasMonotonic != 0 {
		return to1885 + int64(t.wall<<1>>(secondsShift+1))
	}
	return t.ext
}

func (t *Time) unixSeconds() int64 { return t.seconds() - to1970 }

func (t *Time) dropMonotonic() {
	if t.wall&hasMonotonic != 0 {
		t.ext = t.seconds()
		t.wall &= nanosecondMask
	}
}

func (t *Time) setLocation(loc *Location) {
	if loc == UTC {
		loc = nil
	}
	t.dropMonotonic()
	t.loc = loc
}

func (t *Time) addSeconds(d int64) {
	if t.wall&hasMonotonic != 0 {
		sum := int64(t.wall<<1>>(secondsShift+1)) + d
		if 0 <= sum && sum <= mostWallSeconds {
			t.wall = t.wall&nanosecondMask | uint64(sum)<<secondsShift | hasMonotonic
			return
		}
		t.dropMonotonic()
	}
	sum := t.ext + d
	if (sum > t.ext) != (d > 0) && d != 0 { // overflow
		sum = 1<<63 - 1
		if d < 0 {
			sum = -sum
		}
	}
	t.ext = sum
}

// Now reads both clocks.
func Now() Time {
	wall, monotonic := walltime(), nanotime()
	seconds := floorDiv(wall, 1e9)
	nanoseconds := uint64(wall - seconds*1e9)
	since1885 := seconds + to1970 - to1885
	if since1885 < 0 || since1885 > mostWallSeconds {
		return Time{nanoseconds, seconds + to1970, Local}
	}
	return Time{hasMonotonic | uint64(since1885)<<secondsShift | nanoseconds, monotonic, Local}
}

// Since is the time that has passed since t, Until the time up to t.
func Since(t Time) Duration {
	if t.wall&hasMonotonic != 0 {
		return difference(nanotime(), t.ext)
	}
	return Now().Sub(t)
}

func Until(t Time) Duration {
	if t.wall&hasMonotonic != 0 {
		return difference(t.ext, nanotime())
	}
	return t.Sub(Now())
}

// difference is a - b, or the nearest Duration.
func difference(a, b int64) Duration {
	d := Duration(a - b)
	switch {
	case d < 0 && a > b:
		return maxDuration
	case d > 0 && a < b:
		return minDuration
	}
	return d
}

// ---- comparing

// Compare is -1, 0 or 1; by the monotonic clock when both have it.
func (t Time) Compare(u Time) int {
	if t.wall&u.wall&hasMonotonic != 0 {
		return compare(t.ext, u.ext)
	}
	if c := compare(t.seconds(), u.seconds()); c != 0 {
		return c
	}
	return compare(int64(t.nanosecond()), int64(u.nanosecond()))
}

func compare(a, b int64) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

func (t Time) After(u Time) bool  { return t.Compare(u) > 0 }
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }
func (t Time) Equal(u Time) bool  { return t.Compare(u) == 0 }
func (t Time) IsZero() bool       { return t.seconds() == 0 && t.nanosecond() == 0 }

// ---- arithmetic

func (t Time) Add(d Duration) Time {
	seconds := int64(d / Second)
	nanoseconds := t.nanosecond() + int32(d%Second)
	if nanoseconds >= 1e9 {
		seconds++
		nanoseconds -= 1e9
	} else if nanoseconds < 0 {
		seconds--
		nanoseconds += 1e9
	}
	t.wall = t.wall&^nanosecondMask | uint64(nanoseconds)
	t.addSeconds(seconds)
	if t.wall&hasMonotonic != 0 {
		sum := t.ext + int64(d)
		if (d < 0 && sum > t.ext) || (d > 0 && sum < t.ext) {
			t.dropMonotonic()
		} else {
			t.ext = sum
		}
	}
	return t
}

// Sub is t - u, or the nearest Duration.
func (t Time) Sub(u Time) Duration {
	if t.wall&u.wall&hasMonotonic != 0 {
		return difference(t.ext, u.ext)
	}
	d := Duration(t.seconds()-u.seconds())*Second + Duration(t.nanosecond()-u.nanosecond())
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

func (t Time) AddDate(years, months, days int) Time {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	return Date(year+years, month+Month(months), day+days, hour, minute, second, t.Nanosecond(), t.Location())
}

// remainder is the time since the beginning of year 1, modulo d.
func (t *Time) remainder(d Duration) Duration {
	seconds, nanoseconds := t.seconds(), int64(t.nanosecond())
	negative := seconds < 0
	if negative {
		seconds, nanoseconds = -seconds, -nanoseconds
		if nanoseconds < 0 {
			nanoseconds += 1e9
			seconds--
		}
	}
	high, low := bits.Mul64(uint64(seconds), 1e9)
	low, carry := bits.Add64(low, uint64(nanoseconds), 0)
	r := Duration(bits.Rem64(high+carry, low, uint64(d)))
	if negative && r != 0 {
		r = d - r
	}
	return r
}

// Truncate and Round go down, or to the nearest, multiple of d since the beginning of year 1.
func (t Time) Truncate(d Duration) Time {
	t.dropMonotonic()
	if d <= 0 {
		return t
	}
	return t.Add(-t.remainder(d))
}

func (t Time) Round(d Duration) Time {
	t.dropMonotonic()
	if d <= 0 {
		return t
	}
	r := t.remainder(d)
	if uint64(r)*2 < uint64(d) {
		return t.Add(-r)
	}
	return t.Add(d - r)
}

// ---- as a number

func Unix(sec int64, nsec int64) Time {
	if nsec < 0 || nsec >= 1e9 {
		carry := floorDiv(nsec, 1e9)
		sec += carry
		nsec -= carry * 1e9
	}
	return Time{uint64(nsec), sec + to1970, Local}
}

func UnixMilli(msec int64) Time { return Unix(msec/1e3, msec%1e3*1e6) }
func UnixMicro(usec int64) Time { return Unix(usec/1e6, usec%1e6*1e3) }

func (t Time) Unix() int64      { return t.unixSeconds() }
func (t Time) UnixMilli() int64 { return t.unixSeconds()*1e3 + int64(t.nanosecond())/1e6 }
func (t Time) UnixMicro() int64 { return t.unixSeconds()*1e6 + int64(t.nanosecond())/1e3 }
func (t Time) UnixNano() int64  { return t.unixSeconds()*1e9 + int64(t.nanosecond()) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
