package main

import "runtime"

func die(values ...any) {
	for i := range values {
		if values[i] == nil {
			values[i] = new(runtime.PanicNilError)
		}
	}
	runtime.Unrecovered(values...)
}
