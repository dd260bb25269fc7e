// Signals that a program sends to itself: told to who wants to know, ignored, or what they do by themselves.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// A server that is told to stop: the usual way to end one.
func graceful() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var workers sync.WaitGroup
	for i := range 3 {
		workers.Go(func() {
			for tick := time.NewTicker(time.Millisecond); ; {
				select {
				case <-tick.C:
				case <-ctx.Done():
					if i == 0 {
						fmt.Println("stopped:", context.Cause(ctx))
					}
					return
				}
			}
		})
	}
	self, err := os.FindProcess(os.Getpid())
	fmt.Println(err)
	err = self.Signal(syscall.SIGTERM)
	workers.Wait()
	fmt.Println(err)
}

func main() {
	graceful()

	all, one := make(chan os.Signal, 4), make(chan os.Signal, 1)
	signal.Notify(all)
	signal.Notify(one, syscall.SIGUSR1)
	fmt.Println(syscall.Kill(syscall.Getpid(), syscall.SIGUSR1), <-all, <-one)
	fmt.Println(syscall.Kill(syscall.Getpid(), syscall.SIGHUP), <-all, len(one))
	signal.Reset(syscall.SIGUSR1)
	signal.Ignore(syscall.SIGUSR1)
	fmt.Println(signal.Ignored(syscall.SIGUSR1), signal.Ignored(syscall.SIGUSR2))
	fmt.Println(syscall.Kill(syscall.Getpid(), syscall.SIGUSR1))
	signal.Stop(all)
	fmt.Println(syscall.Kill(syscall.Getpid(), syscall.SIGWINCH), len(all), len(one))
	fmt.Println(syscall.Kill(syscall.Getpid(), 0), syscall.Kill(1<<30, syscall.SIGINT), syscall.Kill(syscall.Getpid(), 999))
	_, err := os.FindProcess(1 << 30)
	fmt.Println(err)

	// From many goroutines at once: at least one arrives.
	signal.Notify(all, syscall.SIGUSR2)
	var senders sync.WaitGroup
	for range 20 {
		senders.Go(func() { syscall.Kill(syscall.Getpid(), syscall.SIGUSR2) })
	}
	senders.Wait()
	fmt.Println(<-all)
	fmt.Println("here", time.Second)
}
