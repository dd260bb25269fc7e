// Telling sleep from death, and Go's words for the latter.
#include "runtime/sched/deadlock.h"

#include <cstring>

#include "runtime/gc/specials.h"
#include "runtime/host/console.h"
#include "runtime/host/format.h"
#include "runtime/host/machine.h"
#include "runtime/sched/client.h"
#include "runtime/sched/state.h"
#include "runtime/sched/timers.h"

namespace millrace::sched {

namespace {

void printGoroutine(task::Goroutine& goroutine) {
  host::Text<96> line;
  line.add("\ngoroutine ").addUnsigned(goroutine.id).add(" [");
  bool ready = goroutine.state.load() == task::State::Woken;
  line.add(ready ? "runnable" : task::waitReasonText(goroutine.reason.relaxed())).add("]:\n");
  host::writeAll(2, line.view());
  client::printFrames(goroutine);
}

}  // namespace

void printGoroutines(task::Goroutine* first) {
  if (first) printGoroutine(*first);
  task::forEachGoroutine(
      [](task::Goroutine& goroutine, void* printed) {
        bool isHidden = goroutine.createdAt == task::kRuntimesOwn && !gc::isCalling();
        if (&goroutine != printed && !isHidden) printGoroutine(goroutine);
      },
      first);
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
    printGoroutines(state.mainExited ? nullptr : state.mainGoroutine);
  }
  end(2);
}

}  // namespace millrace::sched
