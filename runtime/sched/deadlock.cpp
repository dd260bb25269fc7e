// Telling sleep from death, and Go's words for the latter.
#include "runtime/sched/deadlock.h"

#include <algorithm>

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

void printState(const task::Goroutine& goroutine, std::string_view state) {
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

namespace {

struct LeakGroups {
  // Goroutines with the same frames.
  struct Group {
    const task::Goroutine* first;  // by id
    uint64_t key, count;
  };
  static constexpr uint32_t kGroups = 100;  // that are shown
  Group groups[kGroups];
  uint32_t groupCount = 0;
  uint64_t count = 0;

  void add(const task::Goroutine& goroutine) {
    count++;
    uint64_t key = client::framesKey(goroutine);
    for (uint32_t i = 0; i < groupCount; i++) {
      Group& group = groups[i];
      if (group.key != key) continue;
      if (goroutine.id < group.first->id) group.first = &goroutine;
      group.count++;
      return;
    }
    if (groupCount < kGroups) groups[groupCount++] = {&goroutine, key, 1};
  }

  void sort() {
    std::sort(groups, groups + groupCount, [](const Group& a, const Group& b) { return a.first->id < b.first->id; });
  }
};

}  // namespace

void tellLeaks(Worker& worker) {
  if (!stopAndFindLeaks(worker)) return;
  static LeakGroups leaks;
  leaks.groupCount = 0, leaks.count = 0;
  task::forEachGoroutine(
      [](task::Goroutine& goroutine, void*) {
        if (gc::isLeaked(goroutine)) leaks.add(goroutine);
      },
      nullptr);
  if (leaks.count > 0) {
    host::Text<96> line;
    line.add("leaks: ").addUnsigned(leaks.count).add(leaks.count == 1 ? " goroutine" : " goroutines");
    host::writeAll(2, line.add(" can never run again\n").view());
  }
  leaks.sort();
  uint64_t shown = 0;
  for (uint32_t i = 0; i < leaks.groupCount; i++) {
    const LeakGroups::Group& group = leaks.groups[i];
    host::Text<96> line;
    line.add(task::waitReasonText(group.first->reason.relaxed())).add(" (leaked)");
    if (group.count > 1) line.add(", ").addUnsigned(group.count).add(" goroutines");
    printState(*group.first, line.view());
    client::printFrames(*group.first);
    shown += group.count;
  }
  if (shown < leaks.count) {
    host::Text<96> line;
    host::writeAll(2, line.add("\nand ").addUnsigned(leaks.count - shown).add(" goroutines that wait elsewhere\n").view());
  }
  uint32_t status = state.endStatus;
  end(leaks.count > 0 && status == 0 ? 1 : status);
  resumeWorld(worker);
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
