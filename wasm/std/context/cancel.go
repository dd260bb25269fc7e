package context

import (
	"sync"
	"time"
)

// cancelCtx is a context that can be cancelled, or a function that waits for that.
//
// A child hangs below the nearest cancelCtx among its ancestors, in whose set of children it is, and is cancelled with it.
// Locks are taken downwards: a parent cancels its children while it holds its own lock, so that all are cancelled when its
// cancel returns; a child that is cancelled by itself leaves its parent's set after it has let go of its own.
type cancelCtx struct {
	Context // the parent

	done   chan struct{}
	detach func() // takes it out of where attach has put it; set before anybody else sees c

	mu       sync.Mutex // guards what follows
	err      error      // set once
	cause    error
	children map[*cancelCtx]struct{}
	timer    *time.Timer
	then     func() // to be started when cancelled
}

// cancelKey is the key under which a context tells the nearest cancelCtx: itself or an ancestor.
var cancelKey int

func newCancelCtx(parent Context) *cancelCtx {
	mustHaveParent(parent)
	c := &cancelCtx{Context: parent, done: make(chan struct{})}
	c.attach()
	return c
}

func (c *cancelCtx) Done() <-chan struct{} { return c.done }

func (c *cancelCtx) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func (c *cancelCtx) Value(key any) any {
	if key == &cancelKey {
		return c
	}
	return c.Context.Value(key)
}

func (c *cancelCtx) String() string { return name(c.Context) + ".WithCancel" }

// attach arranges that c is cancelled when its parent is.
func (c *cancelCtx) attach() {
	parent := c.Context
	done := parent.Done()
	if done == nil {
		return
	}
	inherit := func() { c.cancelBy(true, parent.Err(), Cause(parent)) }
	select {
	case <-done:
		inherit()
		return
	default:
	}
	// A context of another package may hide the cancelCtx behind a channel of its own.
	if p, ok := parent.Value(&cancelKey).(*cancelCtx); ok && p.done == done {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.err != nil {
			c.cancelBy(true, p.err, p.cause)
			return
		}
		if p.children == nil {
			p.children = map[*cancelCtx]struct{}{}
		}
		p.children[c] = struct{}{}
		c.detach = func() {
			p.mu.Lock()
			delete(p.children, c)
			p.mu.Unlock()
		}
		return
	}
	if p, ok := parent.(interface{ AfterFunc(func()) func() bool }); ok {
		stop := p.AfterFunc(inherit)
		c.detach = func() { stop() }
		return
	}
	go func() {
		select {
		case <-done:
			inherit()
		case <-c.done:
		}
	}()
}

func (c *cancelCtx) cancel(err, cause error) { c.cancelBy(false, err, cause) }

func (c *cancelCtx) cancelBy(parent bool, err, cause error) {
	if cause == nil {
		cause = err
	}
	c.mu.Lock()
	if c.err != nil {
		c.mu.Unlock()
		return
	}
	c.err, c.cause = err, cause
	close(c.done)
	for child := range c.children {
		child.cancelBy(true, err, cause)
	}
	c.children = nil
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	if c.then != nil {
		go c.then()
		c.then = nil
	}
	c.mu.Unlock()
	if !parent && c.detach != nil {
		c.detach()
	}
}

// disarm keeps `then` from being started; false: it has been already.
func (c *cancelCtx) disarm() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	armed := c.then != nil
	c.then = nil
	return armed
}

func (c *cancelCtx) expireAfter(d time.Duration, cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.timer = time.AfterFunc(d, func() { c.cancel(DeadlineExceeded, cause) })
	}
}
