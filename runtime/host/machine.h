// What lies beneath the runtime: clocks, sleeping, and the host program around it. Made for WebAssembly, for a native
// process, and for tests that bring their own clock.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/host/atomics.h"

namespace millrace::host {

inline constexpr int64_t kForever = INT64_MAX;

// Monotonic, ns; begins near 1 when the engine starts and is never 0.
int64_t nanotime();
// ns since 1970.
int64_t walltime();
// Takes now as nanotime's 1.
void startClock();
#if defined(__wasm__)
// A time of nanotime's on the host's clock, ms; infinity for kForever.
double hostTime(int64_t ns);
#endif

// Sleeps while `word` is `expected`, until woken or until nanotime() reaches the deadline. May return early.
// Not in single builds, where nobody else could wake.
void sleepOn(Atomic<uint32_t>& word, uint32_t expected, int64_t deadlineNs);
void wake(Atomic<uint32_t>& word, uint32_t howMany);

// In a spinning loop: lets the other hyperthread run.
inline void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// All goroutines wait and the next thing to happen is a timer: time may jump there, where time is made up.
void nothingUntil(int64_t deadlineNs);

// Asks the host to have this many workers started in all.
void wantWorkers(uint32_t count);
// There is something in an output ring. Does its writer wait for room?
void outputReady(bool writerWaits);
// Ends the program from wherever a worker is; the caller has written the status into EngineState.
[[noreturn]] void exit(uint32_t status);

// Asks the host for something that it does at once; abi::HostCall says what there is.
int64_t call(uint32_t what, int64_t x, int64_t y, std::string_view text, char* buffer, size_t bufferBytes);

#if !defined(__wasm__)
// A clock that stands still until it is told to move, or, with `jumps`, until every goroutine waits.
struct FakeClock {
  explicit FakeClock(bool jumps);
  ~FakeClock();
  void advance(int64_t ns);
};

// What a test puts in the host's place.
struct Hooks {
  void (*wantWorkers)(uint32_t count) = nullptr;
  void (*outputReady)() = nullptr;
  void (*exit)(uint32_t status) = nullptr;  // must not return
};
extern Hooks hooks;
#endif

}  // namespace millrace::host
