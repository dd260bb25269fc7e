package sync

import (
	"std.test/std/internal/machine"
	"unsafe"
)

const (
	forRWMutexRLock = 2 << 1
	forRWMutexLock  = 3 << 1
	forWaitGroup    = 4 << 1
)

func semAcquire(word *uint32, how uint32)   { machine.SemAcquire(word, how) }
func semRelease(word *uint32, handoff bool) { machine.SemRelease(word, handoff) }
func fatal(text string)                     { machine.Fatal(text) }

func (l *notifyList) double() *machine.NotifyList { return (*machine.NotifyList)(unsafe.Pointer(l)) }

func notifyListAdd(l *notifyList) uint32          { return machine.NotifyListAdd(l.double()) }
func notifyListWait(l *notifyList, ticket uint32) { machine.NotifyListWait(l.double(), ticket) }
func notifyListNotifyAll(l *notifyList)           { machine.NotifyListNotifyAll(l.double()) }
func notifyListNotifyOne(l *notifyList)           { machine.NotifyListNotifyOne(l.double()) }
