package iter

import "runtime"

// Pull turns an iterator inside out: next gives its values one after the other, stop ends it. They are not for two
// goroutines at once.
//
// Go runs the iterator as a coroutine. Here it is a goroutine that waits whenever its caller runs, which shows in
// runtime.NumGoroutine and costs a switch more.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	p := newPulling()
	var value V
	next = func() (V, bool) {
		ok := p.resume(func() {
			seq(func(v V) bool {
				value = v
				return p.give()
			})
		})
		v := value
		var zero V
		value = zero
		return v, ok
	}
	return next, p.stop
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	p := newPulling()
	var key K
	var value V
	next = func() (K, V, bool) {
		ok := p.resume(func() {
			seq(func(k K, v V) bool {
				key, value = k, v
				return p.give()
			})
		})
		k, v := key, value
		var noKey K
		var noValue V
		key, value = noKey, noValue
		return k, v, ok
	}
	return next, p.stop
}

// pulling is the hand-over between caller and iterator: of the two only one runs at any time.
type pulling struct {
	toIterator chan struct{}
	toCaller   chan struct{}
	started    bool
	ended      bool // stopped, or the iterator has returned
	given      bool // a value is there
	panicked   any
	exited     bool // the iterator called Goexit
}

func newPulling() *pulling {
	return &pulling{toIterator: make(chan struct{}), toCaller: make(chan struct{})}
}

// resume lets the iterator go on to its next value; false: there is none.
func (p *pulling) resume(run func()) bool {
	if p.ended {
		return false
	}
	if p.started {
		p.toIterator <- struct{}{}
	} else {
		p.started = true
		go p.iterate(run)
	}
	return p.await()
}

func (p *pulling) stop() {
	if p.ended {
		return
	}
	p.ended = true
	if p.started {
		p.toIterator <- struct{}{}
		p.await()
	}
}

// await waits for the iterator and passes on how it ended, if it did not return.
func (p *pulling) await() bool {
	p.given = false
	<-p.toCaller
	if r := p.panicked; r != nil {
		p.panicked = nil
		panic(r)
	}
	if p.exited {
		runtime.Goexit()
	}
	return p.given
}

func (p *pulling) iterate(run func()) {
	returned := false
	defer func() {
		p.panicked = recover()
		p.exited = !returned && p.panicked == nil
		p.ended = true
		p.toCaller <- struct{}{}
	}()
	run()
	returned = true
}

// give hands a value over, in the iterator; false: no more is wanted.
func (p *pulling) give() bool {
	if p.ended {
		return false
	}
	p.given = true
	p.toCaller <- struct{}{}
	<-p.toIterator
	return !p.ended
}
