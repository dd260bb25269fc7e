// Where a goroutine is, as runtime.Caller, log and debug.Stack tell it.
//
// stack: deep
package main

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

func where(skip int) string {
	pc, file, line, ok := runtime.Caller(skip + 1)
	return fmt.Sprint(runtime.FuncForPC(pc).Name(), " ", filepath.Base(file), ":", line, " ", ok)
}

type thing struct{}

func (thing) value() string    { return where(0) }
func (*thing) pointer() string { return where(0) }

type wrapped struct{ thing }

type teller interface{ value() string }

func generic[T any](T) string { return where(1) }

func small() string { return where(1) } // inlined, as those above are

func names() (out []string) {
	var pcs [20]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	for {
		frame, more := frames.Next()
		if strings.HasPrefix(frame.Function, "main.") {
			out = append(out, fmt.Sprint(frame.Function, ":", frame.Line))
		} else {
			out = append(out, frame.Function)
		}
		if !more {
			return out
		}
	}
}

func deep(n int) string {
	if n == 0 {
		return where(2) + " " + where(100)
	}
	return deep(n-1) + ""
}

func main() {
	fmt.Println(where(0))
	fmt.Println(where(100))
	fmt.Println(small(), generic(1))
	var t wrapped
	fmt.Println(t.value(), t.pointer(), teller(t).value())
	func() {
		fmt.Println(where(0), where(1))
		fmt.Println(names())
	}()
	defer func() {
		fmt.Println(recover(), where(0))
		fmt.Println(names())
		fmt.Println(deep(50000))
		buffer := new(bytes.Buffer)
		slog.New(slog.NewTextHandler(buffer, &slog.HandlerOptions{AddSource: true})).Error("said", "error", errors.New("e"))
		fmt.Println(strings.Contains(buffer.String(), "callers.go:75 "))
		for _, line := range strings.Split(string(debug.Stack()), "\n") {
			if strings.HasPrefix(line, "main.main(") || strings.HasPrefix(line, "goroutine ") {
				fmt.Println(line[:10])
			}
		}
	}()
	logger := log.New(os.Stdout, "", log.Lshortfile)
	logger.Print("here")
	logger.Output(1, "and here")
	done := make(chan []string)
	go func() { done <- names() }()
	fmt.Println(<-done)
	panic("so")
}
