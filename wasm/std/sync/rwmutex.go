package sync

import "sync/atomic"

// RWMutex is a lock that any number of readers or one writer hold.
//
// readerCount is the number of readers, those that wait too. A writer, having shut out other writers with w, takes
// manyReaders off it: readers that then find it negative wait for the writer. readerWait counts the readers that the
// writer waits for; whoever leaves last wakes it.
type RWMutex struct {
	w           Mutex
	writerSem   uint32
	readerSem   uint32
	readerCount atomic.Int32
	readerWait  atomic.Int32
}

const manyReaders = 1 << 30

func (rw *RWMutex) RLock() {
	if rw.readerCount.Add(1) < 0 {
		semAcquire(&rw.readerSem, forRWMutexRLock)
	}
}

func (rw *RWMutex) TryRLock() bool {
	for {
		n := rw.readerCount.Load()
		if n < 0 {
			return false
		}
		if rw.readerCount.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

func (rw *RWMutex) RUnlock() {
	if n := rw.readerCount.Add(-1); n < 0 {
		rw.leave(n)
	}
}

// leave ends a read while a writer waits.
func (rw *RWMutex) leave(n int32) {
	if n == -1 || n == -1-manyReaders {
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	if rw.readerWait.Add(-1) == 0 {
		semRelease(&rw.writerSem, false)
	}
}

func (rw *RWMutex) Lock() {
	rw.w.Lock()
	readers := rw.readerCount.Add(-manyReaders) + manyReaders
	if readers != 0 && rw.readerWait.Add(readers) != 0 {
		semAcquire(&rw.writerSem, forRWMutexLock)
	}
}

func (rw *RWMutex) TryLock() bool {
	if !rw.w.TryLock() {
		return false
	}
	if rw.readerCount.CompareAndSwap(0, -manyReaders) {
		return true
	}
	rw.w.Unlock()
	return false
}

func (rw *RWMutex) Unlock() {
	waiting := rw.readerCount.Add(manyReaders)
	if waiting >= manyReaders {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	for ; waiting > 0; waiting-- {
		semRelease(&rw.readerSem, false)
	}
	rw.w.Unlock()
}

// RLocker is a Locker whose Lock and Unlock are rw's RLock and RUnlock.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }
