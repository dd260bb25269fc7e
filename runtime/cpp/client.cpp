// Goroutines of C++: their memory, running them, and what every goroutine can do.
#include "runtime/cpp/client.h"

#include <algorithm>
#include <new>

#include "runtime/gc/collector.h"
#include "runtime/host/console.h"
#include "runtime/host/format.h"
#include "runtime/sched/client.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/stream.h"
#include "runtime/sched/timers.h"

namespace millrace::cpp {

namespace {

size_t stackBytes = kDefaultStackBytes;

void callFunction(void* routine) {
  auto* own = static_cast<Routine*>(routine);
  own->callAndDestroy(own->function);
}

}  // namespace

void setStackBytes(size_t bytes) { stackBytes = bytes == 0 ? kDefaultStackBytes : std::max(bytes, kLeastStackBytes); }

// Out of line, like all that asks which worker it runs on: so it cannot be asked before leave() and used after.
__attribute__((noinline)) task::Goroutine& current() { return sched::self().goroutine(); }

__attribute__((noinline)) Routine* makeRoutine(const detail::Callable& callable) {
  auto roundUp = [](size_t bytes) { return (bytes + 15) & ~size_t{15}; };
  constexpr size_t kOwn = (sizeof(Routine) + 15) & ~size_t{15};
  size_t above = kOwn + roundUp(callable.bytes), bytes = (stackBytes & ~size_t{15}) + above;
  bytes = task::blockBytes(bytes) & ~size_t{15};  // all that there is of it
  char* block = static_cast<char*>(sched::self().blocks.allocate(bytes));
  char* function = block + bytes - above;
  callable.move(function, callable.from);
  char* own = block + bytes - kOwn;
  return new (own) Routine{{0}, block, bytes, function, callable.callAndDestroy, {block, bytes - above, &callFunction, own}};
}

__attribute__((noinline)) void leave() { static_cast<Routine*>(current().entry)->fiber.leave(); }

void panic(std::string_view text) {
  host::Text<160> line;
  line.add("panic: ").add(text).add("\n\ngoroutine ").addUnsigned(current().id).add(" [running]\n");
  host::writeAll(2, line.view());
  host::endProgram(2);
}

}  // namespace millrace::cpp

namespace millrace::sched::client {

// Not inlined into the loop, which Asyncify must leave alone.
__attribute__((noinline)) Leaving resume(Worker& worker, task::Goroutine& goroutine) {
  auto* routine = static_cast<cpp::Routine*>(goroutine.entry);
  if (routine->fiber.resume()) return worker.leaving;
  void* block = routine->block;
  size_t bytes = routine->bytes;
  routine->~Routine();
  goroutine.entry = nullptr;
  worker.blocks.free(block, bytes);
  return Leaving::Ended;
}

// What C++ frames mean only a debugger knows.
void printFrames(host::TraceOutput&, const task::Goroutine&) {}
void printRunningFrames(host::TraceOutput&, task::Goroutine&) {}
void printPanicFrames(host::TraceOutput&, task::Goroutine&) {}
void printCreator(host::TraceOutput&, const task::Goroutine&) {}
uint32_t sitesOf(const task::Goroutine&, uint64_t*, uint32_t) { return 0; }
uint64_t framesKey(const task::Goroutine& goroutine) { return goroutine.createdAt; }

}  // namespace millrace::sched::client

namespace millrace::gc::client {

// Nothing here lies in the collected heap: there is never a cycle.
void scanGoroutine(task::Goroutine&, Marker&) {}
bool scanOtherRoots(Marker&, bool) { return false; }
void forgetUnreachable() {}

}  // namespace millrace::gc::client

namespace millrace {

namespace detail {

__attribute__((noinline)) void start(const Callable& callable) { sched::go(cpp::makeRoutine(callable)); }

}  // namespace detail

void yield() { cpp::leaveIf(sched::yield()); }

void sleepFor(std::chrono::nanoseconds duration) { cpp::leaveIf(sched::timers::sleep(duration.count())); }

static void write(int stream, std::string_view text) {
  for (sched::Outcome outcome = sched::write(stream, text.data(), text.size()); outcome == sched::Outcome::Parked;) {
    cpp::leave();
    outcome = sched::writeResumed();
  }
}
void print(std::string_view text) { write(1, text); }
void printError(std::string_view text) { write(2, text); }

int64_t countGoroutines() { return sched::countGoroutines(); }

unsigned countWorkers() {
  int64_t procs;
  sched::setProcs(0, procs);  // asks, no more
  return static_cast<unsigned>(procs);
}

}  // namespace millrace
