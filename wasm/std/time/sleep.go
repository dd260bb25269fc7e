package time

import "unsafe"

// Sleep pauses the calling goroutine for at least d.
func Sleep(d Duration) {
	if d > 0 {
		sleep(int64(d))
	}
}

// A timer record is what the runtime keeps timers by: abi::TimerRecord. From start on it belongs to the runtime.
type timerRecord struct {
	when     int64 // nanotime
	period   int64 // 0: once
	target   unsafe.Pointer
	location *Location
	kind     uint32
	reserved [9]uint32
}

// abi::TimerKind
const (
	sendTime      = iota // target: chan Time
	startFunction        // target: func()
)

func (r *timerRecord) sendTo(c chan Time) {
	r.kind = sendTime
	r.target = *(*unsafe.Pointer)(unsafe.Pointer(&c))
	r.location = Local
}

func (r *timerRecord) call(f func()) {
	r.kind = startFunction
	r.target = *(*unsafe.Pointer)(unsafe.Pointer(&f))
}

// after is the clock's reading d from now.
func after(d Duration) int64 {
	now := nanotime()
	if d <= 0 {
		return now
	}
	if when := now + int64(d); when > 0 {
		return when
	}
	return 1<<63 - 1
}

// Timer fires once: it sends the time to C, or calls a function in a goroutine of its own.
type Timer struct {
	C      <-chan Time
	record timerRecord
	made   bool
}

func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	t := &Timer{C: c, made: true}
	t.record.sendTo(c)
	t.record.when = after(d)
	timerStart(&t.record)
	return t
}

// AfterFunc calls f after d.
func AfterFunc(d Duration, f func()) *Timer {
	t := &Timer{made: true}
	t.record.call(f)
	t.record.when = after(d)
	timerStart(&t.record)
	return t
}

// After is NewTimer(d).C.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// Stop keeps the timer from firing and tells whether it would have. Nothing is received from C afterwards.
func (t *Timer) Stop() bool {
	if !t.made {
		panic("time: Stop called on uninitialized Timer")
	}
	return timerStop(&t.record)
}

// Reset makes the timer fire after d, and tells whether it would have fired before.
func (t *Timer) Reset(d Duration) bool {
	if !t.made {
		panic("time: Reset called on uninitialized Timer")
	}
	return timerReset(&t.record, after(d), 0)
}

// Ticker sends the time to C again and again; ticks that nobody is ready for are dropped.
type Ticker struct {
	C      <-chan Time
	record timerRecord
	made   bool
}

func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	t := &Ticker{C: c, made: true}
	t.record.sendTo(c)
	t.record.when = after(d)
	t.record.period = int64(d)
	timerStart(&t.record)
	return t
}

// Stop ends the ticks; C is not closed.
func (t *Ticker) Stop() {
	if t.made {
		timerStop(&t.record)
	}
}

func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if !t.made {
		panic("time: Reset called on uninitialized Ticker")
	}
	timerReset(&t.record, after(d), int64(d))
}

// Tick is NewTicker(d).C, nil for a d that is not positive.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
