// Of calls for the same thing at the same time one does the work: golang.org/x/sync/singleflight.
package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/singleflight"
)

func main() {
	var group singleflight.Group
	var worked, shared atomic.Int32
	release := make(chan struct{})
	var waiting, done sync.WaitGroup
	for range 10 {
		waiting.Add(1)
		done.Go(func() {
			results := group.DoChan("key", func() (any, error) {
				worked.Add(1)
				<-release
				return "value", nil
			})
			waiting.Done()
			result := <-results
			if result.Shared {
				shared.Add(1)
			}
			if result.Val != "value" || result.Err != nil {
				fmt.Println("wrong:", result)
			}
		})
	}
	waiting.Wait()
	close(release)
	done.Wait()
	fmt.Println("worked", worked.Load(), "shared", shared.Load())

	value, err, isShared := group.Do("other", func() (any, error) { return 7, errors.New("no luck") })
	fmt.Println(value, err, isShared)
	group.Forget("other")

	defer func() { fmt.Println("recovered:", recover() != nil) }()
	group.Do("panics", func() (any, error) { panic("in the work") })
}
