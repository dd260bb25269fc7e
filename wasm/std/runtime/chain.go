package runtime

import "unsafe"

// panicFlags
const (
	flagRecovered = 1
	flagGoexit    = 2
)

// panicChain reads the running goroutine's panics from the runtime's records.
func panicChain() []panicLink {
	var links []panicLink
	for record := panicFirst(); record != nil; record = panicLater(record) {
		var link panicLink
		value := wordsOf(&link.value)
		value.first = panicValue(record)
		value.data = unsafe.Pointer(uintptr(result64()))
		flags := panicFlags(record)
		link.recovered = flags&flagRecovered != 0
		link.goexit = flags&flagGoexit != 0
		links = append(links, link)
	}
	return links
}
