// Package testing/synctest's bubbles. The engine knows who belongs to one, and when all of them wait for each other.
package runtime

import "unsafe"

// bubblesRun tells that there has been a bubble. Most programs have none, and shall not pay for them: the engine is asked for the
// goroutine's only then.
var bubblesRun bool

//go:linkname bubbleNow rt_bubbleNow
func bubbleNow() int64

// bubbleTime is the clock of the bubble that the goroutine is in; 0: it is in none.
func bubbleTime() int64 {
	if !bubblesRun {
		return 0
	}
	return bubbleNow()
}

// bubbleId tells in which bubble the goroutine is; 0: in none.
func bubbleId() int64 {
	if !bubblesRun {
		return 0
	}
	bubbleNow()
	return result64()
}

// bubbleDeadlock is what synctest_Run panics with when the bubble's goroutines wait for each other.
type bubbleDeadlock struct {
	reason string
	bubble int64
}

func (e bubbleDeadlock) Error() string { return e.reason }

//go:linkname bubbleEnter rt_bubbleEnter
func bubbleEnter(entry unsafe.Pointer) bool

//go:linkname bubbleRest rt_bubbleRest
func bubbleRest() uint32

//go:linkname bubbleLeave rt_bubbleLeave
func bubbleLeave()

//go:linkname bubbleWait rt_bubbleWait
func bubbleWait() bool

// What bubbleRest tells: the engine's bubbles::Rest.
const (
	bubbleAdvanced = iota
	bubbleEnded
	bubbleStuck
	bubbleMainEnded
)

//go:linkname synctest_Run internal/synctest.Run
func synctest_Run(f func()) {
	if !bubblesRun {
		bubblesRun = true
	}
	if !bubbleEnter(*(*unsafe.Pointer)(unsafe.Pointer(&f))) {
		panic("synctest.Run called from within a synctest bubble")
	}
	bubble := bubbleId()
	defer func() {
		forgetAssociations(bubble)
		bubbleLeave()
	}()
	for {
		switch bubbleRest() {
		case bubbleEnded:
			return
		case bubbleStuck:
			panic(bubbleDeadlock{"deadlock: all goroutines in bubble are blocked", bubble})
		case bubbleMainEnded:
			panic(bubbleDeadlock{"deadlock: main bubble goroutine has exited but blocked goroutines remain", bubble})
		}
	}
}

//go:linkname synctest_Wait internal/synctest.Wait
func synctest_Wait() {
	if bubbleId() == 0 {
		panic("goroutine is not in a bubble")
	}
	if !bubbleWait() {
		panic("wait already in progress")
	}
}

//go:linkname synctest_IsInBubble internal/synctest.IsInBubble
func synctest_IsInBubble() bool { return bubbleId() != 0 }

// ---- objects that belong to a bubble: wait groups. They are kept until their counter comes to 0 or the bubble ends.

var associations struct {
	lock    uint32
	bubbles map[unsafe.Pointer]int64
}

// What associate tells.
const (
	unbubbled = iota
	currentBubble
	otherBubble
)

//go:linkname synctest_associate internal/synctest.associate
func synctest_associate(p unsafe.Pointer) int {
	if objectAt(p) == nil {
		return unbubbled // a package's variable
	}
	id := bubbleId()
	lockWord(&associations.lock)
	defer unlockWord(&associations.lock)
	if known, is := associations.bubbles[p]; !is {
		if associations.bubbles == nil {
			associations.bubbles = map[unsafe.Pointer]int64{}
		}
		associations.bubbles[p] = id
	} else if known != id {
		return otherBubble
	}
	return currentBubble
}

//go:linkname synctest_disassociate internal/synctest.disassociate
func synctest_disassociate(p unsafe.Pointer) {
	lockWord(&associations.lock)
	delete(associations.bubbles, p)
	unlockWord(&associations.lock)
}

//go:linkname synctest_isAssociated internal/synctest.isAssociated
func synctest_isAssociated(p unsafe.Pointer) bool {
	id := bubbleId()
	lockWord(&associations.lock)
	known := associations.bubbles[p]
	unlockWord(&associations.lock)
	return known == id
}

func forgetAssociations(bubble int64) {
	lockWord(&associations.lock)
	for p, id := range associations.bubbles {
		if id == bubble {
			delete(associations.bubbles, p)
		}
	}
	unlockWord(&associations.lock)
}

// ---- for what JavaScript calls back, which nothing here is

//go:linkname synctest_acquire internal/synctest.acquire
func synctest_acquire() any { return nil }

//go:linkname synctest_release internal/synctest.release
func synctest_release(bubble any) {}

//go:linkname synctest_inBubble internal/synctest.inBubble
func synctest_inBubble(bubble any, f func()) { f() }
