// Pools, without the processors that Go's are tied to.
package sync

import "sync/atomic"

// Pool keeps values that may be used again.
//
// A value that nobody takes is given up in the second garbage collection after it was put: the first makes it old.
type Pool struct {
	noCopy noCopy
	slots  [poolSlots]poolSlot
	lock   Mutex
	more   []any
	old    []any
	listed atomic.Bool // in pools, or about to be
	New    func() any  // called by Get when the pool is empty; nil: Get gives nil
}

const poolSlots = 8

// A slot's value belongs to whoever has brought state to slotBusy, which lasts only for the copying of two words.
type poolSlot struct {
	state atomic.Uint32
	value any
}

const (
	slotEmpty = iota
	slotFull
	slotBusy
)

// Put adds x to the pool.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	for i := range p.slots {
		s := &p.slots[i]
		if s.state.Load() == slotEmpty && s.state.CompareAndSwap(slotEmpty, slotBusy) {
			s.value = x
			s.state.Store(slotFull)
			p.enlist()
			return
		}
	}
	p.lock.Lock()
	p.more = append(p.more, x)
	p.lock.Unlock()
	p.enlist()
}

// Get takes any value out of the pool, or makes a new one.
func (p *Pool) Get() any {
	for i := range p.slots {
		s := &p.slots[i]
		if s.state.Load() == slotFull && s.state.CompareAndSwap(slotFull, slotBusy) {
			x := s.value
			s.value = nil
			s.state.Store(slotEmpty)
			return x
		}
	}
	p.lock.Lock()
	x := takeLast(&p.more)
	if x == nil {
		x = takeLast(&p.old)
	}
	p.lock.Unlock()
	if x == nil && p.New != nil {
		return p.New()
	}
	return x
}

// takeLast gives nil if there is nothing.
func takeLast(values *[]any) any {
	n := len(*values)
	if n == 0 {
		return nil
	}
	x := (*values)[n-1]
	(*values)[n-1] = nil
	*values = (*values)[:n-1]
	return x
}

// ---- garbage collections

// pools holds those in which something may be.
var (
	poolsLock Mutex
	pools     []*Pool
)

func init() { runtime_registerPoolCleanup(agePools) }

func runtime_registerPoolCleanup(f func())

func (p *Pool) enlist() {
	if p.listed.Load() || !p.listed.CompareAndSwap(false, true) {
		return
	}
	poolsLock.Lock()
	pools = append(pools, p)
	poolsLock.Unlock()
}

// agePools runs after every collection.
func agePools() {
	poolsLock.Lock()
	defer poolsLock.Unlock()
	kept := pools[:0]
	for _, p := range pools {
		p.listed.Store(false) // before looking: whoever puts something in from now on lists it again
		if p.age() && p.listed.CompareAndSwap(false, true) {
			kept = append(kept, p)
		}
	}
	clear(pools[len(kept):])
	pools = kept
}

// age drops what is old and makes all else old. Is there anything?
func (p *Pool) age() bool {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.old, p.more = p.more, nil
	for i := range p.slots {
		s := &p.slots[i]
		if s.state.Load() == slotFull && s.state.CompareAndSwap(slotFull, slotBusy) {
			p.old = append(p.old, s.value)
			s.value = nil
			s.state.Store(slotEmpty)
		}
	}
	return len(p.old) > 0
}

// Nothing here pins a goroutine to a processor; only this package's tests ask for it.
func runtime_procPin() int { return 0 }
func runtime_procUnpin()   {}
