// What package sync and its relatives want of the runtime: semaphores, condition queues, spinning.
package runtime

import "unsafe"

//go:linkname semAcquire rt_semAcquire
func semAcquire(word *uint32, how uint32)

//go:linkname semRelease rt_semRelease
func semRelease(word *uint32, handoff bool)

//go:linkname syncSpin rt_syncSpin
func syncSpin(turn int32) bool

// How to wait (bit 0: at the front of the queue), and what a deadlock report calls it: abi::SemReason.
const (
	waitAtFront          = 1
	forSemacquire        = 0 << 1
	forMutexLock         = 1 << 1
	forRWMutexRLock      = 2 << 1
	forRWMutexLock       = 3 << 1
	forWaitGroup         = 4 << 1
	forWaitGroupOfBubble = 5 << 1
	forCoroutine         = 6 << 1
)

func acquire(word *uint32, lifo bool, reason uint32) {
	if lifo {
		reason |= waitAtFront
	}
	semAcquire(word, reason)
}

//go:linkname sync_Semacquire sync.runtime_Semacquire
func sync_Semacquire(s *uint32) { semAcquire(s, forSemacquire) }

//go:linkname sync_SemacquireWaitGroup sync.runtime_SemacquireWaitGroup
func sync_SemacquireWaitGroup(s *uint32, durable bool) {
	if durable {
		semAcquire(s, forWaitGroupOfBubble)
	} else {
		semAcquire(s, forWaitGroup)
	}
}

//go:linkname sync_SemacquireRWMutexR sync.runtime_SemacquireRWMutexR
func sync_SemacquireRWMutexR(s *uint32, lifo bool, skip int) { acquire(s, lifo, forRWMutexRLock) }

//go:linkname sync_SemacquireRWMutex sync.runtime_SemacquireRWMutex
func sync_SemacquireRWMutex(s *uint32, lifo bool, skip int) { acquire(s, lifo, forRWMutexLock) }

//go:linkname sync_Semrelease sync.runtime_Semrelease
func sync_Semrelease(s *uint32, handoff bool, skip int) { semRelease(s, handoff) }

//go:linkname internal_sync_SemacquireMutex internal/sync.runtime_SemacquireMutex
func internal_sync_SemacquireMutex(s *uint32, lifo bool, skip int) { acquire(s, lifo, forMutexLock) }

//go:linkname internal_sync_Semrelease internal/sync.runtime_Semrelease
func internal_sync_Semrelease(s *uint32, handoff bool, skip int) { semRelease(s, handoff) }

//go:linkname poll_Semacquire internal/poll.runtime_Semacquire
func poll_Semacquire(s *uint32) { semAcquire(s, forSemacquire) }

//go:linkname poll_Semrelease internal/poll.runtime_Semrelease
func poll_Semrelease(s *uint32) { semRelease(s, false) }

// Asking whether to spin has spun already.
//
//go:linkname sync_canSpin internal/sync.runtime_canSpin
func sync_canSpin(turn int) bool { return syncSpin(int32(turn)) }

//go:linkname sync_doSpin internal/sync.runtime_doSpin
func sync_doSpin() {}

//go:linkname sync_nanotime internal/sync.runtime_nanotime
func sync_nanotime() int64 { return nanotime() }

//go:linkname sync_notifyListAdd sync.runtime_notifyListAdd
func sync_notifyListAdd(list unsafe.Pointer) uint32 { return notifyListAdd(list) }

//go:linkname sync_notifyListWait sync.runtime_notifyListWait
func sync_notifyListWait(list unsafe.Pointer, ticket uint32) { notifyListWait(list, ticket) }

//go:linkname sync_notifyListNotifyAll sync.runtime_notifyListNotifyAll
func sync_notifyListNotifyAll(list unsafe.Pointer) { notifyListNotifyAll(list) }

//go:linkname sync_notifyListNotifyOne sync.runtime_notifyListNotifyOne
func sync_notifyListNotifyOne(list unsafe.Pointer) { notifyListNotifyOne(list) }

//go:linkname notifyListAdd rt_notifyListAdd
func notifyListAdd(list unsafe.Pointer) uint32

//go:linkname notifyListWait rt_notifyListWait
func notifyListWait(list unsafe.Pointer, ticket uint32)

//go:linkname notifyListNotifyAll rt_notifyListNotifyAll
func notifyListNotifyAll(list unsafe.Pointer)

//go:linkname notifyListNotifyOne rt_notifyListNotifyOne
func notifyListNotifyOne(list unsafe.Pointer)

// The engine's list fits into Go's.
//
//go:linkname sync_notifyListCheck sync.runtime_notifyListCheck
func sync_notifyListCheck(size uintptr) {}

// A goroutine is not pinned to its worker. Package atomic asks for it only to make others wait less.
//
//go:linkname atomic_procPin sync/atomic.runtime_procPin
func atomic_procPin() int { return 0 }

//go:linkname atomic_procUnpin sync/atomic.runtime_procUnpin
func atomic_procUnpin() {}

//go:linkname sync_throw sync.throw
func sync_throw(text string) { fatal(text) }

//go:linkname sync_fatal sync.fatal
func sync_fatal(text string) { fatal(text) }

//go:linkname internal_sync_throw internal/sync.throw
func internal_sync_throw(text string) { fatal(text) }

//go:linkname internal_sync_fatal internal/sync.fatal
func internal_sync_fatal(text string) { fatal(text) }
