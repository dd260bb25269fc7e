package main

// time.LoadLocation: zones of the time zone database, with their changes of offset.

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	winter := time.Date(2024, time.January, 15, 12, 0, 0, 0, time.UTC)
	for _, name := range []string{
		"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns",
		"UTC", "", "Local", "EST5EDT",
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			fmt.Println(err)
			continue
		}
		if name == "Local" {
			fmt.Println(zone == time.Local)
			continue
		}
		fmt.Println(zone, "|", winter.In(zone), "|", winter.AddDate(0, 6, 0).In(zone).Format(time.RFC1123Z))
	}
	for _, name := range []string{"Nowhere/AtAll", "../etc/passwd", "/etc/localtime", "europe/berlin "} {
		_, err := time.LoadLocation(name)
		fmt.Println(err)
	}

	berlin, _ := time.LoadLocation("Europe/Berlin")
	// The hour that there is twice, and the one that there is not.
	for _, at := range []time.Time{
		time.Date(2024, 10, 27, 2, 30, 0, 0, berlin), time.Date(2024, 3, 31, 2, 30, 0, 0, berlin),
		time.Date(1945, 6, 1, 0, 0, 0, 0, berlin), time.Date(2050, 7, 1, 0, 0, 0, 0, berlin),
	} {
		fmt.Println(at, at.IsDST(), at.UTC())
	}
	start, end := time.Date(2024, 7, 1, 0, 0, 0, 0, berlin).ZoneBounds()
	fmt.Println(start, end)
	parsed, err := time.ParseInLocation("2006-01-02 15:04 MST", "2024-07-04 18:00 CEST", berlin)
	fmt.Println(parsed, err)

	names := []string{"Asia/Tokyo", "Africa/Cairo", "America/Lima", "Europe/Paris"}
	hours := make([]string, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			zone, err := time.LoadLocation(name)
			hours[i] = fmt.Sprint(name, " ", winter.In(zone).Format("15:04"), " ", err)
		})
	}
	all.Wait()
	for _, line := range hours {
		fmt.Println(line)
	}
}
