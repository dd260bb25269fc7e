// Programs for tests: goroutines written as C++20 coroutines, the scheduler's second client beside compiled Go.
//
//   runProgram({.workers = 2}, []() -> Go {
//     Chan* c = makeChan<int>(0);
//     go([=]() -> Go { co_await send(c, 1); });
//     int v = co_await receive<int>(c);
//     ...
//   });
//
// A coroutine's frames are in memory at all times, so that it parks by returning from resume() and goes on wherever it is
// resumed. Operations are awaited; whatever a goroutine finds out it leaves in variables that the test checks afterwards:
// Catch2 is not for several threads.
#pragma once

#include <sys/mman.h>

#include <catch2/catch.hpp>
#include <coroutine>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/host/console.h"
#include "runtime/gc/collector.h"
#include "runtime/host/machine.h"
#include "runtime/sched/client.h"
#include "runtime/sched/scheduler.h"
#include "tests/unit/runtime/output.h"
#include "runtime/sched/timers.h"
#include "runtime/sync/chan.h"
#include "runtime/sync/semaphore.h"
#include "runtime/sched/stream.h"
#include "runtime/sched/world.h"

namespace millrace::test {

// A program is running, whose goroutines are bodies.
extern bool scansBodies;

// A function that may park.
struct [[nodiscard]] Go {
  struct promise_type {
    std::coroutine_handle<> caller = nullptr;
    Go get_return_object() { return Go(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct ToCaller {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) noexcept {
        std::coroutine_handle<> caller = ended.promise().caller;
        return caller ? caller : std::noop_coroutine();
      }
      void await_resume() noexcept {}
    };
    ToCaller final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;

  explicit Go(std::coroutine_handle<promise_type> handle) : handle(handle) {}
  Go(Go&& other) : handle(std::exchange(other.handle, nullptr)) {}
  ~Go() {
    if (handle) handle.destroy();  // and with it everything that it was waiting for
  }

  // Awaiting it calls it.
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
    handle.promise().caller = caller;
    return handle;
  }
  void await_resume() {}
};

// A pointer into the collected heap that a goroutine keeps while it is parked: the collector does not see C++ variables.
// To be made and destroyed by one goroutine, in the order of a stack; another may give it a new object while the collector
// looks.
struct Root {
  host::Atomic<void*> pointer;
  Root* next;
  explicit Root(void* pointer);
  ~Root();
  Root(const Root&) = delete;
};
template <typename T>
struct Rooted : Root {
  explicit Rooted(T* pointer = nullptr) : Root(pointer) {}
  T* get() const { return static_cast<T*>(pointer.relaxed()); }
  T* operator->() const { return get(); }
  void operator=(T* other) { pointer.setRelaxed(other); }
};

// What a goroutine of this client is started with. Those that are left when the program ends are deleted then.
struct Body : abi::Closure {
  std::function<Go()> function;
  std::optional<Go> outermost;
  std::coroutine_handle<> resumeAt = nullptr;
  Root* roots = nullptr;
  bool exited = false;

  explicit Body(std::function<Go()> function);
  ~Body();
};

inline Body& currentBody() { return *static_cast<Body*>(sched::self().goroutine().entry); }

inline Root::Root(void* object) : next(currentBody().roots) {
  pointer.setRelaxed(object);
  currentBody().roots = this;
}
inline Root::~Root() {
  if (scansBodies) currentBody().roots = next;
}

inline void go(std::function<Go()> function) { sched::go(new Body(std::move(function))); }

// Awaits an operation's outcome; true: it parked and has been woken.
struct Step {
  bool parked;
  explicit Step(sched::Outcome outcome) : parked(outcome == sched::Outcome::Parked) {}
  explicit Step(sync::ChanOutcome outcome) : parked(outcome == sync::ChanOutcome::Parked) {}
  bool await_ready() { return !parked; }
  void await_suspend(std::coroutine_handle<> here) { currentBody().resumeAt = here; }
  bool await_resume() { return parked; }
};

// ---- the operations, as a goroutine of Go would see them

using sync::Chan;

template <typename T>
const abi::ChanType& chanTypeOf() {
  // Several workers may come here first at once: complete as they are made.
  static abi::Type element{.size = sizeof(T)};
  static const abi::ChanType type{{}, &element, 3};
  return type;
}
template <typename T>
Chan* makeChan(int64_t capacity) {
  return sync::makeChan(chanTypeOf<T>(), capacity);
}

// Values travel through the stage, as compiled Go's do.
template <typename T>
T* stage(size_t index = 0) {
  return static_cast<T*>(sched::self().goroutine().stage.pointer) + index;
}

template <typename T>
Go send(Chan* chan, T value, bool* closed = nullptr) {
  *stage<T>() = value;
  sync::ChanOutcome outcome = sync::send(chan, stage<T>());
  if (co_await Step(outcome)) {
    outcome = sched::self().goroutine().received ? sync::ChanOutcome::Done : sync::ChanOutcome::Closed;
  }
  if (closed) *closed = outcome == sync::ChanOutcome::Closed;
}

template <typename T>
Go receive(Chan* chan, T& value, bool* ok = nullptr) {
  sync::ChanOutcome outcome = sync::receive(chan, stage<T>());
  if (co_await Step(outcome)) {
    outcome = sched::self().goroutine().received ? sync::ChanOutcome::Done : sync::ChanOutcome::Closed;
  }
  value = *stage<T>();
  if (ok) *ok = outcome == sync::ChanOutcome::Done;
}

struct Case {
  Chan* chan;
  bool isSend;
  int64_t value;  // sent, or received
};
// Of channels of int64. index: -1 for the default.
inline Go select(std::vector<Case>& cases, bool hasDefault, int& index, bool* ok = nullptr, bool* closed = nullptr) {
  size_t bytes = cases.size() * (sizeof(abi::SelectCase) + 8);
  task::growStage(sched::self().goroutine(), bytes, sched::self().blocks);
  abi::SelectCase* array = stage<abi::SelectCase>();
  int64_t* values = reinterpret_cast<int64_t*>(array + cases.size());
  for (size_t i = 0; i < cases.size(); i++) {
    array[i].chan = cases[i].chan;
    array[i].value = values + i;
    array[i].isSend = cases[i].isSend;
    values[i] = cases[i].value;
  }
  sync::SelectOutcome outcome = sync::select(array, static_cast<uint32_t>(cases.size()), hasDefault);
  if (co_await Step(outcome.outcome)) outcome = sync::selectResumed();
  index = outcome.index;
  if (index >= 0) cases[index].value = values[index];
  if (ok) *ok = sched::self().goroutine().received;
  if (closed) *closed = outcome.outcome == sync::ChanOutcome::Closed;
}

inline Go yield() { co_await Step(sched::yield()); }
inline Go sleep(int64_t ns) { co_await Step(sched::timers::sleep(ns)); }
inline Go acquire(uint32_t* word, bool lifo = false, abi::SemReason reason = abi::SemReason::Semacquire) {
  if (co_await Step(sync::acquire(word, lifo, reason))) {
    while (co_await Step(sync::acquireResumed())) {
    }
  }
}
inline Go release(uint32_t* word, bool handoff = false) { co_await Step(sync::release(word, handoff)); }
inline Go poll() {
  if (sched::self().poll().relaxed()) co_await Step(sched::poll());
}
inline Go setProcs(int64_t n) {
  int64_t before;
  co_await Step(sched::setProcs(n, before));
}
// runtime.Goexit for a goroutine without deferred calls: awaiting it never returns.
struct Exit {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {
    sched::noteExit(sched::self().goroutine());
    currentBody().exited = true;
  }
  void await_resume() {}
};

// A sync.WaitGroup in miniature.
struct Group {
  std::atomic<int> left;
  uint32_t done = 0;
  explicit Group(int n) : left(n) {}
  Go finish() {
    if (--left == 0) co_await release(&done);
  }
  Go wait() { return acquire(&done, false, abi::SemReason::WaitGroupWait); }
};

// What the sanitizers make slow is done less often.
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
inline constexpr int kSlowness = 10;
#else
inline constexpr int kSlowness = 1;
#endif

// ---- running a program

struct Options {
  unsigned workers = 1;  // 0: the test's own thread is the only worker, and there is no monitor
  unsigned procs = 0;    // left out: as many as workers
  size_t heapMiB = 64;
  bool expectLeaks = false;  // goroutines are left over when the program ends
  uint64_t seed = 1;
  bool hasBarriers = false;  // the body calls sched::beforeWrite as compiled code does
  uint32_t stress = 0;  // abi::StressBits
};

struct Ended : Printed {
  uint32_t status;
};

// Runs body as the main goroutine and everything it starts. Checks that nothing is left over.
Ended runProgram(const Options& options, std::function<Go()> body);

// Calls test with each number of workers that a scheduler's test is run with.
template <typename Test>
void withWorkers(Test test) {
  for (unsigned workers : {0u, 1u, 2u, 8u}) {
    INFO(workers << " workers");
    test(Options{.workers = workers});
  }
}

}  // namespace millrace::test
