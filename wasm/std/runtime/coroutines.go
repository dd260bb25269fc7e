// Coroutines, for iter.Pull: a goroutine that runs whenever the one that resumed it waits.
package runtime

type coro struct {
	f       func(*coro)
	started bool
	inside  bool   // the coroutine runs, not its caller
	caller  uint32 // where the caller waits
	self    uint32 // where the coroutine waits
}

// newcoro makes a coroutine that has not begun yet. Package iter's.
func newcoro(f func(*coro)) *coro { return &coro{f: f} }

// coroswitch lets the other side go on. Package iter's.
func coroswitch(c *coro) {
	if c.inside {
		c.inside = false
		semRelease(&c.caller, true)
		semAcquire(&c.self, forSemacquire)
		return
	}
	c.inside = true
	if c.started {
		semRelease(&c.self, true)
	} else {
		c.started = true
		go c.run()
	}
	semAcquire(&c.caller, forSemacquire)
}

func (c *coro) run() {
	defer func() { // also after Goexit
		c.inside = false
		semRelease(&c.caller, false)
	}()
	c.f(c)
}
