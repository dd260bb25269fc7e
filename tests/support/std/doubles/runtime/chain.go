package runtime

// Links is what the tests say the goroutine panicked with.
var Links []panicLink

func panicChain() []panicLink { return Links }

// Unrecovered ends the program as a panic with these values would: the first one, and those of deferred calls after it.
func Unrecovered(values ...any) {
	for _, v := range values {
		Links = append(Links, panicLink{value: v})
	}
	unrecovered()
}

// Links of a chain that are not plain panics.
func Link(v any, recovered, goexit bool) {
	Links = append(Links, panicLink{value: v, recovered: recovered, goexit: goexit})
}
