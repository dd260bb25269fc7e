// The scheduler: many goroutines on a few workers.
//
// The problem: every worker shall be busy while goroutines are ready, a goroutine that was just woken shall run soon and
// where its data is warm, nobody shall starve, an idle program shall cost no processor time; and what happens a million
// times a second (park, wake, yield) may not take a lock.
//
// What is always true.
//  * A ready goroutine is in exactly one place: a worker's slot, a worker's queue, or the queue of all.
//  * If goroutines are queued and a worker sleeps that could run them, then some worker searches, or whoever queued the
//    last one is about to wake a sleeper. (Slots are exempt, see below.)
//  * Only workers below GOMAXPROCS run goroutines. One above the limit gives its goroutines to all and sleeps.
//  * When all workers sleep and neither a timer nor the host can wake a goroutine, the program is dead, and is told so at
//    once by the last worker that fell asleep.
//
// The idea is Go's own (a queue per worker with a slot for the goroutine made ready last, an overflow queue, stealing half,
// searching workers counted so that few are woken in vain, a monitor), cut to what a worker that is never blocked by the
// system needs. How sleeping and queueing meet without a lock: who queues first queues, then looks whether somebody
// searches or sleeps; who goes to sleep first says so, then looks at all queues again. One of the two sees the other.
//
// Slots. Two goroutines that pass values to and fro wake each other into the slot millions of times; waking another worker
// each time would cost fifty times as much as the hop, and stealing the partner would slow the pair down. But the waker may
// as well go on computing, and then its partner should run elsewhere at once. So a wake for a slot happens at once the first
// time, and each one that proved useless (nobody stole) doubles the number of hops until the next; a successful theft
// resets that. A searcher takes from a slot only what has lain there while it looked around for a few µs.
//
// The monitor is one more worker that never runs goroutines: it fires timers, sets the poll flags of workers whose
// goroutine has run for 10 ms while others wait, and hears the host (input came, output was drained, GOMAXPROCS was moved).
// It exists in threads builds because with every worker inside compiled code nobody else could raise a flag: the page's
// own thread is throttled when hidden, and a clock read at every poll would cost more than the loop around it. While
// nothing waits it sleeps, without a deadline if all workers do. A single build has no monitor: its polls count and look at
// the clock.
//
// Renewal. WebAssembly engines compile a function quickly first and well later, and take up the better code only when the
// function is called anew. A main that loops for seconds would run its slow code to the end; so whoever has run for 20 ms
// leaves its functions at a poll and comes back at once, and again after 80 ms, 320 ms and so on. The workers' own loop has
// the same trouble, see runSeveral.
#pragma once

#include "runtime/sched/worker.h"

namespace millrace::sched {

inline constexpr uint32_t kMaxRunners = abi::kMaxWorkers - 1;  // the monitor has the last id
// A goroutine's share of a worker while others wait. Go's.
inline constexpr int64_t kSliceNs = 10'000'000;

// What an operation did that may have to wait.
enum class Outcome : uint32_t {
  Done,
  Parked,  // the goroutine has queued itself: its client unwinds, and the rest happens when it resumes
};

struct Config {
  uint32_t procs;
  uint32_t maxWorkers;  // most that run goroutines
  uint32_t cpus;
  uint64_t seed;
  uintptr_t heapBegin, heapEnd;
  uint32_t stress = 0;  // abi::StressBits
  bool findsLeaks = false;
};

// Makes the runtime's state for a new program: heap, console, queues. The caller is alone.
void start(const Config& config);

// Makes worker `id` known and returns it; called by its own thread. Id maxWorkers() is the monitor.
Worker& startWorker(uint32_t id);
uint32_t maxWorkers();

// The main goroutine. When it ends, the program ends.
void startMain(abi::Closure* entry);

// Runs goroutines until the program has ended (in single builds also until there is nothing to do or it is time to let the
// host breathe). The monitor's version watches over the others until then.
abi::RunResult run(Worker& worker);
abi::RunResult runMonitor(Worker& worker);

// ---- called by goroutines, through the operations

// Starts a goroutine: it takes the worker's slot. site: where, for traces; 0: unknown.
task::Goroutine& go(abi::Closure* entry, uint32_t site = 0);
// The same with a closure that lies in the goroutine: its function and what it captured.
void go(uint32_t function, uint64_t a, uint64_t b, uint64_t c, uint32_t site);
// Starts one that no goroutine starts, in a bubble or, if that is null, in none.
task::Goroutine& startAlone(abi::Closure* entry, task::Bubble* bubble, uint32_t site = 0);

// The calling goroutine is about to be seen by wakers; to be called before that.
inline void beginPark(Worker& worker, task::Goroutine& goroutine, task::WaitReason reason) {
  goroutine.reason.setRelaxed(reason);
  goroutine.state.setRelaxed(task::State::Parking);
  worker.leaving = Leaving::Parked;
}

// Ends a park, from any worker: exactly once for each.
void ready(task::Goroutine& goroutine);
// Several at once, linked by `next`.
void readyAll(task::Goroutine* first);

Outcome yield();
// When the worker's poll flag is set: Parked if the goroutine shall let others run.
Outcome poll();
Outcome parkForever(task::WaitReason reason);
// runtime.LockOSThread (1) and UnlockOSThread (-1), which count. Traces show it, and nothing else is different.
void lockThread(task::Goroutine& goroutine, int32_t add);
// What package runtime/pprof calls a goroutine, null: nothing in particular; those that it starts are called so, too.
const void* labels();
void setLabels(const void* labels);
// The goroutine ends by runtime.Goexit: if it is the main one, the program goes on without it.
void noteExit(task::Goroutine& goroutine);

// The program is to tell, when it ends, which goroutines can never run again.
bool findsLeaks();
// Is any other goroutine ready or running?
bool othersMayRun();
// Parks the caller for good and ends the program with this status, when leaks have been told; does nothing if none are
// looked for.
Outcome endWithLeaks(uint32_t status);

// GOMAXPROCS: sets it if n > 0, tells what it was. Parked if the calling goroutine has to move to another worker.
Outcome setProcs(int64_t n, int64_t& before);
uint32_t cpus();
int64_t countGoroutines();

// runtime.GC: parks until a whole cycle has passed. After it has resumed, collectResumed.
Outcome collect();
void collectResumed();

// A short busy wait while another worker may be about to release what is waited for. False: there is none.
bool spin(uint32_t turn);

// ---- for timers, input and output

// The monitor shall look around (or whoever sleeps in its place).
void wakeMonitor();
// A goroutine waits for the host: the program is not dead while it does.
extern host::Atomic<uint32_t> waitingForHost;

// ---- for tests and reports

struct Leaks {
  int64_t goroutines, blocks;
};
Leaks countLeaks();

}  // namespace millrace::sched
