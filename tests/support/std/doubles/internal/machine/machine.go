// Package machine does for the overlay packages under Go's own runtime what Millrace's runtime does for them: the test double
// behind the doubles of their machine.go files.
package machine

import (
	"os"
	"sync"
	"sync/atomic"
	"time"
)

var (
	mu      sync.Mutex
	waiters = map[*uint32][]chan struct{}{} // by semaphore, the first to wake in front
)

func SemAcquire(word *uint32, how uint32) {
	mu.Lock()
	if *word > 0 {
		atomic.AddUint32(word, ^uint32(0))
		mu.Unlock()
		return
	}
	turn := make(chan struct{})
	if how&1 != 0 {
		waiters[word] = append([]chan struct{}{turn}, waiters[word]...)
	} else {
		waiters[word] = append(waiters[word], turn)
	}
	mu.Unlock()
	<-turn
}

func SemRelease(word *uint32, handoff bool) {
	mu.Lock()
	defer mu.Unlock()
	queue := waiters[word]
	if len(queue) == 0 {
		atomic.AddUint32(word, 1)
		return
	}
	close(queue[0])
	if len(queue) == 1 {
		delete(waiters, word)
	} else {
		waiters[word] = queue[1:]
	}
}

// NotifyList mirrors the one of package sync.
type NotifyList struct {
	Wait, Notify uint32
}

var listWaiters = map[*NotifyList]map[uint32]chan struct{}{}

func NotifyListAdd(l *NotifyList) uint32 {
	mu.Lock()
	defer mu.Unlock()
	if listWaiters[l] == nil {
		listWaiters[l] = map[uint32]chan struct{}{}
	}
	listWaiters[l][l.Wait] = make(chan struct{})
	l.Wait++
	return l.Wait - 1
}

func NotifyListWait(l *NotifyList, ticket uint32) {
	mu.Lock()
	turn, waits := listWaiters[l][ticket]
	mu.Unlock()
	if waits { // else the wakeup came before the wait
		<-turn
	}
}

func NotifyListNotifyOne(l *NotifyList) {
	mu.Lock()
	defer mu.Unlock()
	if l.Notify != l.Wait {
		l.notify()
	}
}

func NotifyListNotifyAll(l *NotifyList) {
	mu.Lock()
	defer mu.Unlock()
	for l.Notify != l.Wait {
		l.notify()
	}
}

func (l *NotifyList) notify() {
	close(listWaiters[l][l.Notify])
	delete(listWaiters[l], l.Notify)
	l.Notify++
}

// Nanotime begins near 1, as the runtime's does.
func Nanotime() int64 { return int64(time.Since(start)) + 1 }

var start = time.Now()

func Fatal(text string) {
	os.Stderr.WriteString("fatal error: " + text + "\n")
	os.Exit(2)
}
