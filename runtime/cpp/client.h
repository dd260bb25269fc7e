// The scheduler's client whose goroutines are C++ functions. For the files of this room.
#pragma once

#include "runtime/cpp/fiber.h"
#include "runtime/cpp/goroutine.h"
#include "runtime/sched/scheduler.h"
#include "runtime/sync/chan.h"

namespace millrace::cpp {

// A goroutine's one block of memory, lowest first: its stack, what its function captured, this.
struct Routine : abi::Closure {
  void* block;
  size_t bytes;
  void* function;
  void (*callAndDestroy)(void* function);
  Fiber fiber;
};

inline constexpr size_t kLeastStackBytes = 4096;
inline constexpr size_t kDefaultStackBytes = sizeof(void*) == 4 ? 16 << 10 : 256 << 10;
void setStackBytes(size_t bytes);

// A goroutine to be started. The worker calls, or who starts it.
Routine* makeRoutine(const detail::Callable& callable);

// The goroutine that calls. It stays the same for good, what it runs on does not: nobody keeps the address of a Worker while
// he calls one of the following, or anything that waits.
task::Goroutine& current();

// The calling goroutine has done something that said it parked: leaves, and comes back when it has been woken.
void leave();
inline void leaveIf(sched::Outcome outcome) {
  if (outcome == sched::Outcome::Parked) leave();
}

// "panic: TEXT", the goroutine, status 2: what Go does when nobody recovers. `goroutine` has broken a rule.
[[noreturn]] void panic(std::string_view text);

}  // namespace millrace::cpp
