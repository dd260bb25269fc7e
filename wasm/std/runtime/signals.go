// Signals, for os/signal: those that the program sends to itself, and of those that its host gets the ones that it handles. The
// engine keeps what is on its way.
package runtime

import "unsafe"

const numSignals = 65

// Guarded by lock: sets of signals, a bit for each, and how often what the host is told of them has changed.
var signals struct {
	lock            uint32
	wanted, ignored signalSet
	changes         int64
}

type signalSet [(numSignals + 63) / 64]uint64

func (s *signalSet) has(number uint32) bool { return s[number/64]>>(number%64)&1 != 0 }

func (s *signalSet) put(number uint32, is bool) {
	s[number/64] &^= 1 << (number % 64)
	if is {
		s[number/64] |= 1 << (number % 64)
	}
}

//go:linkname hostCall rt_hostCall
func hostCall(what uint32, x, y int64, text unsafe.Pointer, textBytes int64, buffer unsafe.Pointer, bufferBytes int64) int64

const hostSignals = 21 // abi::HostCall

// handledByHost has those from 0 to 31.
func handledByHost() uint32 { return uint32(signals.wanted[0] | signals.ignored[0]) }

func setSignal(number uint32, wanted, ignored bool) {
	lockWord(&signals.lock)
	before := handledByHost()
	signals.wanted.put(number, wanted)
	signals.ignored.put(number, ignored)
	handled := handledByHost()
	if handled != before {
		signals.changes++
	}
	change := signals.changes
	unlockWord(&signals.lock)
	if handled != before {
		hostCall(hostSignals, change, int64(handled), nil, 0, nil, 0)
	}
}

//go:linkname signal_disable os/signal.signal_disable
func signal_disable(number uint32) { setSignal(number, false, false) }

//go:linkname signal_enable os/signal.signal_enable
func signal_enable(number uint32) { setSignal(number, true, false) }

//go:linkname signal_ignore os/signal.signal_ignore
func signal_ignore(number uint32) { setSignal(number, false, true) }

//go:linkname signal_ignored os/signal.signal_ignored
func signal_ignored(number uint32) bool {
	lockWord(&signals.lock)
	defer unlockWord(&signals.lock)
	return signals.ignored.has(number)
}

//go:linkname signalSend rt_signalSend
func signalSend(number int64) bool

//go:linkname signalNext rt_signalNext
func signalNext() int64

//go:linkname signal_waitUntilIdle os/signal.signalWaitUntilIdle
func signal_waitUntilIdle() {
	for signalSend(0) {
		yield()
	}
}

//go:linkname signal_recv os/signal.signal_recv
func signal_recv() uint32 {
	for {
		// The host has sent what was handled then.
		if number := uint32(signalNext()); isForProgram(number) {
			return number
		}
	}
}

// raiseSignal does what a signal does that the process gets.
//
//go:linkname raiseSignal syscall.raiseSignal
func raiseSignal(number uint32) {
	if isForProgram(number) {
		signalSend(int64(number))
	}
}

// What a process does by itself, besides ending.
const (
	sigKill  = 9
	sigChld  = 17 // from here to sigUrg are those that stop it, let it go on, or do nothing
	sigUrg   = 23
	sigWinch = 28
)

// isForProgram tells whether os/signal wants it; if not, it does here what it does by itself.
func isForProgram(number uint32) bool {
	lockWord(&signals.lock)
	wanted, ignored := signals.wanted.has(number), signals.ignored.has(number)
	unlockWord(&signals.lock)
	switch {
	case number == sigKill:
		exit(128 + sigKill)
	case wanted:
		return true
	case ignored, number >= sigChld && number <= sigUrg, number == sigWinch:
		// Nobody is there who could let a stopped process go on: it does not stop.
	default:
		exit(128 + int64(number)) // as shells show it
	}
	return false
}
