// context: cancellation goes down the tree with its cause, deadlines, values, functions that wait, contexts of other packages.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type key string

type foreign struct {
	context.Context
	done chan struct{}
	mu   sync.Mutex
	err  error
}

func (f *foreign) Done() <-chan struct{} { return f.done }
func (f *foreign) Err() error            { f.mu.Lock(); defer f.mu.Unlock(); return f.err }
func (f *foreign) end(err error) {
	f.mu.Lock()
	f.err = err
	f.mu.Unlock()
	close(f.done)
}

// withAfterFunc tells of its end by calling functions.
type withAfterFunc struct {
	foreign
	calls []func()
}

func (w *withAfterFunc) AfterFunc(f func()) func() bool {
	w.calls = append(w.calls, f)
	return func() bool { fmt.Println("stopped waiting"); return true }
}

func state(name string, ctx context.Context) {
	select {
	case <-ctx.Done():
		fmt.Println(name, "done", ctx.Err(), "|", context.Cause(ctx))
	default:
		fmt.Println(name, "open", ctx.Err(), context.Cause(ctx))
	}
}

func main() {
	background := context.Background()
	fmt.Println(background, context.TODO(), background.Done() == nil, background.Err(), background.Value("x"))

	a, cancelA := context.WithCancel(background)
	b, cancelB := context.WithCancelCause(a)
	c, cancelC := context.WithCancel(context.WithValue(b, key("k"), 1))
	d := context.WithoutCancel(c)
	fmt.Println(a, b, c, d)
	fmt.Printf("%T %T %T %T\n", background, a, context.WithValue(a, key("x"), nil), d)
	state("c", c)
	cancelB(errors.New("reason"))
	cancelB(errors.New("another"))
	for i, ctx := range []context.Context{a, b, c, d} {
		state(string(rune('a'+i)), ctx)
	}
	cancelC()
	cancelA()
	cancelA()
	state("a", a)
	state("c", c)
	fmt.Println(d.Value(key("k")), c.Value(key("k")), c.Value("k"), d.Err(), d.Done() == nil)

	late, cancelLate := context.WithCancel(a)
	state("late", late)
	cancelLate()

	soon, cancelSoon := context.WithTimeoutCause(background, 5*time.Millisecond, errors.New("too slow"))
	below, cancelBelow := context.WithTimeout(soon, time.Hour)
	deadline, ok := below.Deadline()
	own, _ := soon.Deadline()
	fmt.Println(deadline.Equal(own), ok)
	<-below.Done()
	state("soon", soon)
	state("below", below)
	fmt.Println(errors.Is(below.Err(), context.DeadlineExceeded), below.Err().(interface{ Timeout() bool }).Timeout())
	cancelSoon()
	cancelBelow()
	past, cancelPast := context.WithDeadline(background, time.Now().Add(-time.Second))
	state("past", past)
	cancelPast()
	state("past", past)
	early, cancelEarly := context.WithTimeout(background, time.Hour)
	cancelEarly()
	state("early", early)

	v := context.WithValue(context.WithValue(background, key("one"), "1"), key("two"), 2)
	fmt.Println(v.Value(key("one")), v.Value(key("two")), v.Value(key("three")), v.Value("one"), v)
	fmt.Println(context.WithValue(background, 5, struct{}{}), context.WithValue(background, key("k"), time.Second), context.WithValue(background, 1, nil))
	for _, f := range []func(){func() { context.WithValue(background, nil, 1) }, func() { context.WithValue(background, []int{}, 1) }, func() { context.WithCancel(nil) }, func() { context.WithValue(nil, 1, 1) }, func() { context.WithTimeout(nil, 1) },
		func() { context.WithoutCancel(nil) }} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}

	// AfterFunc
	x, cancelX := context.WithCancel(background)
	called := make(chan string, 4)
	stop1 := context.AfterFunc(x, func() { called <- "first" })
	stop2 := context.AfterFunc(x, func() { called <- "second" })
	fmt.Println(stop1(), stop1())
	cancelX()
	fmt.Println(<-called, stop2())
	context.AfterFunc(x, func() { called <- "at once" })
	fmt.Println(<-called)
	context.AfterFunc(background, func() { panic("never") })

	// Others' contexts
	f := &foreign{Context: background, done: make(chan struct{})}
	g, cancelG := context.WithCancel(f)
	h, cancelH := context.WithCancel(context.WithValue(g, key("h"), 1))
	state("h", h)
	f.end(errors.New("foreign end"))
	<-h.Done()
	state("g", g)
	state("h", h)
	cancelG()
	cancelH()
	over, cancelOver := context.WithCancel(f)
	state("over", over)
	cancelOver()
	w := &withAfterFunc{foreign: foreign{Context: background, done: make(chan struct{})}}
	y, cancelY := context.WithCancel(w)
	z, cancelZ := context.WithCancel(w)
	cancelZ()
	state("z", z)
	w.err = errors.New("by call")
	w.calls[0]()
	state("y", y)
	cancelY()
	wrapped, cancelWrapped := context.WithCancel(&foreign{Context: a, done: make(chan struct{})}) // hides a's channel
	state("wrapped", wrapped)
	cancelWrapped()

	// Many at once
	root, cancelRoot := context.WithCancelCause(background)
	var wg sync.WaitGroup
	var ended, started atomic.Int32
	for i := range 200 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ctx, cancel := context.WithTimeout(root, time.Hour)
			defer cancel()
			inner, cancelInner := context.WithCancel(context.WithValue(ctx, key("i"), i))
			defer cancelInner()
			started.Add(1)
			if i%3 == 0 {
				cancel()
			}
			<-inner.Done()
			if inner.Value(key("i")) == i && (i%3 == 0 || context.Cause(inner).Error() == "all stop") {
				ended.Add(1)
			}
		}()
	}
	for started.Load() < 200 {
		time.Sleep(time.Millisecond)
	}
	cancelRoot(errors.New("all stop"))
	wg.Wait()
	fmt.Println(ended.Load(), root.Err(), context.Cause(root))
}
