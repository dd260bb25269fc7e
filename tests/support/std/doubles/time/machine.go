package time

import (
	"std.test/std/internal/machine"
	"sync"
	"time"
	"unsafe"
)

func nanotime() int64 { return machine.Nanotime() }
func walltime() int64 { return time.Now().UnixNano() }
func sleep(ns int64)  { time.Sleep(time.Duration(ns)) }

// A timer's generation rises with every start, stop and reset: what an older one still does is without effect.
type doubleTimer struct {
	generation int
	pending    bool
}

var (
	timersMu sync.Mutex
	timers   = map[*timerRecord]*doubleTimer{}
)

func (r *timerRecord) channel() chan Time { return *(*chan Time)(unsafe.Pointer(&r.target)) }

func timerStart(r *timerRecord) {
	timersMu.Lock()
	defer timersMu.Unlock()
	d := timers[r]
	if d == nil {
		d = &doubleTimer{}
		timers[r] = d
	}
	d.generation++
	d.pending = true
	d.arm(r, d.generation)
}

func (d *doubleTimer) arm(r *timerRecord, generation int) {
	time.AfterFunc(time.Duration(r.when-nanotime()), func() {
		timersMu.Lock()
		defer timersMu.Unlock()
		if d.generation != generation {
			return
		}
		if r.kind == sendTime {
			select {
			case r.channel() <- Now():
			default:
			}
		} else {
			go (*(*func())(unsafe.Pointer(&r.target)))()
		}
		if r.period > 0 {
			r.when += r.period
			d.arm(r, generation)
		} else {
			d.pending = false
		}
	})
}

func timerStop(r *timerRecord) bool {
	timersMu.Lock()
	defer timersMu.Unlock()
	d := timers[r]
	was := d.pending
	d.generation++
	d.pending = false
	if r.kind == sendTime {
		select {
		case <-r.channel():
			was = true
		default:
		}
	}
	return was
}

func timerReset(r *timerRecord, when, period int64) bool {
	was := timerStop(r)
	r.when, r.period = when, period
	timerStart(r)
	return was
}
