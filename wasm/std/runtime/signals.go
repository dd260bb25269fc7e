// Signals, for os/signal: those that a program sends to itself. Nobody else sends any.
package runtime

import _ "unsafe" // for go:linkname

const numSignals = 65

// Guarded by lock: sets of signals, a bit for each, and the queue of those that are on their way, where each is once at most.
var signals struct {
	lock                     uint32
	wanted, ignored, waiting signalSet
	queue                    chan uint32 // made when the first is wanted
}

type signalSet [(numSignals + 63) / 64]uint64

func (s *signalSet) has(number uint32) bool { return s[number/64]>>(number%64)&1 != 0 }

func (s *signalSet) put(number uint32, is bool) {
	s[number/64] &^= 1 << (number % 64)
	if is {
		s[number/64] |= 1 << (number % 64)
	}
}

func setSignal(number uint32, wanted, ignored bool) {
	lockWord(&signals.lock)
	signals.wanted.put(number, wanted)
	signals.ignored.put(number, ignored)
	unlockWord(&signals.lock)
}

//go:linkname signal_disable os/signal.signal_disable
func signal_disable(number uint32) { setSignal(number, false, false) }

//go:linkname signal_enable os/signal.signal_enable
func signal_enable(number uint32) {
	if signals.queue == nil { // package os/signal holds a lock of its own
		signals.queue = make(chan uint32, numSignals)
	}
	setSignal(number, true, false)
}

//go:linkname signal_ignore os/signal.signal_ignore
func signal_ignore(number uint32) { setSignal(number, false, true) }

//go:linkname signal_ignored os/signal.signal_ignored
func signal_ignored(number uint32) bool {
	lockWord(&signals.lock)
	defer unlockWord(&signals.lock)
	return signals.ignored.has(number)
}

//go:linkname signal_waitUntilIdle os/signal.signalWaitUntilIdle
func signal_waitUntilIdle() {
	for len(signals.queue) > 0 {
		yield()
	}
}

//go:linkname signal_recv os/signal.signal_recv
func signal_recv() uint32 {
	number := <-signals.queue
	lockWord(&signals.lock)
	signals.waiting.put(number, false)
	unlockWord(&signals.lock)
	return number
}

// What a process does by itself, besides ending.
const (
	sigKill  = 9
	sigChld  = 17 // from here to sigUrg are those that stop it, let it go on, or do nothing
	sigUrg   = 23
	sigWinch = 28
)

// raiseSignal does what a signal does that the process gets.
//
//go:linkname raiseSignal syscall.raiseSignal
func raiseSignal(number uint32) {
	lockWord(&signals.lock)
	wanted, ignored := signals.wanted.has(number), signals.ignored.has(number)
	isNew := wanted && !signals.waiting.has(number)
	if isNew {
		signals.waiting.put(number, true)
	}
	unlockWord(&signals.lock)
	switch {
	case number == sigKill:
		exit(128 + sigKill)
	case isNew:
		signals.queue <- number // there is room for all
	case wanted, ignored, number >= sigChld && number <= sigUrg, number == sigWinch:
		// Nobody is there who could let a stopped process go on: it does not stop.
	default:
		exit(128 + int64(number)) // as shells show it
	}
}
