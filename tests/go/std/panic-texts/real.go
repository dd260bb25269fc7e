package main

// die panics with the first value, then in deferred calls with the others.
func die(values ...any) {
	if len(values) > 1 {
		defer die(values[1:]...)
	}
	panic(values[0])
}
