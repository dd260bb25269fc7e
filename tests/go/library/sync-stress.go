// sync and sync/atomic under load: every primitive keeps what it promises, whatever the order of events.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func mutex() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	total := 0
	for g := 0; g < 16; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 2000; i++ {
				mu.Lock()
				total++
				if i%100 == 0 {
					runtime.Gosched() // let the others queue up
				}
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	fmt.Println("mutex", total)

	// Starvation: one goroutine holds the lock nearly always, the other must still get it.
	stop := make(chan bool)
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				mu.Lock()
				time.Sleep(100 * time.Microsecond)
				mu.Unlock()
			}
		}
	}()
	for i := 0; i < 20; i++ {
		time.Sleep(100 * time.Microsecond)
		mu.Lock()
		mu.Unlock()
	}
	close(stop)
	fmt.Println("not starved")
	mu.Lock()
	fmt.Println(mu.TryLock())
	mu.Unlock()
	for !mu.TryLock() { // the other goroutine may be in its last turn
		runtime.Gosched()
	}
	mu.Unlock()
}

func rwmutex() {
	var rw sync.RWMutex
	var wg sync.WaitGroup
	var readers, writers, most atomic.Int32
	data := [2]int{}
	for g := 0; g < 12; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 500; i++ {
				if g%4 == 0 {
					rw.Lock()
					if writers.Add(1) != 1 || readers.Load() != 0 {
						panic("a writer is not alone")
					}
					data[0]++
					data[1]++
					writers.Add(-1)
					rw.Unlock()
				} else {
					rw.RLock()
					n := readers.Add(1)
					if n > most.Load() {
						most.Store(n)
					}
					if writers.Load() != 0 || data[0] != data[1] {
						panic("a reader beside a writer")
					}
					if i%50 == 0 {
						runtime.Gosched()
					}
					readers.Add(-1)
					rw.RUnlock()
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("rwmutex", data)
	fmt.Println(rw.TryRLock(), rw.TryRLock(), rw.TryLock())
	rw.RUnlock()
	rw.RUnlock()
	fmt.Println(rw.TryLock(), rw.TryRLock())
	rw.Unlock()
	l := rw.RLocker()
	l.Lock()
	fmt.Println(rw.TryLock())
	l.Unlock()
}

func cond() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	var wg sync.WaitGroup
	queue, taken := 0, 0
	for g := 0; g < 8; g++ {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for i := 0; i < 300; i++ {
				mu.Lock()
				for queue == 0 {
					c.Wait()
				}
				queue--
				taken++
				mu.Unlock()
			}
		}()
		go func() {
			defer wg.Done()
			for i := 0; i < 300; i++ {
				mu.Lock()
				queue++
				mu.Unlock()
				if i%3 == 0 {
					c.Broadcast()
				} else {
					c.Signal()
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("cond", queue, taken)
	func() {
		defer func() { fmt.Println(recover()) }()
		copied := sync.Cond{L: &mu}
		copied.Signal()
		other := copied
		other.Signal()
	}()
}

func once() {
	var once sync.Once
	var wg sync.WaitGroup
	var n atomic.Int64
	for g := 0; g < 50; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			once.Do(func() { n.Add(1); time.Sleep(time.Millisecond) })
			if n.Load() != 1 {
				panic("Do returned before the first call had ended")
			}
		}()
	}
	wg.Wait()
	fmt.Println("once", n.Load())

	calls := 0
	f := sync.OnceFunc(func() { calls++ })
	f()
	f()
	v := sync.OnceValue(func() int { calls++; return calls * 10 })
	fmt.Println(v(), v())
	a, b := sync.OnceValues(func() (string, error) { calls++; return "x", fmt.Errorf("e%d", calls) })()
	fmt.Println(a, b, calls)
	bad := sync.OnceFunc(func() { calls++; panic("bad") })
	for i := 0; i < 2; i++ {
		func() {
			defer func() { fmt.Println(recover(), calls) }()
			bad()
		}()
	}
	var again sync.Once
	for i := 0; i < 2; i++ {
		func() {
			defer func() { fmt.Println(recover()) }()
			again.Do(func() { panic(i) })
		}()
	}
}

func waitGroup() {
	var wg sync.WaitGroup
	var n atomic.Int32
	for round := 0; round < 100; round++ {
		for g := 0; g < 10; g++ {
			wg.Go(func() { n.Add(1) })
		}
		var waiters sync.WaitGroup
		for w := 0; w < 3; w++ {
			waiters.Add(1)
			go func() { wg.Wait(); waiters.Done() }()
		}
		waiters.Wait()
	}
	fmt.Println("wait group", n.Load())
	defer func() { fmt.Println(recover()) }()
	wg.Add(-1)
}

func pool() {
	p := sync.Pool{New: func() any { return new(int) }}
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 3000; i++ {
				x := p.Get().(*int)
				if *x != 0 {
					panic("lent twice")
				}
				*x = 1
				if i%64 == 0 {
					runtime.Gosched()
				}
				*x = 0
				p.Put(x)
			}
		}()
	}
	wg.Wait()
	var empty sync.Pool
	fmt.Println("pool", empty.Get())
	empty.Put(nil)
	fmt.Println(empty.Get())
}

func syncMap() {
	var m sync.Map
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 500; i++ {
				m.Store(i, g)
				m.LoadOrStore(i+1000, g)
				m.Load(i)
				if i%10 == 0 {
					m.Delete(i)
					m.Range(func(k, v any) bool { return k.(int)%7 != 0 })
				}
			}
		}()
	}
	wg.Wait()
	m.Clear()
	fmt.Println(m.Load("a"))
	fmt.Println(m.LoadOrStore("a", 1))
	fmt.Println(m.LoadOrStore("a", 2))
	fmt.Println(m.Swap("a", 3))
	fmt.Println(m.Swap("b", 4))
	fmt.Println(m.CompareAndSwap("a", 2, 5), m.CompareAndSwap("a", 3, 5), m.CompareAndSwap("none", nil, 5))
	fmt.Println(m.CompareAndDelete("a", 3), m.CompareAndDelete("a", 5), m.CompareAndDelete("a", 5))
	fmt.Println(m.LoadAndDelete("b"))
	fmt.Println(m.LoadAndDelete("b"))
	m.Store("x", 1)
	m.Range(func(k, v any) bool { fmt.Println(k, v); m.Delete(k); return true })
	m.Range(func(k, v any) bool { panic("gone") })
}

func atomics() {
	var a atomic.Int64
	var b atomic.Uint32
	var flag atomic.Bool
	var p atomic.Pointer[string]
	var v atomic.Value
	fmt.Println(a.Add(5), a.Swap(7), a.Load(), a.CompareAndSwap(7, 8), a.CompareAndSwap(7, 9), a.Load(), a.And(12), a.Or(3), a.Load())
	fmt.Println(b.Add(^uint32(0)), b.Or(1), b.And(0xff), b.Load())
	fmt.Println(flag.Load(), flag.Swap(true), flag.CompareAndSwap(true, false), flag.Load())
	s := "s"
	fmt.Println(p.Load() == nil, p.CompareAndSwap(nil, &s), *p.Load(), *p.Swap(nil), p.Load() == nil)
	fmt.Println(v.Load(), v.CompareAndSwap("x", "y"), v.CompareAndSwap(nil, "a"), v.Load(), v.Swap("b"), v.CompareAndSwap("a", "c"), v.CompareAndSwap("b", "c"), v.Load(), v.CompareAndSwap(nil, "d"))
	for _, f := range []func(){func() { v.Store(nil) }, func() { v.Store(1) }, func() { v.Swap(nil) }, func() { v.Swap(1) }, func() { v.CompareAndSwap("c", nil) },
		func() { v.CompareAndSwap(1, "c") }, func() { v.CompareAndSwap(1, 2) }, func() { v.CompareAndSwap(nil, 2) }, func() { var w atomic.Value; w.Swap(nil) }} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
			fmt.Println("no panic")
		}()
	}
	var wg sync.WaitGroup
	var shared atomic.Value
	for g := 0; g < 8; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 1000; i++ {
				shared.Store([2]int{i, i})
				if x := shared.Load().([2]int); x[0] != x[1] {
					panic("torn")
				}
			}
		}()
	}
	wg.Wait()
}

func main() {
	mutex()
	rwmutex()
	cond()
	once()
	waitGroup()
	pool()
	syncMap()
	atomics()
	fmt.Printf("%v %+v\n", sync.WaitGroup{}, sync.Once{})
}
