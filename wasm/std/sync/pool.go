// Pools, without the processors that Go's are tied to.
package sync

import (
	"sync/atomic"
	"unsafe"
)

// Pool keeps values that may be used again.
//
// A value that nobody takes is given up when the second garbage collection after it was put begins: the first makes it old.
type Pool struct {
	noCopy     noCopy
	young, old atomic.Pointer[poolPart] // PoolAbi: changed by the collector, too
	New        func() any               // called by Get when the pool is empty; nil: Get gives nil
}

// poolPart holds what was put between two collections. In front it is the runtime's PoolPart.
type poolPart struct {
	next  *poolPart
	pool  *Pool
	slots [poolSlots]poolSlot
	count atomic.Int32 // len(more)
	lock  Mutex
	more  []any
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
	if x != nil {
		p.youngPart().put(x)
	}
}

// Get takes any value out of the pool, or makes a new one.
func (p *Pool) Get() any {
	if part := p.young.Load(); part != nil {
		if x := part.take(); x != nil {
			return x
		}
	}
	if part := p.old.Load(); part != nil {
		if x := part.take(); x != nil {
			return x
		}
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}

func (part *poolPart) put(x any) {
	for i := range part.slots {
		s := &part.slots[i]
		if s.state.Load() == slotEmpty && s.state.CompareAndSwap(slotEmpty, slotBusy) {
			s.value = x
			s.state.Store(slotFull)
			return
		}
	}
	part.lock.Lock()
	part.more = append(part.more, x)
	part.count.Store(int32(len(part.more)))
	part.lock.Unlock()
}

// take gives nil if there is nothing.
func (part *poolPart) take() any {
	for i := range part.slots {
		s := &part.slots[i]
		if s.state.Load() == slotFull && s.state.CompareAndSwap(slotFull, slotBusy) {
			x := s.value
			s.value = nil
			s.state.Store(slotEmpty)
			return x
		}
	}
	if part.count.Load() == 0 {
		return nil
	}
	part.lock.Lock()
	defer part.lock.Unlock()
	n := len(part.more)
	if n == 0 {
		return nil
	}
	x := part.more[n-1]
	part.more[n-1] = nil
	part.more = part.more[:n-1]
	part.count.Store(int32(n - 1))
	return x
}

// ---- garbage collections

// pools has every part that may hold something: the runtime's PoolLists. When a collection begins, the collector gives the
// old ones up, and makes the young ones old.
var pools struct{ young, old atomic.Pointer[poolPart] }

func init() { poolLists(unsafe.Pointer(&pools)) }

//go:linkname poolLists rt_poolLists
func poolLists(lists unsafe.Pointer)

// youngPart gives the part for what is put now.
func (p *Pool) youngPart() *poolPart {
	for {
		if part := p.young.Load(); part != nil {
			return part
		}
		part := &poolPart{pool: p}
		if !p.young.CompareAndSwap(nil, part) {
			continue
		}
		for {
			part.next = pools.young.Load()
			if pools.young.CompareAndSwap(part.next, part) {
				return part
			}
		}
	}
}

// Nothing here pins a goroutine to a processor; only this package's tests ask for it.
func runtime_procPin() int { return 0 }
func runtime_procUnpin()   {}
