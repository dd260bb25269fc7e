package time

// ParseError says what in a value did not fit the layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

func (e *ParseError) Error() string {
	if e.Message != "" {
		return "parsing time " + quote(e.Value) + e.Message
	}
	return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) + " as " + quote(e.LayoutElem)
}

// Parse reads what Format with the same layout would write. Without a zone it is UTC.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation is Parse for times without a zone, and zones, of loc.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

// What has been read of a time; -1: nothing.
type parsing struct {
	rest string // of the value

	year                       int
	month, day, yearDay        int
	hour, min, sec, nanosecond int
	isAM, isPM                 bool
	isUTC                      bool
	hasOffset                  bool
	offset                     int
	zone                       string

	outOfRange string // which element is
}

func parse(layout, value string, otherwise, local *Location) (Time, error) {
	p := parsing{rest: value, month: -1, day: -1, yearDay: -1}
	for rest := layout; ; {
		before, e, after := nextElement(rest)
		if !p.skip(before) {
			return Time{}, &ParseError{layout, value, before, p.rest, ""}
		}
		if e.kind == noElement {
			break
		}
		text := rest[len(before) : len(rest)-len(after)]
		here := p.rest
		ok := p.element(e, after)
		if p.outOfRange != "" {
			return Time{}, &ParseError{layout, value, text, p.rest, ": " + p.outOfRange + " out of range"}
		}
		if !ok {
			return Time{}, &ParseError{layout, value, text, here, ""}
		}
		rest = after
	}
	if p.rest != "" {
		return Time{}, &ParseError{layout, value, "", p.rest, ": extra text: " + quote(p.rest)}
	}
	if message := p.settleDate(); message != "" {
		return Time{}, &ParseError{layout, value, "", p.rest, ": " + message}
	}
	if p.isPM && p.hour < 12 {
		p.hour += 12
	} else if p.isAM && p.hour == 12 {
		p.hour = 0
	}
	return p.time(otherwise, local), nil
}

// time finds out the location: as written, else as given.
func (p *parsing) time(otherwise, local *Location) Time {
	in := func(loc *Location) Time {
		return Date(p.year, Month(p.month), p.day, p.hour, p.min, p.sec, p.nanosecond, loc)
	}
	switch l := local.get(); {
	case p.isUTC:
		return in(UTC)
	case p.hasOffset:
		if l.offset == p.offset && (p.zone == "" || l.zone == p.zone) {
			return in(local)
		}
		return in(FixedZone(p.zone, p.offset))
	case p.zone != "":
		if l.zone == p.zone {
			return in(local)
		}
		// The name tells nothing, but for GMT+3 and the like: the time is as it is, and the zone is called so.
		offset := 0
		if len(p.zone) > 3 && p.zone[:3] == "GMT" {
			hours, _ := number(p.zone[4:])
			offset = hours * 3600
			if p.zone[3] == '-' {
				offset = -offset
			}
		}
		t := in(UTC)
		t.setLocation(FixedZone(p.zone, offset))
		return t
	}
	return in(otherwise)
}

// settleDate brings month, day and day of the year together.
func (p *parsing) settleDate() (message string) {
	if p.yearDay >= 0 {
		length := 365
		if isLeap(p.year) {
			length++
		}
		if p.yearDay < 1 || p.yearDay > length {
			return "day-of-year out of range"
		}
		_, month, day := dateOf(daysTo(p.year, January, p.yearDay))
		if p.month >= 0 && p.month != int(month) {
			return "day-of-year does not match month"
		}
		if p.day >= 0 && p.day != day {
			return "day-of-year does not match day"
		}
		p.month, p.day = int(month), day
	}
	if p.month < 0 {
		p.month = int(January)
	}
	if p.day < 0 {
		p.day = 1
	}
	if p.day < 1 || p.day > daysIn(Month(p.month), p.year) {
		return "day out of range"
	}
	return ""
}

// skip passes over text of the layout; a run of spaces stands for any run of spaces.
func (p *parsing) skip(text string) bool {
	for text != "" {
		if text[0] == ' ' {
			if p.rest != "" && p.rest[0] != ' ' {
				return false
			}
			text = withoutSpaces(text)
			p.rest = withoutSpaces(p.rest)
			continue
		}
		if p.rest == "" || p.rest[0] != text[0] {
			return false
		}
		text, p.rest = text[1:], p.rest[1:]
	}
	return true
}

func withoutSpaces(s string) string {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	return s
}

// take cuts off the first n bytes of the value.
func (p *parsing) take(n int) (string, bool) {
	if len(p.rest) < n {
		return "", false
	}
	s := p.rest[:n]
	p.rest = p.rest[n:]
	return s, true
}

// digits reads a number of at most so many digits: of exactly as many if fixed.
func (p *parsing) digits(most int, fixed bool) (n int, ok bool) {
	length := 0
	for length < most && isDigit(p.rest, length) {
		n = n*10 + int(p.rest[length]-'0')
		length++
	}
	if length == 0 || fixed && length < most {
		return 0, false
	}
	p.rest = p.rest[length:]
	return n, true
}

// inRange notes if a number that was read is not below limit.
func (p *parsing) inRange(n, limit int, what string) {
	if n >= limit {
		p.outOfRange = what
	}
}

// name reads one of the names, or their first letters, whatever the case.
func (p *parsing) name(names []string, length int) (index int, ok bool) {
	for i, name := range names {
		if length > 0 {
			name = name[:length]
		}
		if len(p.rest) >= len(name) && equalFold(p.rest[:len(name)], name) {
			p.rest = p.rest[len(name):]
			return i, true
		}
	}
	return -1, false
}

func equalFold(a, b string) bool {
	for i := 0; i < len(a); i++ {
		if a[i] != b[i] {
			x, y := a[i]|0x20, b[i]|0x20
			if x != y || x < 'a' || x > 'z' {
				return false
			}
		}
	}
	return true
}

func number(s string) (n int, ok bool) {
	negative := s != "" && s[0] == '-'
	if negative || s != "" && s[0] == '+' {
		s = s[1:]
	}
	u, length, ok := leadingNumber(s)
	if !ok || length != len(s) {
		return 0, false
	}
	if negative {
		return -int(u), true
	}
	return int(u), true
}

// element reads what stands for one element; after is the rest of the layout.
func (p *parsing) element(e element, after string) (ok bool) {
	switch e.kind {
	case shortYear:
		var s string
		if s, ok = p.take(2); ok {
			p.year, ok = number(s)
			if p.year >= 69 { // the epoch is in 1969 in some zones
				p.year += 1900
			} else {
				p.year += 2000
			}
		}
	case longYear:
		var s string
		if s, ok = p.take(4); ok && isDigit(s, 0) {
			p.year, ok = number(s)
		} else {
			ok = false
		}
	case shortMonth:
		p.month, ok = p.name(monthNames[:], 3)
		p.month++
	case longMonth:
		p.month, ok = p.name(monthNames[:], 0)
		p.month++
	case numericMonth, zeroMonth:
		p.month, ok = p.digits(2, e.kind == zeroMonth)
		if ok && p.month == 0 {
			p.outOfRange = "month"
		}
		p.inRange(p.month, 13, "month")
	case shortWeekday:
		_, ok = p.name(dayNames[:], 3)
	case longWeekday:
		_, ok = p.name(dayNames[:], 0)
	case plainDay, spaceDay, zeroDay:
		if e.kind == spaceDay && p.rest != "" && p.rest[0] == ' ' {
			p.rest = p.rest[1:]
		}
		p.day, ok = p.digits(2, e.kind == zeroDay)
	case spaceYearDay, zeroYearDay:
		for i := 0; i < 2 && e.kind == spaceYearDay && p.rest != "" && p.rest[0] == ' '; i++ {
			p.rest = p.rest[1:]
		}
		p.yearDay, ok = p.digits(3, e.kind == zeroYearDay)
	case hour24:
		p.hour, ok = p.digits(2, false)
		p.inRange(p.hour, 24, "hour")
	case hour12, zeroHour12:
		p.hour, ok = p.digits(2, e.kind == zeroHour12)
		p.inRange(p.hour, 13, "hour")
	case minute, zeroMinute:
		p.min, ok = p.digits(2, e.kind == zeroMinute)
		p.inRange(p.min, 60, "minute")
	case second, zeroSecond:
		p.sec, ok = p.digits(2, e.kind == zeroSecond)
		if p.inRange(p.sec, 60, "second"); ok && p.outOfRange == "" {
			ok = p.unannouncedFraction(after)
		}
	case upperPM:
		var s string
		s, ok = p.take(2)
		p.isPM, p.isAM = s == "PM", s == "AM"
		ok = ok && (p.isPM || p.isAM)
	case lowerPM:
		var s string
		s, ok = p.take(2)
		p.isPM, p.isAM = s == "pm", s == "am"
		ok = ok && (p.isPM || p.isAM)
	case zoneOffset:
		if e.z && hasPrefix(p.rest, "Z") {
			p.rest = p.rest[1:]
			p.isUTC = true
			return true
		}
		ok = p.zoneOffset(e)
	case zoneName:
		if hasPrefix(p.rest, "UTC") {
			p.rest = p.rest[3:]
			p.isUTC = true
			return true
		}
		length := zoneLength(p.rest)
		p.zone, ok = p.rest[:length], length > 0
		p.rest = p.rest[length:]
	case fractionFixed:
		ok = len(p.rest) >= 1+e.places && p.fraction(e.places)
	case fractionTrimmed:
		ok = true
		if len(p.rest) >= 2 && (p.rest[0] == '.' || p.rest[0] == ',') && isDigit(p.rest, 1) {
			ok = p.fraction(p.fractionDigits())
		}
	}
	return ok
}

// unannouncedFraction reads a fraction of a second for which the layout has no element.
func (p *parsing) unannouncedFraction(after string) bool {
	if len(p.rest) < 2 || p.rest[0] != '.' && p.rest[0] != ',' || !isDigit(p.rest, 1) {
		return true
	}
	if _, next, _ := nextElement(after); next.kind == fractionFixed || next.kind == fractionTrimmed {
		return true
	}
	return p.fraction(p.fractionDigits())
}

func (p *parsing) fractionDigits() int {
	n := 0
	for isDigit(p.rest, 1+n) {
		n++
	}
	return n
}

// fraction reads a point and so many digits; those beyond the ninth are dropped.
func (p *parsing) fraction(digits int) bool {
	s, _ := p.take(1 + digits)
	if s[0] != '.' && s[0] != ',' {
		return false
	}
	n, ok := number(s[1 : 1+min(digits, 9)])
	if !ok {
		return false
	}
	if n < 0 {
		p.outOfRange = "fractional second"
		return true
	}
	for ; digits < 9; digits++ {
		n *= 10
	}
	p.nanosecond = n
	return true
}

func (p *parsing) zoneOffset(e element) bool {
	form := "+hhmm"
	switch {
	case e.short:
		form = "+hh"
	case e.seconds && e.colons:
		form = "+hh:mm:ss"
	case e.seconds:
		form = "+hhmmss"
	case e.colons:
		form = "+hh:mm"
	}
	s, ok := p.take(len(form))
	if !ok {
		return false
	}
	for i := 1; i < len(form); i++ {
		if form[i] == ':' && s[i] != ':' {
			return false
		}
	}
	var parts [3]int // hours, minutes, seconds
	bad := false     // a part is no number; those before it may still be out of range
	for i, part := 1, 0; i < len(form) && !bad; part++ {
		if form[i] == ':' {
			i++
		}
		if bad = !isDigit(s, i) || !isDigit(s, i+1); !bad {
			parts[part] = int(s[i]-'0')*10 + int(s[i+1]-'0')
		}
		i += 2
	}
	hours, minutes, seconds := parts[0], parts[1], parts[2]
	p.inRange(hours, 25, "time zone offset hour")
	p.inRange(minutes, 61, "time zone offset minute")
	p.inRange(seconds, 61, "time zone offset second")
	if bad {
		return false
	}
	p.hasOffset = true
	p.offset = (hours*60+minutes)*60 + seconds
	if s[0] == '-' {
		p.offset = -p.offset
	}
	return s[0] == '+' || s[0] == '-'
}

// zoneLength tells how much of s looks like the abbreviation of a zone.
func zoneLength(s string) int {
	if len(s) < 3 {
		return 0
	}
	if hasPrefix(s, "ChST") || hasPrefix(s, "MeST") {
		return 4
	}
	if s[:3] == "GMT" {
		return 3 + signedHours(s[3:])
	}
	if s[0] == '+' || s[0] == '-' {
		return signedHours(s)
	}
	capitals := 0
	for capitals < len(s) && capitals < 6 && 'A' <= s[capitals] && s[capitals] <= 'Z' {
		capitals++
	}
	switch capitals {
	case 3:
		return 3
	case 4:
		if s[3] == 'T' || s[:4] == "WITA" {
			return 4
		}
	case 5:
		if s[4] == 'T' {
			return 5
		}
	}
	return 0
}

// signedHours tells the length of a sign and a number of hours, 0 if there is none.
func signedHours(s string) int {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0
	}
	hours, length, ok := leadingNumber(s[1:])
	if !ok || length == 0 || hours > 23 {
		return 0
	}
	return 1 + length
}
