// Everything at once, for as long as told: many small tasks of every kind run side by side, and each checks that nothing was
// lost and nothing came twice. Between rounds, memory and goroutines are counted; they may not grow.
//
//	mix [-for 10m] [-seed N] [-tasks N]
//
// What it demands holds of any Go; `go run -race` of it is silent.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var (
	duration = flag.Duration("for", 10*time.Minute, "how long")
	seed     = flag.Uint64("seed", uint64(time.Now().UnixNano()), "of all choices")
	parallel = flag.Int("tasks", 24, "tasks side by side")
)

type task struct {
	name string
	run  func(r *rand.Rand)
}

var tasks = []task{
	{"pipeline", pipeline},
	{"fan out, fan in", fan},
	{"buffered", buffered},
	{"select", selecting},
	{"time out", timeOut},
	{"ticker", ticker},
	{"mutex", mutex},
	{"rwmutex", rwmutex},
	{"cond queue", condQueue},
	{"once and pool", onceAndPool},
	{"sync map", syncMap},
	{"atomics", atomics},
	{"context", contexts},
	{"tree of goroutines", tree},
	{"panics", panics},
	{"goexit", goexit},
	{"depth", depth},
	{"garbage", garbage},
	{"cleanup", cleanup},
	{"pull", pull},
	{"ring", ring},
	{"spin", spin},
	{"procs", procs},
}

// ensure ends the program where something was lost or came twice.
func ensure(ok bool, format string, args ...any) {
	if !ok {
		panic("soak: " + fmt.Sprintf(format, args...))
	}
}

func equal[T comparable](what string, got, want T) {
	ensure(got == want, "%s: %v, not %v", what, got, want)
}

// sumTo is 1 + … + n.
func sumTo(n int) int { return n * (n + 1) / 2 }

func pipeline(r *rand.Rand) {
	n, stages := 50+r.IntN(200), 1+r.IntN(20)
	in := make(chan int)
	out := in
	for range stages {
		from, to := out, make(chan int, r.IntN(3))
		go func() {
			defer close(to)
			for v := range from {
				to <- v + 1
			}
		}()
		out = to
	}
	go func() {
		defer close(in)
		for i := range n {
			in <- i + 1
		}
	}()
	next := 1 + stages
	for v := range out {
		equal("pipeline", v, next)
		next++
	}
	equal("pipeline's end", next, n+1+stages)
}

func fan(r *rand.Rand) {
	n, workers := 200+r.IntN(500), 1+r.IntN(16)
	jobs, results := make(chan int, r.IntN(8)), make(chan int, r.IntN(8))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range jobs {
				if job%7 == 0 {
					runtime.Gosched()
				}
				results <- job
			}
		})
	}
	go func() {
		for i := range n {
			jobs <- i + 1
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	seen, sum := make([]bool, n+1), 0
	for v := range results {
		ensure(!seen[v], "fan: %d twice", v)
		seen[v] = true
		sum += v
	}
	equal("fan", sum, sumTo(n))
}

func buffered(r *rand.Rand) {
	c := make(chan string, 1+r.IntN(100))
	n := 300
	go func() {
		for i := range n {
			c <- fmt.Sprint(i)
		}
		close(c)
	}()
	i := 0
	for s := range c {
		equal("buffered", s, fmt.Sprint(i))
		i++
	}
	equal("buffered's end", i, n)
}

func selecting(r *rand.Rand) {
	const kinds = 4
	n := 100 + r.IntN(200)
	var chans [kinds]chan int
	for i := range chans {
		chans[i] = make(chan int, r.IntN(2))
	}
	for i := range chans {
		go func() {
			for v := range n {
				select {
				case chans[i] <- v:
				case chans[(i+1)%kinds] <- v:
				}
			}
		}()
	}
	sum := 0
	for range kinds * n {
		select {
		case v := <-chans[0]:
			sum += v
		case v := <-chans[1]:
			sum += v
		case v := <-chans[2]:
			sum += v
		case v := <-chans[3]:
			sum += v
		}
	}
	equal("select", sum, kinds*sumTo(n-1))
}

func timeOut(r *rand.Rand) {
	c := make(chan int)
	wait := time.Duration(r.IntN(3_000_000))
	done := make(chan bool)
	go func() {
		defer close(done)
		timer := time.NewTimer(wait)
		select {
		case <-c:
			timer.Stop()
		case <-timer.C:
		}
	}()
	time.Sleep(time.Duration(r.IntN(3_000_000)))
	select {
	case c <- 1:
	case <-done:
	}
	<-done
}

func ticker(r *rand.Rand) {
	t := time.NewTicker(time.Duration(200_000 + r.IntN(1_000_000)))
	defer t.Stop()
	var fired atomic.Int32
	after := time.AfterFunc(time.Millisecond, func() { fired.Add(1) })
	for range 3 {
		<-t.C
	}
	if after.Stop() {
		equal("stopped timer", fired.Load(), 0)
	}
	t.Reset(300 * time.Microsecond)
	<-t.C
}

func mutex(r *rand.Rand) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	count, goroutines, each := 0, 2+r.IntN(10), 200
	for range goroutines {
		wg.Go(func() {
			for i := range each {
				if i%5 == 0 {
					for !mu.TryLock() {
						runtime.Gosched()
					}
				} else {
					mu.Lock()
				}
				count++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	equal("mutex", count, goroutines*each)
}

func rwmutex(r *rand.Rand) {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	m := map[int]int{}
	writers, readers, each := 1+r.IntN(3), 1+r.IntN(8), 50
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				mu.Lock()
				m[w*each+i] = i
				m[-1]++
				mu.Unlock()
			}
		})
	}
	for range readers {
		wg.Go(func() {
			for range each {
				mu.RLock()
				if n := m[-1]; n > 0 {
					equal("rwmutex", len(m), n+1)
				}
				mu.RUnlock()
			}
		})
	}
	wg.Wait()
	equal("rwmutex's end", m[-1], writers*each)
}

func condQueue(r *rand.Rand) {
	var mu sync.Mutex
	notEmpty, notFull := sync.NewCond(&mu), sync.NewCond(&mu)
	var queue []int
	capacity, n, takers := 1+r.IntN(10), 300, 1+r.IntN(5)
	var wg sync.WaitGroup
	sum, taken := 0, 0
	for range takers {
		wg.Go(func() {
			for {
				mu.Lock()
				for len(queue) == 0 && taken < n {
					notEmpty.Wait()
				}
				if taken == n {
					mu.Unlock()
					notEmpty.Broadcast()
					return
				}
				sum += queue[0]
				queue = queue[1:]
				taken++
				mu.Unlock()
				notFull.Signal()
			}
		})
	}
	for i := range n {
		mu.Lock()
		for len(queue) == capacity {
			notFull.Wait()
		}
		queue = append(queue, i+1)
		mu.Unlock()
		notEmpty.Signal()
	}
	wg.Wait()
	equal("cond queue", sum, sumTo(n))
}

var pool = sync.Pool{New: func() any { return new([512]byte) }}

func onceAndPool(r *rand.Rand) {
	var calls atomic.Int32
	value := sync.OnceValue(func() int { runtime.Gosched(); return int(calls.Add(1)) })
	var wg sync.WaitGroup
	for i := range 8 {
		mark := byte(r.IntN(256))
		wg.Go(func() {
			equal("once", value(), 1)
			b := pool.Get().(*[512]byte)
			for k := range b {
				b[k] = mark
			}
			runtime.Gosched()
			for k := range b {
				equal("pool", b[k], mark)
			}
			if i%2 == 0 {
				pool.Put(b)
			}
		})
	}
	wg.Wait()
	equal("once's calls", calls.Load(), 1)
}

func syncMap(r *rand.Rand) {
	var m sync.Map
	var wg sync.WaitGroup
	var stored atomic.Int32
	keys := 50 + r.IntN(100)
	for range 4 {
		wg.Go(func() {
			for k := range keys {
				if _, loaded := m.LoadOrStore(k, fmt.Sprint(k)); !loaded {
					stored.Add(1)
				}
			}
		})
	}
	wg.Wait()
	equal("sync map", int(stored.Load()), keys)
	m.Range(func(k, v any) bool { equal("sync map's value", v.(string), fmt.Sprint(k)); return true })
}

func atomics(r *rand.Rand) {
	var sum atomic.Int64
	var list atomic.Pointer[node]
	var wg sync.WaitGroup
	n := 200
	for range 4 {
		wg.Go(func() {
			for i := range n {
				sum.Add(int64(i))
				head := &node{value: i}
				for {
					head.next = list.Load()
					if list.CompareAndSwap(head.next, head) {
						break
					}
				}
			}
		})
	}
	wg.Wait()
	count, inList := 0, 0
	for at := list.Load(); at != nil; at = at.next {
		count++
		inList += at.value
	}
	equal("list", count, 4*n)
	equal("list's sum", int64(inList), sum.Load())
}

type node struct {
	next  *node
	value int
}

func contexts(r *rand.Rand) {
	ctx, cancel := context.WithCancelCause(context.Background())
	timed, cancelTimed := context.WithTimeout(ctx, time.Duration(r.IntN(4_000_000)))
	defer cancelTimed()
	cause := errors.New("enough")
	var wg sync.WaitGroup
	var ended atomic.Int32
	for range 10 {
		wg.Go(func() {
			child := context.WithValue(timed, "k", 1)
			<-child.Done()
			ended.Add(1)
		})
	}
	stop := context.AfterFunc(timed, func() { ended.Add(100) })
	time.Sleep(time.Duration(r.IntN(2_000_000)))
	stopped := stop()
	cancel(cause)
	wg.Wait()
	if stopped {
		equal("contexts", ended.Load(), 10)
	}
	ensure(timed.Err() != nil && context.Cause(ctx) == cause, "contexts: %v", timed.Err())
}

func tree(r *rand.Rand) {
	var grow func(depth int) int
	grow = func(depth int) int {
		if depth == 0 {
			return 1
		}
		left := make(chan int)
		go func() { left <- grow(depth - 1) }()
		return grow(depth-1) + <-left
	}
	depth := 4 + r.IntN(6)
	equal("tree", grow(depth), 1<<depth)
}

func panics(r *rand.Rand) {
	n := 5 + r.IntN(20)
	errs := make(chan any, n)
	for i := range n {
		go func() {
			defer func() { errs <- recover() }()
			defer func() {
				if r := recover(); r != nil {
					panic(fmt.Sprint("again: ", r))
				}
			}()
			var m map[int]int
			if i%2 == 0 {
				runtime.Gosched()
				m[i] = 1
			}
			_ = []int{}[i]
		}()
	}
	for range n {
		text := fmt.Sprint(<-errs)
		ensure(strings.HasPrefix(text, "again: "), "panics: %s", text)
	}
}

func goexit(r *rand.Rand) {
	n := 1 + r.IntN(20)
	var wg sync.WaitGroup
	var deferred, after atomic.Int32
	for range n {
		wg.Go(func() {
			defer deferred.Add(1)
			func() {
				runtime.Gosched()
				runtime.Goexit()
			}()
			after.Add(1)
		})
	}
	wg.Wait()
	equal("goexit", deferred.Load(), int32(n))
	equal("after goexit", after.Load(), 0)
}

func depth(r *rand.Rand) {
	var down func(n int) int
	down = func(n int) int {
		if n == 0 {
			runtime.Gosched()
			return 0
		}
		var pad [4]int
		pad[n%4] = n
		return down(n-1) + pad[n%4]
	}
	n := 1000 + r.IntN(50_000)
	equal("depth", down(n), sumTo(n))
}

func garbage(r *rand.Rand) {
	type record struct {
		name string
		tags []string
		next *record
	}
	var kept *record
	counts := map[string]int{}
	for i := range 2000 {
		one := &record{name: fmt.Sprint("r", i%100), tags: []string{"a", strings.Repeat("b", r.IntN(50))}}
		counts[one.name]++
		if i%10 == 0 {
			one.next, kept = kept, one
		}
	}
	n := 0
	for at := kept; at != nil; at = at.next {
		equal("garbage", at.tags[0], "a")
		n++
	}
	equal("garbage kept", n, 200)
	names := slices.Sorted(maps.Keys(counts))
	equal("garbage's names", len(names), 100)
	for _, name := range names {
		equal(name, counts[name], 20)
	}
	large := make([]byte, 100_000+r.IntN(400_000))
	large[len(large)-1] = 1
	equal("large", large[0], 0)
}

var made, cleaned atomic.Int64

func cleanup(r *rand.Rand) {
	for range 1 + r.IntN(50) {
		made.Add(1)
		runtime.AddCleanup(&node{value: 1}, func(n int64) { cleaned.Add(n) }, 1)
	}
}

func pull(r *rand.Rand) {
	n := 20 + r.IntN(50)
	next, stop := iter.Pull(func(yield func(int) bool) {
		for i := range 100 {
			if !yield(i) {
				return
			}
		}
	})
	defer stop()
	for i := range n {
		v, ok := next()
		ensure(ok && v == i, "pull: %d, %v", v, ok)
	}
}

func ring(r *rand.Rand) {
	size, rounds := 2+r.IntN(50), 1+r.IntN(20)
	first := make(chan int)
	last := first
	for range size - 1 {
		from, to := last, make(chan int)
		go func() {
			for v := range from {
				to <- v + 1
			}
			close(to)
		}()
		last = to
	}
	go func() { first <- 0 }()
	for i := range rounds {
		v := <-last
		equal("ring", v, (i+1)*(size-1))
		if i < rounds-1 {
			first <- v
		}
	}
	close(first)
	_, open := <-last
	equal("ring's end", open, false)
}

func spin(r *rand.Rand) {
	var flag atomic.Bool
	turns := 0
	go func() {
		time.Sleep(time.Duration(r.IntN(1_000_000)))
		flag.Store(true)
	}()
	for !flag.Load() {
		turns++
	}
}

func procs(r *rand.Rand) {
	before := runtime.GOMAXPROCS(1 + r.IntN(8))
	runtime.Gosched()
	runtime.GOMAXPROCS(before)
}

// ---------------------------------------------------------------------------------------------------------------------

// What is left when nothing runs.
type left struct {
	goroutines int
	heap, all  uint64 // bytes
}

func count() left {
	for range 100 { // goroutines that have told their result still have to end
		if runtime.NumGoroutine() == 1 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	for range 3 { // the pool and what cleanups held go with the later ones
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return left{runtime.NumGoroutine(), stats.HeapAlloc, stats.HeapInuse + stats.StackInuse}
}

func round(r *rand.Rand, until time.Time, ran []int) {
	var wg sync.WaitGroup
	slots := make(chan bool, *parallel)
	for time.Now().Before(until) {
		i := r.IntN(len(tasks))
		own := rand.New(rand.NewPCG(r.Uint64(), r.Uint64()))
		ran[i]++
		slots <- true
		wg.Go(func() {
			defer func() { <-slots }()
			tasks[i].run(own)
		})
	}
	wg.Wait()
}

func main() {
	flag.Parse()
	r := rand.New(rand.NewPCG(*seed, 1))
	procsAtStart := runtime.GOMAXPROCS(0)
	fmt.Printf("seed %d, GOMAXPROCS %d, %d kinds of tasks\n", *seed, procsAtStart, len(tasks))
	const rounds = 20
	ran := make([]int, len(tasks))
	var warm left
	began := time.Now()
	for i := 1; i <= rounds; i++ {
		round(r, began.Add(*duration*time.Duration(i)/rounds), ran)
		runtime.GOMAXPROCS(procsAtStart)
		now := count()
		total := 0
		for _, n := range ran {
			total += n
		}
		fmt.Printf("%8s  %8d tasks  %d goroutines, %d kB live, %d kB in use\n", time.Since(began).Round(100*time.Millisecond), total,
			now.goroutines, now.heap>>10, now.all>>10)
		equal("goroutines left", now.goroutines, 1)
		if i == rounds/4 {
			warm = now
		}
		if i > rounds/4 {
			ensure(now.heap <= warm.heap+warm.heap/4+64<<10, "%d bytes live, after a quarter %d", now.heap, warm.heap)
			ensure(now.all <= 2*warm.all+4<<20, "%d bytes in use, after a quarter %d", now.all, warm.all)
		}
	}
	for i, n := range ran {
		ensure(n > 0, "%s never ran", tasks[i].name)
	}
	equal("cleanups", cleaned.Load(), made.Load())
	fmt.Println("nothing lost, nothing twice")
	os.Exit(0)
}
