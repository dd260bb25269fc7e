// Time zones: which is the local one, and what the time zone database says, the host knows.
package time

import (
	"syscall"
	"unsafe"
)

// Where files with time zones would be; the host is asked after them.
var platformZoneSources = []string{"/usr/share/zoneinfo/"}

func init() { loadFromEmbeddedTZData = hostZoneData }

// hostZone is package runtime's: the name of the host's time zone; "" if that is not known.
func hostZone() string

//go:linkname hostCall rt_hostCall
func hostCall(what uint32, x, y int64, text unsafe.Pointer, textBytes int64, buffer unsafe.Pointer, bufferBytes int64) int64

// hostZoneData is what a file of the time zone database holds. The first time the host may have to load that.
func hostZoneData(name string) (string, error) {
	const zoneData = 1 // abi::HostCall
	buffer := make([]byte, 4<<10)
	for {
		n := hostCall(zoneData, 0, 0, unsafe.Pointer(unsafe.StringData(name)), int64(len(name)),
			unsafe.Pointer(unsafe.SliceData(buffer)), int64(len(buffer)))
		switch {
		case n < 0:
			return "", syscall.Errno(-n)
		case int(n) <= len(buffer):
			return string(buffer[:n]), nil
		}
		buffer = make([]byte, n)
	}
}

// initLocal looks at TZ as on a Unix; without it the host's zone takes the place of /etc/localtime.
func initLocal() {
	name, given := syscall.Getenv("TZ")
	sources := platformZoneSources
	if !given {
		name = hostZone()
	} else if len(name) > 0 && name[0] == ':' {
		name = name[1:]
	}
	switch {
	case name == "":
		localLoc.name = "UTC"
		return
	case given && name[0] == '/':
		sources = []string{""}
	case name == "UTC" || !given && name == "Etc/UTC": // need not be loaded
		localLoc.name = "UTC"
		if !given {
			localLoc.name = "Local"
		}
		return
	}
	zone, err := loadLocation(name, sources)
	if err != nil {
		localLoc.name = "UTC"
		return
	}
	localLoc = *zone
	if !given || name == "/etc/localtime" {
		localLoc.name = "Local"
	}
}
