// Package sync: locks, wait groups and what else goroutines meet at. Everything here is Go over atomic words; only a
// goroutine that must wait, or wake another, calls the runtime.
package sync

import isync "internal/sync"

// noCopy lets vet find copies of what must not be copied.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Locker is what can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

// Mutex is a mutual exclusion lock; its zero value is unlocked.
type Mutex struct {
	_  noCopy
	mu isync.Mutex
}

func (m *Mutex) Lock()         { m.mu.Lock() }
func (m *Mutex) TryLock() bool { return m.mu.TryLock() }
func (m *Mutex) Unlock()       { m.mu.Unlock() }
