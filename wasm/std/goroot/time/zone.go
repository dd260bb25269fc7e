package time

// Where files with time zones would be.
var platformZoneSources = []string{"/usr/share/zoneinfo/"}

// The host's time zone is not known: local time is UTC.
func initLocal() {
	localLoc.name = "UTC"
}
