package sync

import (
	"sync/atomic"
	"unsafe"
)

// notifyList is the runtime's; its size is fixed, its fields are not for us.
type notifyList struct {
	wait, notify uint32
	lock         uintptr
	head, tail   unsafe.Pointer
}

// Cond is a place where goroutines wait until another one says that something has changed.
type Cond struct {
	noCopy  noCopy
	L       Locker // held to look at or change the condition
	notify  notifyList
	checker copyChecker
}

func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks c.L, waits to be woken and locks c.L again. A wakeup between the two is not lost: the ticket is taken first.
func (c *Cond) Wait() {
	c.checker.check()
	ticket := notifyListAdd(&c.notify)
	c.L.Unlock()
	notifyListWait(&c.notify, ticket)
	c.L.Lock()
}

// Signal wakes the goroutine that has waited longest, if there is one.
func (c *Cond) Signal() {
	c.checker.check()
	notifyListNotifyOne(&c.notify)
}

// Broadcast wakes all that wait.
func (c *Cond) Broadcast() {
	c.checker.check()
	notifyListNotifyAll(&c.notify)
}

// copyChecker holds its own address from the first use on.
type copyChecker uintptr

func (c *copyChecker) check() {
	self := uintptr(unsafe.Pointer(c))
	if at := atomic.LoadUintptr((*uintptr)(c)); at != self {
		if at != 0 || !atomic.CompareAndSwapUintptr((*uintptr)(c), 0, self) && atomic.LoadUintptr((*uintptr)(c)) != self {
			panic("sync.Cond is copied")
		}
	}
}
