// The runtime's entry points that this package calls.
package time

import _ "unsafe"

//go:linkname nanotime rt_nanotime
func nanotime() int64

//go:linkname walltime rt_walltime
func walltime() int64

//go:linkname sleep rt_sleep
func sleep(ns int64)

//go:linkname timerStart rt_timerStart
func timerStart(r *timerRecord)

//go:linkname timerStop rt_timerStop
func timerStop(r *timerRecord) bool

//go:linkname timerReset rt_timerReset
func timerReset(r *timerRecord, when, period int64) bool
