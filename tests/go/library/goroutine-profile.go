// Where all goroutines are, counted by place: the goroutine profile.
//
// stack: deep

package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
)

var began sync.WaitGroup

func receive(from chan int) {
	began.Done()
	<-from
}

func deep(n int, lock *sync.RWMutex) {
	if n > 0 {
		deep(n-1, lock)
		return
	}
	began.Done()
	lock.RLock()
}

// Without addresses, and of the frames only the program's own.
func show(profile string) {
	frame := regexp.MustCompile(`^#\t0x[0-9a-f]+\t(main\.\S+)\+0x[0-9a-f]+\t+(\S+)$`)
	count := regexp.MustCompile(`^(\d+) @( 0x[0-9a-f]+)+$`)
	for line := range strings.Lines(profile) {
		line = strings.TrimSuffix(line, "\n")
		if parts := frame.FindStringSubmatch(line); parts != nil {
			fmt.Println("#", parts[1], filepath.Base(parts[2]))
		} else if parts := count.FindStringSubmatch(line); parts != nil {
			fmt.Println(parts[1], "@")
		} else if !strings.HasPrefix(line, "#") {
			fmt.Println(line)
		}
	}
}

func main() {
	never := make(chan int)
	var lock sync.RWMutex
	lock.Lock()
	const receivers, readers, selects = 5, 3, 2
	began.Add(receivers + readers + selects)
	for range receivers {
		go receive(never)
	}
	for range readers {
		go deep(4, &lock)
	}
	for range selects {
		go func() {
			began.Done()
			select {}
		}()
	}
	began.Wait()
	for rest := []byte("[runnable]"); bytes.Contains(rest, []byte("[run")); {
		runtime.Gosched()
		_, rest, _ = bytes.Cut(stacks(), []byte("\n\n")) // without this goroutine
	}

	goroutines := pprof.Lookup("goroutine")
	var text strings.Builder
	goroutines.WriteTo(&text, 1)
	show(text.String())
	fmt.Println(goroutines.Count(), runtime.NumGoroutine())

	fmt.Println(runtime.GoroutineProfile(nil))
	records := make([]runtime.StackRecord, 20)
	n, ok := runtime.GoroutineProfile(records)
	fmt.Println(n, ok)
	counts := map[string]int{}
	for i := range records[:n] {
		frames := runtime.CallersFrames(records[i].Stack())
		for more := true; more; {
			var frame runtime.Frame
			frame, more = frames.Next()
			if strings.HasPrefix(frame.Function, "main.") {
				counts[fmt.Sprint(frame.Function, ":", frame.Line)]++
			}
		}
	}
	fmt.Println(counts, len(records[n].Stack()))

	text.Reset()
	goroutines.WriteTo(&text, 2)
	fmt.Println(strings.Count(text.String(), " [chan receive]:\nmain.receive("), strings.Count(text.String(), "created by main.main in goroutine 1\n"))

	var packed bytes.Buffer
	pprof.Lookup("goroutine").WriteTo(&packed, 0)
	reader, err := gzip.NewReader(&packed)
	if err != nil {
		fmt.Println(err)
		return
	}
	binary, err := io.ReadAll(reader)
	fmt.Println(bytes.Contains(binary, []byte("main.receive")), err)
}

func stacks() []byte {
	text := make([]byte, 1<<16)
	return text[:runtime.Stack(text, true)]
}
