// A lock for short critical sections, with annotations that clang's -Wthread-safety checks.
#pragma once

#include "runtime/host/atomics.h"

#if defined(__clang__)
#define MILLRACE_TSA(x) __attribute__((x))
#else
#define MILLRACE_TSA(x)
#endif
#define CAPABILITY(x) MILLRACE_TSA(capability(x))
#define SCOPED_CAPABILITY MILLRACE_TSA(scoped_lockable)
#define GUARDED_BY(x) MILLRACE_TSA(guarded_by(x))
#define REQUIRES(...) MILLRACE_TSA(requires_capability(__VA_ARGS__))
#define ACQUIRE(...) MILLRACE_TSA(acquire_capability(__VA_ARGS__))
#define RELEASE(...) MILLRACE_TSA(release_capability(__VA_ARGS__))
#define EXCLUDES(...) MILLRACE_TSA(locks_excluded(__VA_ARGS__))
#define NO_THREAD_SAFETY_ANALYSIS MILLRACE_TSA(no_thread_safety_analysis)

namespace millrace::host {

// Guards a few dozen instructions. Its holder never parks, never calls compiled code and never raises a panic: a panic
// leaves C++ frames without running anything. Who finds it taken spins for as long as such a section lasts, then sleeps,
// because the holder may have lost its processor.
class CAPABILITY("mutex") Lock {
 public:
  constexpr Lock() = default;

  void lock() ACQUIRE() {
    uint32_t expected = kFree;
    if (!word_.compareExchange(expected, kHeld)) [[unlikely]] lockSlow();
  }
  void unlock() RELEASE() {
    if (word_.exchange(kFree) == kContended) [[unlikely]] wakeOneWaiter();
  }
  // For checks: someone holds it now.
  bool isHeld() const { return word_.load() != kFree; }

 private:
  // Free: nobody holds it. Held: by one, nobody sleeps. Contended: by one, and others may sleep.
  static constexpr uint32_t kFree = 0, kHeld = 1, kContended = 2;

  __attribute__((noinline)) void lockSlow();
  __attribute__((noinline)) void wakeOneWaiter();

  Atomic<uint32_t> word_;
};

class SCOPED_CAPABILITY Guard {
 public:
  explicit Guard(Lock& lock) ACQUIRE(lock) : lock_(lock) { lock.lock(); }
  ~Guard() RELEASE() { lock_.unlock(); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  Lock& lock_;
};

}  // namespace millrace::host
