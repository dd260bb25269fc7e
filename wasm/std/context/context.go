// Package context carries deadlines, cancellation and values from caller to callee.
package context

import (
	"errors"
	"time"
)

// Context is what a function is given to know when to stop.
type Context interface {
	Deadline() (deadline time.Time, ok bool)
	Done() <-chan struct{} // closed when it is time to stop; nil: that never happens
	Err() error            // why Done is closed, nil before
	Value(key any) any
}

// Canceled and DeadlineExceeded are what Err gives.
var Canceled = errors.New("context canceled")

var DeadlineExceeded error = deadlineExceededError{}

type deadlineExceededError struct{}

func (deadlineExceededError) Error() string   { return "context deadline exceeded" }
func (deadlineExceededError) Timeout() bool   { return true }
func (deadlineExceededError) Temporary() bool { return true }

type emptyCtx struct{}

func (emptyCtx) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }
func (emptyCtx) Done() <-chan struct{}                   { return nil }
func (emptyCtx) Err() error                              { return nil }
func (emptyCtx) Value(key any) any                       { return nil }

type backgroundCtx struct{ emptyCtx }

func (backgroundCtx) String() string { return "context.Background" }

type todoCtx struct{ emptyCtx }

func (todoCtx) String() string { return "context.TODO" }

// Background is the root of all contexts, TODO a root for lack of something better.
func Background() Context { return backgroundCtx{} }
func TODO() Context       { return todoCtx{} }

// CancelFunc cancels a context; all calls but the first do nothing. CancelCauseFunc gives a reason as well.
type (
	CancelFunc      func()
	CancelCauseFunc func(cause error)
)

func mustHaveParent(parent Context) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
}

func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	c := newCancelCtx(parent)
	return c, func() { c.cancel(Canceled, nil) }
}

func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	c := newCancelCtx(parent)
	return c, func(cause error) { c.cancel(Canceled, cause) }
}

// Cause is the reason given for the cancellation of c, or of the ancestor that was cancelled; else Err.
func Cause(c Context) error {
	err := c.Err()
	if err == nil {
		return nil
	}
	if inner, ok := c.Value(&cancelKey).(*cancelCtx); ok {
		inner.mu.Lock()
		defer inner.mu.Unlock()
		if inner.cause != nil {
			return inner.cause
		}
	}
	return err
}

// AfterFunc calls f in a goroutine of its own when ctx is cancelled. stop prevents that and tells whether it was in time.
func AfterFunc(ctx Context, f func()) (stop func() bool) {
	c := &cancelCtx{Context: ctx, done: make(chan struct{}), then: f}
	c.attach()
	return func() bool {
		if !c.disarm() {
			return false
		}
		c.cancel(Canceled, nil)
		return true
	}
}

func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

// WithDeadlineCause gives a context that is cancelled at d, for that cause, if not earlier.
func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	mustHaveParent(parent)
	if earlier, ok := parent.Deadline(); ok && earlier.Before(d) {
		return WithCancel(parent)
	}
	c := &timerCtx{cancelCtx: cancelCtx{Context: parent, done: make(chan struct{})}, deadline: d}
	c.attach()
	if left := time.Until(d); left > 0 {
		c.expireAfter(left, cause)
	} else {
		c.cancel(DeadlineExceeded, cause)
	}
	return c, func() { c.cancel(Canceled, nil) }
}

type timerCtx struct {
	cancelCtx
	deadline time.Time
}

func (c *timerCtx) Deadline() (deadline time.Time, ok bool) { return c.deadline, true }

func (c *timerCtx) String() string {
	return name(c.Context) + ".WithDeadline(" + c.deadline.String() + " [" + time.Until(c.deadline).String() + "])"
}

// WithoutCancel has parent's values and is never cancelled.
func WithoutCancel(parent Context) Context {
	mustHaveParent(parent)
	return withoutCancelCtx{parent}
}

type withoutCancelCtx struct{ c Context }

func (withoutCancelCtx) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }
func (withoutCancelCtx) Done() <-chan struct{}                   { return nil }
func (withoutCancelCtx) Err() error                              { return nil }
func (c withoutCancelCtx) String() string                        { return name(c.c) + ".WithoutCancel" }

func (c withoutCancelCtx) Value(key any) any {
	if key == &cancelKey { // what lies beyond does not cancel this one
		return nil
	}
	return c.c.Value(key)
}
