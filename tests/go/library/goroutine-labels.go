// Labels of goroutines, for profiles: set for a call or for good, inherited by those that are started, shown by profiles.
//
// stack: deep
package main

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
)

func labelsOf(ctx context.Context) string {
	var all []string
	pprof.ForLabels(ctx, func(key, value string) bool {
		all = append(all, key+"="+value)
		return true
	})
	slices.Sort(all)
	return strings.Join(all, " ")
}

// profiled lists the labels that the goroutine profile shows, with how many goroutines have each.
func profiled() []string {
	var text bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&text, 1); err != nil {
		fmt.Println(err)
	}
	var found []string
	records := regexp.MustCompile(`(?m)^(\d+) @ .*\n# labels: (.*)$`)
	for _, match := range records.FindAllStringSubmatch(text.String(), -1) {
		found = append(found, match[1]+" "+match[2])
	}
	slices.Sort(found)
	return found
}

// parked starts n goroutines that wait for the end of release, and returns when they do.
func parked(n int, release <-chan bool, all *sync.WaitGroup) {
	for range n {
		ready := make(chan bool)
		all.Go(func() {
			close(ready)
			<-release
		})
		<-ready
	}
	runtime.Gosched()
}

func main() {
	background := context.Background()
	release := make(chan bool)
	var all sync.WaitGroup

	pprof.Do(background, pprof.Labels("stage", "read", "shard", "7"), func(ctx context.Context) {
		fmt.Println(labelsOf(ctx), profiled())
		pprof.Do(ctx, pprof.Labels("stage", "parse"), func(ctx context.Context) {
			fmt.Println(labelsOf(ctx), profiled())
			parked(3, release, &all)
		})
		fmt.Println(labelsOf(ctx))
		if value, ok := pprof.Label(ctx, "shard"); ok {
			fmt.Println("shard", value)
		}
	})
	fmt.Println(profiled())

	pprof.SetGoroutineLabels(pprof.WithLabels(background, pprof.Labels("kind", "odd\n\"quoted\"")))
	parked(2, release, &all)
	next, stop := iter.Pull(func(yield func([]string) bool) { yield(profiled()) })
	inside, _ := next()
	fmt.Println(inside)
	stop()
	pprof.SetGoroutineLabels(background)
	runtime.GC()
	fmt.Println(profiled())

	// Labels live as long as somebody has them.
	for i := range 1000 {
		ctx := pprof.WithLabels(background, pprof.Labels("number", fmt.Sprint(i)))
		all.Go(func() {
			pprof.SetGoroutineLabels(ctx)
			var inner sync.WaitGroup
			inner.Go(func() {
				if i%100 == 0 {
					runtime.GC()
				}
				if i%250 == 0 {
					<-release
				}
			})
			pprof.SetGoroutineLabels(background)
			inner.Wait()
		})
	}
	for runtime.NumGoroutine() > 1+3+2+8 {
		runtime.Gosched()
	}
	runtime.GC()
	for _, labels := range profiled() {
		fmt.Println(labels)
	}
	close(release)
	all.Wait()
	fmt.Println(len(profiled()))
}
