// Channels as reflect uses them.
package runtime

import (
	"internal/abi"
	"unsafe"
)

//go:linkname chanMake rt_chanMake
func chanMake(t *abi.Type, capacity int) unsafe.Pointer

//go:linkname chanSend rt_chanSend
func chanSend(c, value unsafe.Pointer)

//go:linkname chanRecv rt_chanRecv
func chanRecv(c, into unsafe.Pointer) uint32

//go:linkname chanTrySend rt_chanTrySend
func chanTrySend(c, value unsafe.Pointer) bool

//go:linkname chanTryRecv rt_chanTryRecv
func chanTryRecv(c, into unsafe.Pointer) uint32

//go:linkname chanClose rt_chanClose
func chanClose(c unsafe.Pointer)

//go:linkname chanLen rt_chanLen
func chanLen(c unsafe.Pointer) int

//go:linkname chanCap rt_chanCap
func chanCap(c unsafe.Pointer) int

//go:linkname selectOne rt_select
func selectOne(cases *selectCase, n uint32, hasDefault bool) int32

//go:linkname parkForever rt_parkForever
func parkForever()

//go:linkname reflect_makechan reflect.makechan
func reflect_makechan(t *abi.Type, size int) unsafe.Pointer { return chanMake(t, size) }

//go:linkname reflect_chancap reflect.chancap
func reflect_chancap(c unsafe.Pointer) int { return chanCap(c) }

//go:linkname reflect_chanlen reflect.chanlen
func reflect_chanlen(c unsafe.Pointer) int { return chanLen(c) }

//go:linkname reflectlite_chanlen internal/reflectlite.chanlen
func reflectlite_chanlen(c unsafe.Pointer) int { return chanLen(c) }

//go:linkname reflect_chanclose reflect.chanclose
func reflect_chanclose(c unsafe.Pointer) { chanClose(c) }

//go:linkname reflect_chansend reflect.chansend0
func reflect_chansend(c, value unsafe.Pointer, nonblocking bool) bool {
	if nonblocking {
		return chanTrySend(c, value)
	}
	chanSend(c, value)
	return true
}

//go:linkname reflect_chanrecv reflect.chanrecv
func reflect_chanrecv(c unsafe.Pointer, nonblocking bool, into unsafe.Pointer) (selected, received bool) {
	if nonblocking {
		outcome := chanTryRecv(c, into)
		return outcome&1 != 0, outcome&2 != 0
	}
	return true, chanRecv(c, into) != 0
}

// abi::SelectCase
type selectCase struct {
	c        unsafe.Pointer
	value    unsafe.Pointer
	isSend   uint32
	reserved [7]uint32
}

// reflect's description of a case
type reflectCase struct {
	direction uintptr
	chanType  unsafe.Pointer
	c         unsafe.Pointer
	value     unsafe.Pointer
}

const (
	selectSend = 1 + iota
	selectRecv
	selectDefault
)

//go:linkname reflect_rselect reflect.rselect
func reflect_rselect(cases []reflectCase) (chosen int, received bool) {
	if len(cases) == 0 {
		parkForever()
	}
	wanted := make([]selectCase, 0, len(cases))
	position := make([]int, 0, len(cases)) // in cases
	otherwise := -1
	for i := range cases {
		c := &cases[i]
		if c.direction == selectDefault {
			otherwise = i
			continue
		}
		one := selectCase{c: c.c, value: c.value}
		if c.direction == selectSend {
			one.isSend = 1
		}
		wanted = append(wanted, one)
		position = append(position, i)
	}
	if len(wanted) == 0 {
		return otherwise, false
	}
	at := selectOne(&wanted[0], uint32(len(wanted)), otherwise >= 0)
	if at < 0 {
		return otherwise, false
	}
	return position[at], wanted[at].isSend == 0 && lastReceived()
}
