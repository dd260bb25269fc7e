// Printing goroutines.
#include "runtime/sched/report.h"

#include <utility>

#include "runtime/gc/specials.h"
#include "runtime/host/format.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/client.h"
#include "runtime/sched/world.h"

namespace millrace::sched {

// Go shows them all; but a million would take minutes, and nobody reads them.
constexpr uint64_t kMostOthers = 10'000;

void printHeading(host::TraceOutput& out, const task::Goroutine& goroutine, std::string_view state) {
  host::Text<128> line;
  line.add("goroutine ").addUnsigned(goroutine.id).add(" [").add(state);
  if (uint32_t bubble = bubbles::idOf(goroutine)) line.add(", synctest bubble ").addUnsigned(bubble);
  out.add(line.add("]:\n").view());
}

static host::Text<64> waitingText(const task::Goroutine& goroutine) {
  task::WaitReason reason = goroutine.reason.relaxed();
  host::Text<64> text;
  text.add(task::waitReasonText(reason));
  bool isDurable = goroutine.inBubble && bubbles::isDurable(reason);
  if (isDurable && !text.view().ends_with("(durable)")) text.add(" (durable)");
  return text;
}

void printGoroutine(host::TraceOutput& out, const task::Goroutine& goroutine) {
  switch (goroutine.state.load()) {
    case task::State::Running:
    case task::State::Parking:
      printHeading(out, goroutine, "running");
      out.add("\tgoroutine running on other thread; stack unavailable\n");
      return client::printCreator(out, goroutine);
    case task::State::Woken: printHeading(out, goroutine, "runnable"); break;
    default: printHeading(out, goroutine, waitingText(goroutine).view());
  }
  client::printFrames(out, goroutine);
}

void printOthers(host::TraceOutput& out, const task::Goroutine* shown, bool stopped) {
  if (!stopped) return;
  struct Context {
    host::TraceOutput& out;
    const task::Goroutine* shown;
    uint64_t count = 0;
  } context{out, shown};
  task::forEachGoroutine(
      [](task::Goroutine& goroutine, void* given) {
        auto& [out, shown, count] = *static_cast<Context*>(given);
        bool isHidden = goroutine.createdAt == task::kRuntimesOwn && !gc::isCalling();
        if (&goroutine == shown || isHidden || out.isFull()) return;
        if (count++ >= kMostOthers) return;
        out.add("\n");
        printGoroutine(out, goroutine);
      },
      &context);
  if (context.count <= kMostOthers) return;
  host::Text<64> line;
  out.add(line.add("\n...").addUnsigned(context.count - kMostOthers).add(" goroutines elided...\n").view());
}

void printBubble(host::TraceOutput& out, const task::Goroutine* shown, uint32_t bubble) {
  struct Context {
    host::TraceOutput& out;
    const task::Goroutine* shown;
    uint32_t bubble;
  } context{out, shown, bubble};
  task::forEachGoroutine(
      [](task::Goroutine& goroutine, void* given) {
        auto& [out, shown, bubble] = *static_cast<Context*>(given);
        if (&goroutine == shown || bubbles::idOf(goroutine) != bubble) return;
        out.add("\n");
        printGoroutine(out, goroutine);
      },
      &context);
}

Outcome writeAllStacks(char* into, size_t room) {
  Worker& worker = self();
  worker.goroutine().transfer = {into, room, 0};
  worker.stacksFor = &worker.goroutine();
  raisePoll(worker, kPollAttend);
  worker.leaving = Leaving::Stopped;
  return Outcome::Parked;
}

void writeWantedStacks(Worker& worker) {
  task::Goroutine& asker = *std::exchange(worker.stacksFor, nullptr);
  if (!stopWorld(worker)) return;
  host::TraceOutput out(asker.transfer.bytes, asker.transfer.count);
  printHeading(out, asker, "running");
  client::printFrames(out, asker);
  printOthers(out, &asker, true);
  asker.answer = static_cast<int64_t>(out.length());
  resumeWorld(worker);
}

}  // namespace millrace::sched
