package abi

import "unsafe"

// These tell Go's compiler what may stay on a stack. Here all that has an address is on the heap.

func NoEscape(p unsafe.Pointer) unsafe.Pointer { return p }

func Escape[T any](x T) T { return x }

func EscapeNonString[T any](v T) {}

func EscapeToResultNonString[T any](v T) T { return v }
