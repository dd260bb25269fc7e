package sync

import "std.test/std/internal/machine"

func semAcquire(word *uint32, how uint32)   { machine.SemAcquire(word, how) }
func semRelease(word *uint32, handoff bool) { machine.SemRelease(word, handoff) }
func spin(turn int32) bool                  { return turn < 4 }
func nanotime() int64                       { return machine.Nanotime() }
func fatal(text string)                     { machine.Fatal(text) }
