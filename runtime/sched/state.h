// The scheduler's own shared state. For the files of this room.
#pragma once

#include "runtime/sched/scheduler.h"

#if defined(__wasm__) && !defined(MILLRACE_THREADS)
#define MILLRACE_SINGLE 1  // one worker, no monitor, no waiting inside
#endif

namespace millrace::sched {

// Values of Worker::woken.
inline constexpr uint32_t kWokenToSearch = 1;  // and is counted in `searching`
inline constexpr uint32_t kWokenToLook = 2;    // the program has ended, or GOMAXPROCS has changed

struct SchedulerState {
  Config config;
  host::Atomic<uint32_t> procs;
  host::Atomic<Worker*> workers[abi::kMaxWorkers];

  // Bits by worker: those that have started, those that sleep.
  host::Atomic<uint64_t> started, asleep;
  // Workers that look for work in other workers' queues, or have been woken to do so.
  host::Atomic<uint32_t> searching;

  host::Atomic<uint32_t> monitorUp;
  host::Atomic<uint32_t> monitorRests;  // it saw nothing waiting, and sleeps until told otherwise

  GlobalQueue global;

  task::Goroutine* mainGoroutine;
  bool mainExited;  // by Goexit
  host::Atomic<uint32_t> deathReported;  // somebody says why the program ends
  host::Atomic<Worker*> reporter;        // who
  host::Atomic<uint32_t> traceLevel, tracesAll;  // see setTraceback
  // Goroutine::scannedIn when noteWaiting asked for the time last, and that.
  host::Atomic<uint32_t> lookedIn;
  host::Atomic<int64_t> lookedAt;
  host::Atomic<uint32_t> endsWithLeaks;  // leaks shall be told, and the program end with endStatus
  uint32_t endStatus;

  uint32_t countAwake() const {
    return static_cast<uint32_t>(__builtin_popcountll(started.load() & ~asleep.load()));
  }
};
extern SchedulerState state;

// Ends the program as far as the workers' loops are concerned.
void end(uint32_t status);
void changeProcs(uint32_t procs);
// As the host wishes, if it has said so since.
void takeWantedProcs();
// The monitor rests and something waits.
void rouseMonitor();
// Goroutines wait: a sleeper shall search, if nobody does.
void nudgeSleepers();

namespace client {
// The host may have brought input or taken output: wakes goroutines that waited for it. Any worker may call it.
void hostEvent();
}  // namespace client

}  // namespace millrace::sched
