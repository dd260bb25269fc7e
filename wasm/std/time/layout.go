package time

// Layouts show how the reference time, Mon Jan 2 15:04:05 MST 2006, is to look.
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// What an element of a layout stands for.
type elementKind uint8

const (
	noElement elementKind = iota
	longMonth
	shortMonth
	numericMonth
	zeroMonth
	longWeekday
	shortWeekday
	plainDay
	spaceDay
	zeroDay
	spaceYearDay
	zeroYearDay
	hour24
	hour12
	zeroHour12
	minute
	zeroMinute
	second
	zeroSecond
	longYear
	shortYear
	upperPM
	lowerPM
	zoneName
	zoneOffset
	fractionFixed   // .000
	fractionTrimmed // .999
)

type element struct {
	kind elementKind

	// zoneOffset: Z for UTC; hours only; with seconds; colons between.
	z, short, seconds, colons bool

	// fractions: decimal places and what stands before them
	places int
	point  byte
}

// Elements that are told by their text alone, longer ones before those they begin with.
var plainElements = [...]struct {
	text string
	element
}{
	{"002", element{kind: zeroYearDay}},
	{"01", element{kind: zeroMonth}},
	{"02", element{kind: zeroDay}},
	{"03", element{kind: zeroHour12}},
	{"04", element{kind: zeroMinute}},
	{"05", element{kind: zeroSecond}},
	{"06", element{kind: shortYear}},
	{"15", element{kind: hour24}},
	{"1", element{kind: numericMonth}},
	{"2006", element{kind: longYear}},
	{"2", element{kind: plainDay}},
	{"__2", element{kind: spaceYearDay}},
	{"3", element{kind: hour12}},
	{"4", element{kind: minute}},
	{"5", element{kind: second}},
	{"January", element{kind: longMonth}},
	{"Monday", element{kind: longWeekday}},
	{"MST", element{kind: zoneName}},
	{"PM", element{kind: upperPM}},
	{"pm", element{kind: lowerPM}},
	{"-070000", element{kind: zoneOffset, seconds: true}},
	{"-07:00:00", element{kind: zoneOffset, seconds: true, colons: true}},
	{"-0700", element{kind: zoneOffset}},
	{"-07:00", element{kind: zoneOffset, colons: true}},
	{"-07", element{kind: zoneOffset, short: true}},
	{"Z070000", element{kind: zoneOffset, z: true, seconds: true}},
	{"Z07:00:00", element{kind: zoneOffset, z: true, seconds: true, colons: true}},
	{"Z0700", element{kind: zoneOffset, z: true}},
	{"Z07:00", element{kind: zoneOffset, z: true, colons: true}},
	{"Z07", element{kind: zoneOffset, z: true, short: true}},
}

// nextElement finds the first element of a layout: what comes before it, and what after.
func nextElement(layout string) (before string, e element, after string) {
	for i := 0; i < len(layout); i++ {
		rest := layout[i:]
		switch c := rest[0]; {
		case c == '_' && hasPrefix(rest, "_2"):
			if hasPrefix(rest, "_2006") { // an underscore, then the year
				return layout[:i+1], element{kind: longYear}, rest[5:]
			}
			return layout[:i], element{kind: spaceDay}, rest[2:]
		case c == '.' || c == ',':
			if places := fractionLength(rest); places > 0 {
				kind := fractionFixed
				if rest[1] == '9' {
					kind = fractionTrimmed
				}
				return layout[:i], element{kind: kind, places: places, point: c}, rest[1+places:]
			}
			continue
		case c == 'J' && hasPrefix(rest, "Jan") && !hasPrefix(rest, "January"):
			if !startsLower(rest[3:]) {
				return layout[:i], element{kind: shortMonth}, rest[3:]
			}
			continue
		case c == 'M' && hasPrefix(rest, "Mon") && !hasPrefix(rest, "Monday"):
			if !startsLower(rest[3:]) {
				return layout[:i], element{kind: shortWeekday}, rest[3:]
			}
			continue
		case 'a' <= c && c <= 'o' || c == ' ' || c == ':':
			continue
		}
		for k := range plainElements {
			if p := &plainElements[k]; rest[0] == p.text[0] && hasPrefix(rest, p.text) {
				return layout[:i], p.element, rest[len(p.text):]
			}
		}
	}
	return layout, element{}, ""
}

func hasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

func startsLower(s string) bool { return s != "" && 'a' <= s[0] && s[0] <= 'z' }

// fractionLength tells how many zeros or nines follow the point that s begins with, if no other digit follows them.
func fractionLength(s string) int {
	if len(s) < 2 || s[1] != '0' && s[1] != '9' {
		return 0
	}
	i := 1
	for i < len(s) && s[i] == s[1] {
		i++
	}
	if isDigit(s, i) {
		return 0
	}
	return i - 1
}
