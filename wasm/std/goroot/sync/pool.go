package sync

import "sync/atomic"

// Pool keeps values that may be used again.
//
// Unlike Go's it does not give up what it holds at a garbage collection: it keeps at most poolSlots + poolOverflow values
// and drops what is put beyond that.
type Pool struct {
	noCopy noCopy
	slots  [poolSlots]poolSlot
	lock   Mutex
	more   []any
	New    func() any // called by Get when the pool is empty; nil: Get gives nil
}

const (
	poolSlots    = 8
	poolOverflow = 4096
)

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
			return
		}
	}
	p.lock.Lock()
	if len(p.more) < poolOverflow {
		p.more = append(p.more, x)
	}
	p.lock.Unlock()
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
	if n := len(p.more); n > 0 {
		x := p.more[n-1]
		p.more[n-1] = nil
		p.more = p.more[:n-1]
		p.lock.Unlock()
		return x
	}
	p.lock.Unlock()
	if p.New != nil {
		return p.New()
	}
	return nil
}
