package time

type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	"November", "December"}

var dayNames = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

func (m Month) String() string {
	if January <= m && m <= December {
		return monthNames[m-1]
	}
	return "%!Month(" + unsigned(uint64(m)) + ")"
}

func (d Weekday) String() string {
	if Sunday <= d && d <= Saturday {
		return dayNames[d]
	}
	return "%!Weekday(" + unsigned(uint64(d)) + ")"
}

func unsigned(n uint64) string {
	var room [20]byte
	i := len(room)
	for {
		i--
		room[i] = byte('0' + n%10)
		n /= 10
		if n == 0 {
			return string(room[i:])
		}
	}
}

// Days are counted from 1 March of year 0: then the leap day is the last of its year, years begin at multiples, and months
// have lengths that repeat every five.
const (
	daysPerEra    = 400*365 + 97 // 400 years
	march0ToYear1 = 306
)

// dateOf turns days since the beginning of year 1 into a date.
func dateOf(days int64) (year int, month Month, day int) {
	days += march0ToYear1
	era := floorDiv(days, daysPerEra)
	inEra := days - era*daysPerEra // [0, daysPerEra)
	yearOfEra := (inEra - inEra/1460 + inEra/36524 - inEra/146096) / 365
	inYear := inEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*inYear + 2) / 153 // months since March
	day = int(inYear-(153*m+2)/5) + 1
	y := yearOfEra + era*400
	if m < 10 {
		return int(y), Month(m + 3), day
	}
	return int(y + 1), Month(m - 9), day
}

// daysTo is the number of days from the beginning of year 1 to a date; the month must be one, the day may be any number.
func daysTo(year int, month Month, day int) int64 {
	y, m := int64(year), int64(month)-3
	if m < 0 {
		m += 12
		y--
	}
	era := floorDiv(y, 400)
	inEra := y - era*400
	return era*daysPerEra + inEra*365 + inEra/4 - inEra/100 + (153*m+2)/5 + int64(day) - 1 - march0ToYear1
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(m Month, year int) int {
	switch m {
	case February:
		if isLeap(year) {
			return 29
		}
		return 28
	case April, June, September, November:
		return 30
	}
	return 31
}

// Date is the instant of a date and time of day; values beyond their range carry over.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	carry := func(high, low *int, base int) {
		n := int(floorDiv(int64(*low), int64(base)))
		*high += n
		*low -= n * base
	}
	m := int(month) - 1
	carry(&year, &m, 12)
	carry(&sec, &nsec, 1e9)
	carry(&min, &sec, 60)
	carry(&hour, &min, 60)
	carry(&day, &hour, 24)
	seconds := daysTo(year, Month(m)+1, day)*secondsPerDay + int64(hour*3600+min*60+sec)
	t := Time{uint64(nsec), seconds - int64(loc.offset), nil}
	t.setLocation(loc)
	return t
}

// here is the number of seconds since the beginning of year 1 on the clocks of t's location.
func (t *Time) here() int64 { return t.seconds() + int64(t.loc.get().offset) }

// dayAndSecond splits it.
func (t *Time) dayAndSecond() (days, second int64) {
	all := t.here()
	days = floorDiv(all, secondsPerDay)
	return days, all - days*secondsPerDay
}

func (t Time) Date() (year int, month Month, day int) {
	days, _ := t.dayAndSecond()
	return dateOf(days)
}

func (t Time) Year() int {
	year, _, _ := t.Date()
	return year
}

func (t Time) Month() Month {
	_, month, _ := t.Date()
	return month
}

func (t Time) Day() int {
	_, _, day := t.Date()
	return day
}

func (t Time) YearDay() int {
	days, _ := t.dayAndSecond()
	year, _, _ := dateOf(days)
	return int(days-daysTo(year, January, 1)) + 1
}

func (t Time) Weekday() Weekday {
	days, _ := t.dayAndSecond()
	return weekday(days)
}

// The first day of year 1 was a Monday.
func weekday(days int64) Weekday { return Weekday((days%7 + 8) % 7) }

// ISOWeek: a week belongs to the year that its Thursday is in.
func (t Time) ISOWeek() (year, week int) {
	days, _ := t.dayAndSecond()
	thursday := days - int64(weekday(days)+6)%7 + 3
	year, _, _ = dateOf(thursday)
	return year, int(thursday-daysTo(year, January, 1))/7 + 1
}

func (t Time) Clock() (hour, min, sec int) {
	_, second := t.dayAndSecond()
	return int(second / 3600), int(second / 60 % 60), int(second % 60)
}

func (t Time) Hour() int {
	hour, _, _ := t.Clock()
	return hour
}

func (t Time) Minute() int {
	_, minute, _ := t.Clock()
	return minute
}

func (t Time) Second() int {
	_, _, second := t.Clock()
	return second
}

func (t Time) Nanosecond() int { return int(t.nanosecond()) }
