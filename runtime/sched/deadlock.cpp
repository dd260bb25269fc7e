// Telling sleep from death, and Go's words for the latter.
#include "runtime/sched/deadlock.h"

#include "runtime/gc/specials.h"
#include "runtime/host/console.h"
#include "runtime/host/format.h"
#include "runtime/host/machine.h"
#include "runtime/sched/client.h"
#include "runtime/sched/state.h"
#include "runtime/sched/timers.h"
#include "runtime/sched/world.h"

namespace millrace::sched {

namespace {

void printState(const task::Goroutine& goroutine, const char* state) {
  host::Text<96> line;
  line.add("\ngoroutine ").addUnsigned(goroutine.id).add(" [").add(state).add("]:\n");
  host::writeAll(2, line.view());
}

void printGoroutine(const task::Goroutine& goroutine) {
  bool ready = goroutine.state.load() == task::State::Woken;
  printState(goroutine, ready ? "runnable" : task::waitReasonText(goroutine.reason.relaxed()));
  client::printFrames(goroutine);
}

// All but one, which may be null, and the runtime's own.
void printOthers(task::Goroutine* shown) {
  task::forEachGoroutine(
      [](task::Goroutine& goroutine, void* shown) {
        bool isHidden = goroutine.createdAt == task::kRuntimesOwn && !gc::isCalling();
        if (&goroutine != shown && !isHidden) printGoroutine(goroutine);
      },
      shown);
}

}  // namespace

void fatal(std::string_view text) {
  if (!self().abi.goroutine) host::fatalError(text);
  if (state.deathReported.exchange(1)) {
    while (!host::hasEnded()) host::relax();  // somebody else is still printing
  } else {
    host::writeAll(2, "fatal error: ");
    host::writeAll(2, text);
    host::writeAll(2, "\n");
    printState(self().goroutine(), "running");
    client::printRunningFrames(self().goroutine());
  }
  host::endProgram(2);
}

void stackOverflow() {
  Worker& worker = self();
  // Only then the frames of goroutines that run elsewhere are in memory.
  if (stopWorld(worker) && !state.deathReported.exchange(1)) {
    host::writeAll(2, "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n");
    printState(worker.goroutine(), "running");
    client::printFrames(worker.goroutine());
    printOthers(&worker.goroutine());
  }
  host::endProgram(2);
}

void allAsleep() {
  if (host::hasEnded() || waitingForHost.load() || !state.mainGoroutine) return;
  // Once the timers' lock is ours none is just firing: who was woken by one is queued by now.
  int64_t deadline = timers::settledDeadline();
#if !defined(MILLRACE_SINGLE)
  uint64_t started = state.started.load();
  if ((state.asleep.load() & started) != started || state.global.size()) return;
#endif
  if (deadline != host::kForever) return host::nothingUntil(deadline);
  if (state.deathReported.exchange(1)) return;
  if (countGoroutines() == 0) {
    host::writeAll(2, "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n");
  } else {
    host::writeAll(2, "fatal error: all goroutines are asleep - deadlock!\n");
    if (!state.mainExited) printGoroutine(*state.mainGoroutine);
    printOthers(state.mainExited ? nullptr : state.mainGoroutine);
  }
  end(2);
}

}  // namespace millrace::sched
