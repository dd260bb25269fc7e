// Telling sleep from death, and Go's words for the latter.
#include "runtime/sched/deadlock.h"

#include <algorithm>

#include "runtime/gc/specials.h"
#include "runtime/host/console.h"
#include "runtime/host/format.h"
#include "runtime/host/machine.h"
#include "runtime/sched/client.h"
#include "runtime/sched/report.h"
#include "runtime/sched/state.h"
#include "runtime/sched/timers.h"
#include "runtime/sched/world.h"

namespace millrace::sched {

namespace {

bool showsTraces() { return state.traceLevel.load() > 0; }
bool showsOthers() { return showsTraces() && state.tracesAll.load(); }

// One worker alone says why the program ends. Another waits for that; and who has been at it already can say no more.
void beginReport() {
  Worker& worker = self();
  if (tryBeginReport(worker)) return;
  if (isReporting(worker)) host::endProgram(2);
  waitForEnd(worker);
}

[[noreturn]] void reportAndEnd(std::string_view first, std::string_view text, bool ofRuntime) {
  beginReport();
  Worker& worker = self();
  host::TraceOutput out;
  if (!first.empty()) out.add(first);
  out.add("fatal error: ");
  out.add(text);
  out.add("\n");
  auto goroutine = static_cast<task::Goroutine*>(worker.abi.goroutine.pointer);
  // The loop may have it still.
  bool runs = goroutine && goroutine->state.load() == task::State::Running;
  if (runs && (ofRuntime || showsTraces())) {
    out.add("\n");
    printHeading(out, *goroutine, "running");
    client::printRunningFrames(out, *goroutine);
  }
  if (ofRuntime || showsOthers()) printOthers(out, runs ? goroutine : nullptr, haltWorld(worker));
  host::endProgram(2);
}

}  // namespace

bool tryBeginReport(Worker& worker) {
  if (state.deathReported.exchange(1)) return false;
  state.reporter.store(&worker);
  return true;
}

bool isReporting(const Worker& worker) { return state.reporter.load() == &worker; }

void fatal(std::string_view text) { reportAndEnd({}, text, false); }
void fatalOfRuntime(std::string_view first, std::string_view text) { reportAndEnd(first, text, true); }

void stackOverflow() {
  Worker& worker = self();
  // Only then the frames of goroutines that run elsewhere are in memory.
  if (stopWorld(worker) && tryBeginReport(worker)) {
    host::TraceOutput out;
    out.add("runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\n");
    printHeading(out, worker.goroutine(), "running");
    client::printFrames(out, worker.goroutine());
    printOthers(out, &worker.goroutine(), true);
  }
  host::endProgram(2);
}

Outcome beginPanicReport() {
  if (state.deathReported.exchange(1)) return parkForever(task::WaitReason::Semacquire);
  return Outcome::Done;
}

void endPanicReport(uint32_t bubble) {
  Worker& worker = self();
  state.reporter.store(&worker);
  if (!showsTraces()) host::endProgram(2);
  host::TraceOutput out;
  out.add("\n");
  printHeading(out, worker.goroutine(), "running");
  client::printPanicFrames(out, worker.goroutine());
  if (showsOthers()) printOthers(out, &worker.goroutine(), haltWorld(worker));
  else if (bubble) printBubble(out, &worker.goroutine(), bubble);
  host::endProgram(2);
}

void setTraceback(uint32_t level, bool all) {
  state.traceLevel.store(level);
  state.tracesAll.store(all);
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
  host::TraceOutput out;
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
    out.add(line.add(" can never run again\n").view());
  }
  leaks.sort();
  uint64_t shown = 0;
  for (uint32_t i = 0; i < leaks.groupCount; i++) {
    const LeakGroups::Group& group = leaks.groups[i];
    host::Text<96> line;
    line.add(task::waitReasonText(group.first->reason.relaxed())).add(" (leaked)");
    if (group.count > 1) line.add(", ").addUnsigned(group.count).add(" goroutines");
    out.add("\n");
    printHeading(out, *group.first, line.view());
    client::printFrames(out, *group.first);
    shown += group.count;
  }
  if (shown < leaks.count) {
    host::Text<96> line;
    out.add(line.add("\nand ").addUnsigned(leaks.count - shown).add(" goroutines that wait elsewhere\n").view());
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
  if (!tryBeginReport(self())) return;
  host::TraceOutput out;
  if (countGoroutines() == 0) {
    out.add("fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n");
  } else {
    out.add("fatal error: all goroutines are asleep - deadlock!\n");
    const task::Goroutine* first = state.mainExited ? nullptr : state.mainGoroutine;
    if (first && showsTraces()) {
      out.add("\n");
      printGoroutine(out, *first, true);
    }
    if (showsTraces()) printOthers(out, first, true);
  }
  end(2);
}

}  // namespace millrace::sched
