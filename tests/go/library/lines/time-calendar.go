// time: durations, the calendar, formatting and parsing, over edge cases and many random instants.
package main

import (
	"bufio"
	"fmt"
	"strings"
	"time"
)

func timeCalendar(out *bufio.Writer) {
	time.Local = time.UTC // what it is called where that is no time zone of a file, ports do not agree on
	r := random(9)

	durations := []time.Duration{0, 1, -1, 999, 1000, 1001, 1500, 999999, 1e6, 1234567, 1e9, 1100 * time.Millisecond, 59999 * time.Millisecond, time.Minute, time.Hour, -time.Hour, 90 * time.Minute,
		1<<63 - 1, -1 << 63, 2*time.Hour + 500*time.Millisecond, 100 * time.Hour}
	for i := 0; i < 300; i++ {
		durations = append(durations, time.Duration(int64(r.next())>>r.below(62)))
	}
	for i, d := range durations {
		fmt.Fprintln(out, d, d.Nanoseconds(), d.Microseconds(), d.Milliseconds(), d.Seconds(), d.Minutes(), d.Hours(), d.Abs())
		for _, m := range []time.Duration{0, -1, 1, 7, time.Millisecond, time.Second, time.Hour, 1<<63 - 1, durations[(i*7)%len(durations)]} {
			fmt.Fprint(out, d.Round(m), d.Truncate(m), " ")
		}
		fmt.Fprintln(out)
		fmt.Fprintln(out, fmt.Sprintf("%v %s %d %5.1f", d, d, d, d.Seconds()))
	}
	texts := []string{"", "0", "-0", "+0", "1", "1s", "-1.5h", "+3ms", "1h2m3.5s", ".5s", "1.s", ".s", "1..5s", "1d", "s", "1 s", "9223372036854775807ns", "9223372036854775808ns", "-9223372036854775808ns",
		"-9223372036854775809ns", "2562048h", "1.0000000000000000000001s", "0.9223372036854775807h", "1us2µs3μs", "3.9999999999999999999h", "1m1", "--1s", "é", "1é", "99999999999999999999s"}
	for _, d := range durations[:250] {
		texts = append(texts, d.String())
	}
	for i := 0; i < 300; i++ {
		s := ""
		for n := r.below(8); n > 0; n-- {
			s += []string{"1", "5", "0", "12", "h", "m", "s", "ms", "us", "µs", "ns", ".", "-", "+", "999999"}[r.below(15)]
		}
		texts = append(texts, s)
	}
	for _, s := range texts {
		d, err := time.ParseDuration(s)
		fmt.Fprintln(out, int64(d), err)
	}

	zones := []*time.Location{time.UTC, time.FixedZone("CET", 3600), time.FixedZone("", -5*3600-1800), time.FixedZone("odd", 12345), time.FixedZone("neg", -59)}
	instants := []time.Time{{}, time.Unix(0, 0).UTC(), time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC), time.Date(1900, 2, 28, 23, 59, 59, 999999999, time.UTC), time.Date(2000, 12, 31, 0, 0, 0, 1, zones[1]),
		time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(0, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(12345, 6, 7, 8, 9, 10, 11, zones[3]), time.Date(-4000, 3, 1, 5, 6, 7, 8e8, zones[2]),
		time.Date(2023, 14, 35, 25, 61, 61, 2e9, time.UTC), time.Date(2023, -3, -10, -1, -1, -1, -1, time.UTC), time.Date(2023, 0, 0, 0, 0, 0, 0, zones[4])}
	for i := 0; i < 300; i++ {
		instants = append(instants, time.Unix(int64(r.next())>>(20+r.below(30)), int64(r.next()%1e9)).In(zones[r.below(len(zones))]))
	}
	for year := 1995; year < 2030; year++ { // ISO weeks at the turn of the year
		for day := -4; day < 6; day++ {
			instants = append(instants, time.Date(year, 1, day, 10, 0, 0, 0, time.UTC))
		}
	}
	layouts := []string{time.Layout, time.ANSIC, time.UnixDate, time.RubyDate, time.RFC822, time.RFC822Z, time.RFC850, time.RFC1123, time.RFC1123Z, time.RFC3339, time.RFC3339Nano, time.Kitchen, time.Stamp, time.StampMilli,
		time.StampMicro, time.StampNano, time.DateTime, time.DateOnly, time.TimeOnly, "2006-01-02T15:04:05.999999999-07:00:00", "Z07 Z0700 Z07:00 Z070000 Z07:00:00 -07 -0700 -070000", "Monday January 2 002 __2 _2 3 03 4 5 pm PM",
		".000 ,999 .99 .0000000000 .0x 5.00 05,000", "Janet Month Mondays Jan. Mon. MSTX _2006 _20 20062 1502 2 1 06 0", "%d é 日", "", "no elements: hello", "006 07 08 0 Z Z0 -0 - _ __ J M", "2006-002", "12:34 15h04m05s.000"}
	for i, t := range instants {
		year, week := t.ISOWeek()
		name, offset := t.Zone()
		fmt.Fprintln(out, t, t.Unix(), t.UnixMilli(), t.UnixMicro(), t.UnixNano(), t.Weekday(), t.YearDay(), year, week, name, offset, t.IsZero(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Month(), t.IsDST())
		fmt.Fprintf(out, "%#v %v %s\n", t, t.UTC(), t.Location())
		u := instants[(i*31+7)%len(instants)]
		d := durations[i%len(durations)]
		fmt.Fprintln(out, t.Sub(u), t.Before(u), t.After(u), t.Equal(u), t.Compare(u), t.Add(d), t.AddDate(i%5-2, i%30-15, i%100-50), t.Truncate(d), t.Round(d), t.Truncate(time.Hour), t.Round(time.Minute), t == u)
		j, err := t.MarshalJSON()
		fmt.Fprintln(out, string(j), err)
		for _, layout := range layouts {
			s := t.Format(layout)
			fmt.Fprintf(out, "%q\n", s)
			if i%8 == 0 {
				back, err := time.Parse(layout, s)
				fmt.Fprintln(out, back, err)
				cut := s[:r.below(len(s)+1)]
				back, err = time.ParseInLocation(layout, cut+[]string{"", "x", " ", "9", ".5", "Z"}[r.below(6)], zones[1])
				fmt.Fprintln(out, back, err)
				if s != "" {
					k := r.below(len(s))
					back, err = time.Parse(layout, s[:k]+string("0123456789aZ :-+."[r.below(17)])+s[k+1:])
					fmt.Fprintln(out, back, err)
				}
			}
		}
	}
	for _, c := range [][2]string{{time.RFC3339, "2006-01-02T15:04:05Z"}, {time.RFC3339, "2006-01-02T15:04:05.123Z"}, {time.RFC3339, "2006-01-02T15:04:05,5+01:00"}, {time.RFC3339, "2006-13-02T15:04:05Z"}, {time.RFC3339, "2006-02-30T15:04:05Z"}, {time.RFC3339, "2006-01-02t15:04:05Z"},
		{time.RFC3339, "2006-01-02T24:04:05Z"}, {time.RFC3339, "2006-01-02T15:04:05+00:00"}, {time.RFC3339, "2006-01-02T15:04:05+25:00"}, {time.RFC3339, "2006-01-02T15:04:05-24:60"}, {time.Kitchen, "12:00AM"}, {time.Kitchen, "12:00PM"}, {time.Kitchen, "13:00PM"}, {time.Kitchen, "3:04pm"},
		{"MST", "CEST"}, {"MST", "ABCDE"}, {"MST", "GMT+3"}, {"MST", "GMT-24"}, {"MST", "+03"}, {"MST", "WITA"}, {"MST", "abc"}, {"MST", "UTC"}, {"MST", "ChST"}, {"2006 MST", "2007 CET"}, {"Jan 2", "feb 30"}, {"Jan 2", "MAR 3"}, {"Monday", "tuesday"}, {"2006-002", "2024-060"},
		{"2006-002", "2023-366"}, {"2006-002", "2024-366"}, {"2006-01-002", "2024-03-060"}, {"2006-02-002", "2024-01-060"}, {"06", "69"}, {"06", "68"}, {"2", " 5"}, {"_2", " 5"}, {"_2", "15"}, {"__2", "  5"}, {"15:04:05.000", "10:11:12.1234"}, {"15:04:05.000", "10:11:12.12"}, {"15:04:05.999", "10:11:12.123456"},
		{"15:04:05", "10:11:12.123456789123"}, {"05.000", "12.-12"}, {"a  b", "a b"}, {"a b", "a    b"}, {"a b", "ab"}, {"2006", "+123"}, {"2006", "12a4"}, {"2006-01-02", "2006-1-2"}, {"2006-1-2", "2006-01-02"}, {"-07:00", "+12:34"}, {"-07:00", "*12:34"}, {"-07", "-0"}, {"-0700", "+2500"}, {"-0700", "+1261"}} {
		t, err := time.Parse(c[0], c[1])
		fmt.Fprintln(out, t, err)
		if e, ok := err.(*time.ParseError); ok {
			fmt.Fprintf(out, "%q %q %q %q %q\n", e.Layout, e.Value, e.LayoutElem, e.ValueElem, e.Message)
		}
	}
	var u time.Time
	for _, text := range []string{`"2020-01-02T03:04:05.6Z"`, "null", "5"} {
		err := u.UnmarshalJSON([]byte(text))
		fmt.Fprintln(out, err, u)
	}
	textErr := u.UnmarshalText([]byte("2020-01-02T03:04:05+02:00"))
	fmt.Fprintln(out, textErr, u)
	fmt.Fprintln(out, time.Month(13), time.Weekday(-1), time.January, time.Saturday)
	_, err := time.LoadLocation("Nowhere/Else")
	fmt.Fprintln(out, strings.HasPrefix(err.Error(), "unknown time zone Nowhere/Else"), time.UTC, time.UnixMilli(1234567890123).UTC(), time.UnixMicro(-1).UTC())
	now := time.Now()
	fmt.Fprintln(out, now.Sub(now), now.Add(time.Second).Sub(now), now.Round(0) == now, now.Equal(now.Round(0)), strings.Contains(now.String(), " m=+"), strings.Contains(now.UTC().String(), " m="), time.Since(now) >= 0, time.Until(now) <= 0)
	fmt.Fprintln(out, now.Add(1<<62).After(now), now.AddDate(0, 0, 1).Sub(now.Round(0)))
}
