package main

// os.Pipe: readers wait for bytes, writers for room, and both for each other's end.

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

func lines() {
	r, w, err := os.Pipe()
	fmt.Println(r.Name(), w.Name(), err)
	go func() {
		for i := range 3 {
			fmt.Fprintln(w, "line", i)
		}
		w.Close()
	}()
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		fmt.Println(scanner.Text())
	}
	n, err := r.Read(make([]byte, 1))
	fmt.Println(n, err, r.Close())
}

// More than a pipe holds.
func much() {
	const writers, count = 4, 50_000
	r, w, _ := os.Pipe()
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			line := strings.Repeat(string(rune('a'+i)), 9) + "\n"
			for range count / writers {
				if _, err := io.WriteString(w, line); err != nil {
					panic(err)
				}
			}
		})
	}
	go func() {
		all.Wait()
		w.Close()
	}()
	seen := map[string]int{}
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		seen[scanner.Text()]++
	}
	fmt.Println(seen)
}

func ends() {
	r, w, _ := os.Pipe()
	r.Close()
	_, err := w.Write([]byte("x"))
	fmt.Println(err, errors.Is(err, syscall.EPIPE))
	_, err = r.Read(make([]byte, 1))
	fmt.Println(err)
	w.Close()

	r, w, _ = os.Pipe()
	_, err = r.Write([]byte("x"))
	fmt.Println(err)
	_, err = w.Seek(0, io.SeekStart)
	fmt.Println(err)
	info, err := w.Stat()
	fmt.Println(info.Mode(), info.Name(), err)

	// Closing lets go of who waits.
	var waiting atomic.Bool
	done := make(chan error)
	go func() {
		waiting.Store(true)
		_, err := r.Read(make([]byte, 1))
		done <- err
	}()
	for !waiting.Load() {
	}
	fmt.Println(r.Close())
	err = <-done
	fmt.Println(err, errors.Is(err, os.ErrClosed))
	w.Close()
}

// What a test does with what a function prints.
func captured() {
	old := os.Stdout
	r, w, _ := os.Pipe()
	os.Stdout = w
	fmt.Println("to nobody else")
	os.Stdout = old
	w.Close()
	text, err := io.ReadAll(r)
	fmt.Printf("%q %v\n", text, err)
}

func main() {
	lines()
	much()
	ends()
	captured()
}
