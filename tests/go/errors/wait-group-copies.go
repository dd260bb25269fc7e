package main

import "sync"

func work(wg sync.WaitGroup) { wg.done() }

func main() {
	var wg sync.WaitGroup
	wg.Add()
	wg.Add("one")
	wg.Done(1)
	go work()
	go work(&wg)
	wg.Wait
	x := wg.Wait()
	var mu sync.Mutex
	mu.lock()
	mu.Lock(1)
	if mu.Lock() {
	}
	defer mu.Unlock
	sync.Mutex.Lock()
	var once sync.Once
	once.Do(work)
	once.Do(func() int { return 1 })
	var pool sync.Pool{New: nil} // ERROR `syntax error: unexpected \{ at end of statement`
} // ERROR `syntax error: non-declaration statement outside function body`
