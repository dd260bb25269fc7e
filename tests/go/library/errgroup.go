// Fork and join with golang.org/x/sync: the first error cancels, a limit bounds how many run, a semaphore weighs them.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

func main() {
	group, ctx := errgroup.WithContext(context.Background())
	for i := range 4 {
		group.Go(func() error {
			if i == 2 {
				return fmt.Errorf("task %d: %w", i, errors.ErrUnsupported)
			}
			<-ctx.Done()
			return ctx.Err()
		})
	}
	err := group.Wait()
	fmt.Println(err, errors.Is(err, errors.ErrUnsupported), context.Cause(ctx))

	var limited errgroup.Group
	limited.SetLimit(3)
	var running, most, done atomic.Int32
	for range 20 {
		limited.Go(func() error {
			for n := running.Add(1); ; {
				old := most.Load()
				if n <= old || most.CompareAndSwap(old, n) {
					break
				}
			}
			time.Sleep(time.Millisecond)
			running.Add(-1)
			done.Add(1)
			return nil
		})
	}
	fmt.Println(limited.Wait(), most.Load() <= 3, done.Load())
	limited.SetLimit(0)
	fmt.Println(limited.TryGo(func() error { return nil }))

	weighted := semaphore.NewWeighted(10)
	fmt.Println(weighted.TryAcquire(7), weighted.TryAcquire(4))
	timeout, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	fmt.Println(weighted.Acquire(timeout, 4))
	weighted.Release(7)
	fmt.Println(weighted.Acquire(context.Background(), 10))

	var panics errgroup.Group
	panics.SetLimit(1)
	panics.Go(func() error { return nil })
	defer func() { fmt.Println("recovered:", recover()) }()
	fmt.Println(panics.Wait())
	weighted.Release(11)
}
