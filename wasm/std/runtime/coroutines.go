// Coroutines, for iter.Pull: a goroutine that runs whenever the one that resumed it waits.
package runtime

import "unsafe"

type coro struct {
	f      func(*coro)
	inside bool   // the coroutine runs, not its caller
	caller uint32 // where the caller waits
	self   uint32 // where the coroutine waits
}

// newcoro makes a coroutine that has not begun yet. Package iter's.
func newcoro(f func(*coro)) *coro {
	c := &coro{f: f}
	run := c.run
	goStartAt(*(*unsafe.Pointer)(unsafe.Pointer(&run)), startedAtLiteral|**(**uint32)(unsafe.Pointer(&f)))
	return c
}

// The engine's kStartedAtLiteral: f stands where Go's trace says that the goroutine was created.
const startedAtLiteral = 1 << 31

//go:linkname goStartAt rt_goStartAt
func goStartAt(closure unsafe.Pointer, site uint32)

//go:linkname goroutineLeaves rt_goroutineLeaves
func goroutineLeaves()

// coroswitch lets the other side go on. Package iter's.
func coroswitch(c *coro) {
	if c.inside {
		c.inside = false
		semRelease(&c.caller, true)
		semAcquire(&c.self, forCoroutine)
		return
	}
	c.inside = true
	semRelease(&c.self, true)
	semAcquire(&c.caller, forCoroutine)
}

func (c *coro) run() {
	defer func() { // also after Goexit
		c.inside = false
		goroutineLeaves()
		semRelease(&c.caller, false)
	}()
	semAcquire(&c.self, forCoroutine)
	c.f(c)
}
