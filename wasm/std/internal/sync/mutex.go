// Package sync holds the mutual exclusion lock under package sync.
package sync

import "sync/atomic"

// Mutex is one word of state and a semaphore to wait at.
//
// The state is three bits and a count of the goroutines that wait. Normally a goroutine that was woken competes with those
// that arrive: one that is running already gets the lock cheaply, without a switch. A waiter that has lost for longer than
// starvingAfterNs makes the lock starving. A starving lock is handed over: Unlock leaves `locked` clear, but nobody who
// arrives takes it, and the first waiter owns it as soon as it is woken. The last waiter, or one that waited only
// briefly, ends this.
//
// `woken` is set while one waiter, or one that is about to become a waiter, is awake and after the lock: Unlock need not
// wake another.
type Mutex struct {
	state int32
	sema  uint32
}

const (
	locked    = 1
	woken     = 2
	starving  = 4
	oneWaiter = 8
)

// How to wait, and what a deadlock report calls it: abi::SemReason.
const (
	waitAtFront  = 1
	waitForMutex = 1 << 1
)

// The bound that Go uses; a switch costs about a ten thousandth of it.
const starvingAfterNs = 1e6

func (m *Mutex) Lock() {
	if !atomic.CompareAndSwapInt32(&m.state, 0, locked) {
		m.lockSlowly()
	}
}

func (m *Mutex) TryLock() bool {
	old := atomic.LoadInt32(&m.state)
	return old&(locked|starving) == 0 && atomic.CompareAndSwapInt32(&m.state, old, old|locked)
}

func (m *Mutex) Unlock() {
	if left := atomic.AddInt32(&m.state, -locked); left != 0 {
		m.unlockSlowly(left)
	}
}

func (m *Mutex) lockSlowly() {
	var (
		since   int64 // when the first wait began; 0: has not waited
		hungry  bool  // has waited for too long
		isWoken bool  // the `woken` bit is ours
		turn    int32 // of spinning
	)
	for {
		old := atomic.LoadInt32(&m.state)
		if old&(locked|starving) == locked && spin(turn) {
			turn++
			if !isWoken && old&woken == 0 && old >= oneWaiter {
				isWoken = atomic.CompareAndSwapInt32(&m.state, old, old|woken)
			}
			continue
		}
		state := old
		if old&starving == 0 {
			state |= locked
		}
		if old&(locked|starving) != 0 {
			state += oneWaiter
		}
		if hungry && old&locked != 0 {
			state |= starving
		}
		if isWoken {
			state &^= woken
		}
		if !atomic.CompareAndSwapInt32(&m.state, old, state) {
			continue
		}
		if old&(locked|starving) == 0 {
			return
		}
		how := uint32(waitForMutex)
		if since == 0 {
			since = nanotime()
		} else { // who has waited before goes to the front
			how |= waitAtFront
		}
		semAcquire(&m.sema, how)
		hungry = hungry || nanotime()-since > starvingAfterNs
		old = atomic.LoadInt32(&m.state)
		if old&starving != 0 {
			// It was handed to us; `locked` is not set and we still count as waiting.
			change := int32(locked - oneWaiter)
			if !hungry || old < 2*oneWaiter {
				change -= starving
			}
			atomic.AddInt32(&m.state, change)
			return
		}
		isWoken = true
		turn = 0
	}
}

func (m *Mutex) unlockSlowly(left int32) {
	if (left+locked)&locked == 0 {
		fatal("sync: unlock of unlocked mutex")
	}
	if left&starving != 0 {
		semRelease(&m.sema, true)
		return
	}
	for old := left; old >= oneWaiter && old&(locked|woken|starving) == 0; old = atomic.LoadInt32(&m.state) {
		if atomic.CompareAndSwapInt32(&m.state, old, (old-oneWaiter)|woken) {
			semRelease(&m.sema, false)
			return
		}
	}
}
