package time

// appendInt writes n in decimal, with zeros in front up to the width.
func appendInt(b []byte, n, width int) []byte {
	u := uint64(n)
	if n < 0 {
		b = append(b, '-')
		u = -u
	}
	digits := unsigned(u)
	for missing := width - len(digits); missing > 0; missing-- {
		b = append(b, '0')
	}
	return append(b, digits...)
}

// Format shows t as the layout shows the reference time.
func (t Time) Format(layout string) string {
	return string(t.AppendFormat(make([]byte, 0, len(layout)+16), layout))
}

func (t Time) AppendFormat(b []byte, layout string) []byte {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	for layout != "" {
		before, e, after := nextElement(layout)
		b = append(b, before...)
		layout = after
		switch e.kind {
		case longYear:
			b = appendInt(b, year, 4)
		case shortYear:
			b = appendInt(b, max(year, -year)%100, 2)
		case longMonth:
			b = append(b, month.String()...)
		case shortMonth:
			b = append(b, month.String()[:3]...)
		case numericMonth:
			b = appendInt(b, int(month), 0)
		case zeroMonth:
			b = appendInt(b, int(month), 2)
		case longWeekday:
			b = append(b, t.Weekday().String()...)
		case shortWeekday:
			b = append(b, t.Weekday().String()[:3]...)
		case plainDay:
			b = appendInt(b, day, 0)
		case spaceDay:
			b = appendSpaced(b, day, 2)
		case zeroDay:
			b = appendInt(b, day, 2)
		case spaceYearDay:
			b = appendSpaced(b, t.YearDay(), 3)
		case zeroYearDay:
			b = appendInt(b, t.YearDay(), 3)
		case hour24:
			b = appendInt(b, hour, 2)
		case hour12:
			b = appendInt(b, (hour+11)%12+1, 0)
		case zeroHour12:
			b = appendInt(b, (hour+11)%12+1, 2)
		case minute:
			b = appendInt(b, min, 0)
		case zeroMinute:
			b = appendInt(b, min, 2)
		case second:
			b = appendInt(b, sec, 0)
		case zeroSecond:
			b = appendInt(b, sec, 2)
		case upperPM:
			b = append(b, pick(hour >= 12, "PM", "AM")...)
		case lowerPM:
			b = append(b, pick(hour >= 12, "pm", "am")...)
		case zoneName:
			name, offset := t.Zone()
			if name != "" {
				b = append(b, name...)
			} else {
				b = appendOffset(b, offset, element{})
			}
		case zoneOffset:
			_, offset := t.Zone()
			b = appendOffset(b, offset, e)
		case fractionFixed, fractionTrimmed:
			b = appendFraction(b, t.Nanosecond(), e)
		}
	}
	return b
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func appendSpaced(b []byte, n, width int) []byte {
	digits := unsigned(uint64(n))
	for missing := width - len(digits); missing > 0; missing-- {
		b = append(b, ' ')
	}
	return append(b, digits...)
}

func appendOffset(b []byte, offset int, e element) []byte {
	if e.z && offset == 0 {
		return append(b, 'Z')
	}
	minutes := offset / 60
	if minutes < 0 {
		b = append(b, '-')
		minutes, offset = -minutes, -offset
	} else {
		b = append(b, '+')
	}
	b = appendInt(b, minutes/60, 2)
	if e.short {
		return b
	}
	if e.colons {
		b = append(b, ':')
	}
	b = appendInt(b, minutes%60, 2)
	if !e.seconds {
		return b
	}
	if e.colons {
		b = append(b, ':')
	}
	return appendInt(b, offset%60, 2)
}

func appendFraction(b []byte, nanoseconds int, e element) []byte {
	if e.kind == fractionTrimmed && nanoseconds == 0 {
		return b
	}
	start := len(b)
	b = append(b, e.point)
	b = appendInt(b, nanoseconds, 9)
	b = b[:start+1+min(e.places, 9)]
	if e.kind == fractionTrimmed {
		for b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
		if len(b) == start+1 {
			b = b[:start]
		}
	}
	return b
}

// String shows all there is of t; the monotonic clock as m=±seconds.
func (t Time) String() string {
	b := t.AppendFormat(nil, "2006-01-02 15:04:05.999999999 -0700 MST")
	if t.wall&hasMonotonic != 0 {
		u := uint64(t.ext)
		sign := byte('+')
		if t.ext < 0 {
			sign = '-'
			u = -u
		}
		b = append(b, " m="...)
		b = append(b, sign)
		b = append(b, unsigned(u/1e9)...)
		b = append(b, '.')
		b = appendInt(b, int(u%1e9), 9)
	}
	return string(b)
}

// GoString is t as Go source.
func (t Time) GoString() string {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	b := appendInt([]byte("time.Date("), year, 0)
	b = append(b, ", time."+month.String()...)
	for _, n := range [...]int{day, hour, min, sec, t.Nanosecond()} {
		b = append(b, ", "...)
		b = appendInt(b, n, 0)
	}
	switch loc := t.Location(); loc {
	case UTC:
		b = append(b, ", time.UTC)"...)
	case Local:
		b = append(b, ", time.Local)"...)
	default:
		b = append(b, ", time.Location("+quote(loc.name)+"))"...)
	}
	return string(b)
}

// quote is s in double quotes; what is not ASCII goes byte by byte.
func quote(s string) string {
	const digits = "0123456789abcdef"
	b := []byte{'"'}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ' || c >= 0x80:
			b = append(b, '\\', 'x', digits[c>>4], digits[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}
