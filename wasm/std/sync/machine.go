// The runtime's entry points that this package calls.
package sync

import _ "unsafe"

// What semAcquire waits for: abi::SemReason, in the place it has in the second argument.
const (
	forRWMutexRLock = 2 << 1
	forRWMutexLock  = 3 << 1
	forWaitGroup    = 4 << 1
)

//go:linkname semAcquire rt_semAcquire
func semAcquire(word *uint32, how uint32)

//go:linkname semRelease rt_semRelease
func semRelease(word *uint32, handoff bool)

//go:linkname notifyListAdd rt_notifyListAdd
func notifyListAdd(list *notifyList) uint32

//go:linkname notifyListWait rt_notifyListWait
func notifyListWait(list *notifyList, ticket uint32)

//go:linkname notifyListNotifyAll rt_notifyListNotifyAll
func notifyListNotifyAll(list *notifyList)

//go:linkname notifyListNotifyOne rt_notifyListNotifyOne
func notifyListNotifyOne(list *notifyList)

//go:linkname fatal rt_fatal
func fatal(text string)
