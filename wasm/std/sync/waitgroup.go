package sync

import "sync/atomic"

// WaitGroup waits for a number of goroutines to finish.
//
// The upper half of state is the counter, the lower half the number of goroutines in Wait.
type WaitGroup struct {
	noCopy noCopy
	state  atomic.Uint64
	sema   uint32
}

// Add adds delta, which may be negative, to the counter; when that becomes zero, all that wait are released.
func (wg *WaitGroup) Add(delta int) {
	state := wg.state.Add(uint64(delta) << 32)
	counter, waiters := int32(state>>32), uint32(state)
	if counter < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if waiters == 0 {
		return
	}
	if delta > 0 && counter == int32(delta) {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	if counter > 0 {
		return
	}
	// Nobody may change the state now: an Add beside a Wait that can see zero is a fault of the program.
	if !wg.state.CompareAndSwap(state, 0) {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	for ; waiters > 0; waiters-- {
		semRelease(&wg.sema, false)
	}
}

func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait blocks until the counter is zero.
func (wg *WaitGroup) Wait() {
	for {
		state := wg.state.Load()
		if int32(state>>32) == 0 {
			return
		}
		if !wg.state.CompareAndSwap(state, state+1) {
			continue
		}
		semAcquire(&wg.sema, forWaitGroup)
		if wg.state.Load() != 0 {
			panic("sync: WaitGroup is reused before previous Wait has returned")
		}
		return
	}
}

// Go calls f in a new goroutine that is added to the group, and taken off it when f returns.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer func() {
			// A panic is about to end the program: whoever waits must not go on and perhaps end it first.
			if r := recover(); r != nil {
				panic(r)
			}
			wg.Done()
		}()
		f()
	}()
}
