package time

import "errors"

// Location is a fixed offset from UTC.
type Location struct {
	name   string
	zone   string // abbreviation
	offset int    // seconds east of UTC
}

var (
	utc   = Location{name: "UTC", zone: "UTC"}
	local = Location{name: "Local", zone: "UTC"}

	UTC   *Location = &utc
	Local *Location = &local
)

func (l *Location) String() string { return l.get().name }

func (l *Location) get() *Location {
	if l == nil {
		return &utc
	}
	return l
}

// FixedZone is a place where it is always so many seconds later than in UTC.
func FixedZone(name string, offset int) *Location { return &Location{name, name, offset} }

// LoadLocation knows UTC and Local.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	return nil, errors.New("unknown time zone " + name)
}

func (t Time) UTC() Time {
	t.setLocation(&utc)
	return t
}

func (t Time) Local() Time {
	t.setLocation(Local)
	return t
}

func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	t.setLocation(loc)
	return t
}

func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

func (t Time) Zone() (name string, offset int) {
	l := t.loc.get()
	return l.zone, l.offset
}

func (t Time) IsDST() bool { return false }

// ZoneBounds: a fixed offset holds from always to ever.
func (t Time) ZoneBounds() (start, end Time) { return Time{}, Time{} }
