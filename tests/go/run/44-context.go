// 3.4 The select statement: Cancelling a tree
// A context is handed down from call to call. Cancel it, and everything below
// is told by a closed channel, with the reason.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

var errFound = errors.New("somebody has found it")

// search counts until it finds the number, or is told that it need not.
func search(ctx context.Context, wanted int, found func()) error {
	for n := 0; ; n++ {
		if n == wanted {
			found()
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		default:
		}
	}
}

func main() {
	ctx, cancel := context.WithCancelCause(context.Background())
	results := make([]error, 4)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() {
			wanted := -1 // the others never find theirs
			if i == 2 {
				wanted = 500
			}
			results[i] = search(ctx, wanted, func() { cancel(errFound) })
		})
	}
	wg.Wait()
	for i, err := range results {
		fmt.Println(i, err)
	}

	deadline, stop := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer stop()
	below := context.WithValue(deadline, "who", "child")
	<-below.Done()
	fmt.Println(below.Value("who"), below.Err(), errors.Is(below.Err(), context.DeadlineExceeded))
}
