// What package time wants of the runtime: clocks, sleeping, timers.
package runtime

import "unsafe"

//go:linkname nanotime rt_nanotime
func nanotime() int64

//go:linkname walltime rt_walltime
func walltime() int64

//go:linkname timerStart rt_timerStart
func timerStart(r *timerRecord)

//go:linkname timerStop rt_timerStop
func timerStop(r *timerRecord) bool

//go:linkname timerReset rt_timerReset
func timerReset(r *timerRecord, when, period int64) bool

// haveHighResSleep says that sleeps are good to a millisecond; package time's tests ask.
var haveHighResSleep = true

//go:linkname time_Sleep time.Sleep
func time_Sleep(ns int64) {
	if ns > 0 {
		sleep(ns)
	}
}

func clocks() (sec int64, nsec int32, mono int64) {
	wall := walltime()
	return wall / 1e9, int32(wall % 1e9), nanotime()
}

//go:linkname time_now time.now
func time_now() (sec int64, nsec int32, mono int64) { return clocks() }

//go:linkname time_runtimeNow time.runtimeNow
func time_runtimeNow() (sec int64, nsec int32, mono int64) {
	if now := bubbleTime(); now != 0 {
		return now / 1e9, int32(now % 1e9), 0
	}
	return clocks()
}

// Package time counts from its first reading less one, and the times that the engine sends to channels of timers count
// from zero. So the first reading, which package time takes when it is initialised, is 1.
//
//go:linkname time_runtimeNano time.runtimeNano
func time_runtimeNano() int64 {
	if now := bubbleTime(); now != 0 {
		return now
	}
	if !clockRead {
		clockRead = true
		return 1
	}
	return nanotime()
}

var clockRead bool

//go:linkname time_runtimeIsBubbled time.runtimeIsBubbled
func time_runtimeIsBubbled() bool { return bubbleId() != 0 }

// A timer record is what the engine keeps timers by: abi::TimerRecord. From start on it belongs to the engine.
type timerRecord struct {
	when     int64 // nanotime
	period   int64 // 0: once
	target   unsafe.Pointer
	location unsafe.Pointer // *time.Location
	kind     uint32
	reserved [9]uint32
}

// abi::TimerKind
const (
	sendTime      = iota // target: chan time.Time
	startFunction        // target: func()
)

// A timer begins with the fields of time.Timer and time.Ticker.
type timer struct {
	c      unsafe.Pointer
	made   bool
	record timerRecord
}

//go:linkname timeLocal time.Local
var timeLocal unsafe.Pointer

// newTimer makes and starts a timer. With a channel, f is the function that sends the time to it, which the engine does
// itself; without, f starts arg, a func(), as a goroutine.
//
//go:linkname newTimer time.newTimer
func newTimer(when, period int64, f func(arg any, seq uintptr, delta int64), arg any, c unsafe.Pointer) *timer {
	t := &timer{made: true}
	t.record.when = when
	t.record.period = period
	if c != nil {
		t.record.kind = sendTime
		t.record.target = c
		t.record.location = timeLocal
	} else {
		start, isFunction := arg.(func())
		if !isFunction {
			start = func() { f(arg, 0, 0) }
		}
		t.record.kind = startFunction
		t.record.target = *(*unsafe.Pointer)(unsafe.Pointer(&start))
	}
	timerStart(&t.record)
	return t
}

//go:linkname stopTimer time.stopTimer
func stopTimer(t *timer) bool { return timerStop(&t.record) }

//go:linkname resetTimer time.resetTimer
func resetTimer(t *timer, when, period int64) bool { return timerReset(&t.record, when, period) }
