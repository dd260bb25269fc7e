// A worker: the thread (Web Worker, node worker, native thread) that runs goroutines one after the other, and everything
// that it alone may touch without asking.
#pragma once

#include "runtime/abi/host.h"
#include "runtime/gc/heap.h"
#include "runtime/sched/run-queue.h"
#include "runtime/task/goroutine.h"

namespace millrace::sched {

// How a goroutine left its worker.
enum class Leaving : uint32_t {
  Ended,
  Parked,     // its state is Parking or already Woken
  Yielded,    // to the end of the worker's queue
  Preempted,  // to the end of the queue of all: it has had its share
  Stopped,    // goes on here, entered anew, as soon as the worker has attended to what is wanted of it
  Deeper,     // told to the client alone: its stack is used up, and it goes on at once on a fresh one
};

struct alignas(64) Worker {
  abi::WorkerAbi abi;  // first: compiled code has its address

  uint32_t id;
  Leaving leaving;       // told by an operation to the loop, while the goroutine unwinds
  uint32_t slotRuns;     // goroutines in a row that came from `slot`
  uint32_t sinceGlobal;  // goroutines since the queue of all was looked at
  uint32_t skipWakes;    // see wakeForSlot
  bool raising;          // compiled code was called to make a fault's error, with C++ frames below it: polls do nothing
  uint32_t nested;       // comparisons of interface values that run within each other, see lang/hash.cpp
  uint64_t random;       // state of nextRandom
  // Of panics that began here lately: what they looked like, and how often, see lang/panic.cpp.
  struct {
    uint32_t look, times;
  } panicsSeen[16];
  host::OwnedCounter<uint32_t> tick;  // goroutines run: who watches sees whether the worker gets on

  // Goroutine made ready by the one that runs: it is next. Others may steal it when the worker does not come to it.
  host::Atomic<task::Goroutine*> slot;
  RunQueue queue;
  host::Atomic<uint32_t> slotWakeInterval;  // see wakeForSlot; a thief sets it to 0

  task::BlockCache blocks;
  task::GoroutineCache goroutines;
  gc::Cache heap;

  host::Atomic<uint32_t> woken;  // sleeping: 0 until somebody wakes it

  // What print and println have gathered; a block.
  char* printText;
  uint32_t printLength, printCapacity;

  task::Goroutine* stacksFor;  // has left to have all stacks written

  // The edge's: where frames go while unwinding, how much of it is in use when they have and are still there, and its stack
  // pointer in the loop.
  uint32_t scratchBegin, scratchEnd;
  uint32_t scratchUsed;
  uintptr_t loopStack;

  // Single builds: polls until the next look at the clock; when the goroutine began; when run() began.
  uint32_t pollsLeft, pollInterval;
  int64_t lastPollNs, sliceBeganNs, runBeganNs;

  uint64_t nextRandom() {  // xorshift64*
    random ^= random >> 12;
    random ^= random << 25;
    random ^= random >> 27;
    return random * 0x2545f4914f6cdd1d;
  }
  // 0 to n - 1.
  uint32_t randomBelow(uint32_t n) { return static_cast<uint32_t>((nextRandom() >> 32) * n >> 32); }

  host::Atomic<uint32_t>& poll() { return host::atomicAt(&abi.poll); }
  task::Goroutine& goroutine() { return *static_cast<task::Goroutine*>(abi.goroutine.pointer); }
};

// The worker that runs this very code. Never keep it across a park.
#if defined(__wasm__)
// A global of the engine's instance, of which each worker has its own: cheaper than thread-locals, and stays in wasm.
__asm__(".globaltype millrace_worker, i32\n");
inline Worker& self() {
  Worker* worker;
  __asm__("global.get millrace_worker\nlocal.set %0" : "=r"(worker));
  return *worker;
}
inline void setSelf(Worker* worker) { __asm__ volatile("local.get %0\nglobal.set millrace_worker" ::"r"(worker)); }
#else
// Out of line, so that no compiler keeps the address of a thread-local across a coroutine's suspension.
Worker& self();
void setSelf(Worker* worker);
#endif

}  // namespace millrace::sched
