// Printing goroutines.
#include "runtime/sched/report.h"

#include <cstring>
#include <utility>

#include "runtime/gc/specials.h"
#include "runtime/host/format.h"
#include "runtime/host/machine.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/client.h"
#include "runtime/sched/state.h"
#include "runtime/sched/world.h"

namespace millrace::sched {

// Go shows them all; but a million would take minutes, and nobody reads them.
constexpr uint64_t kMostOthers = 10'000;

bool tracesRuntime() { return state.traceLevel.relaxed() >= 2; }

void printHeading(host::TraceOutput& out, const task::Goroutine& goroutine, std::string_view state) {
  host::Text<192> line;
  line.add("goroutine ").addUnsigned(goroutine.id);
  if (tracesRuntime()) {
    line.add(" gp=0x").addUnsigned(reinterpret_cast<uintptr_t>(&goroutine), 16);
    bool runs = goroutine.state.load() == task::State::Running;
    Worker* worker = runs ? sched::state.workers[goroutine.ranOn].load() : nullptr;
    if (worker) line.add(" m=").addUnsigned(worker->id).add(" mp=0x").addUnsigned(reinterpret_cast<uintptr_t>(worker), 16);
    else line.add(" m=nil");
  }
  line.add(" [").add(state);
  if (goroutine.lockedToThread) line.add(", locked to thread");
  if (uint32_t bubble = bubbles::idOf(goroutine)) line.add(", synctest bubble ").addUnsigned(bubble);
  out.add(line.add("]:\n").view());
}

static host::Text<64> waitingText(const task::Goroutine& goroutine) {
  task::WaitReason reason = goroutine.reason.relaxed();
  host::Text<64> text;
  text.add(task::waitReasonText(reason));
  bool isDurable = goroutine.inBubble && bubbles::isDurable(reason);
  if (isDurable && !text.view().ends_with("(durable)")) text.add(" (durable)");
  constexpr int64_t kMinute = 60'000'000'000;
  int64_t minutes = goroutine.reason.isSeen() ? (host::nanotime() - goroutine.seenAt.relaxed()) / kMinute : 0;
  if (minutes > 0) text.add(", ").addUnsigned(static_cast<uint64_t>(minutes)).add(" minutes");
  return text;
}

void noteWaiting(task::Goroutine& goroutine) {
  if (goroutine.state.load() != task::State::Parked || goroutine.reason.isSeen()) return;
  uint32_t cycle = goroutine.scannedIn.relaxed();
  if (state.lookedIn.load() != cycle) {  // once for all that it looks at
    state.lookedAt.store(host::nanotime());
    state.lookedIn.store(cycle);
  }
  goroutine.seenAt.setRelaxed(state.lookedAt.load());
  goroutine.reason.setSeen();
}

void printGoroutine(host::TraceOutput& out, const task::Goroutine& goroutine, bool stopped) {
  bool isThere = true;
  switch (goroutine.state.load()) {
    case task::State::Running:
    case task::State::Parking:
      printHeading(out, goroutine, "running");
      isThere = false;
      break;
    case task::State::Woken:
      printHeading(out, goroutine, "runnable");
      isThere = stopped;
      break;
    default: printHeading(out, goroutine, waitingText(goroutine).view());
  }
  if (isThere) return client::printFrames(out, goroutine);
  out.add("\tgoroutine running on other thread; stack unavailable\n");
  client::printCreator(out, goroutine);
}

// Calls visit(goroutine) for all but one, which may be null, and the runtime's own.
template <typename Visit>
static void forEachOther(const task::Goroutine* shown, Visit visit) {
  struct Context {
    const task::Goroutine* shown;
    Visit& visit;
  } context{shown, visit};
  task::forEachGoroutine(
      [](task::Goroutine& goroutine, void* given) {
        auto& [shown, visit] = *static_cast<Context*>(given);
        bool isHidden = goroutine.createdAt == task::kRuntimesOwn && !gc::isCalling();
        if (&goroutine != shown && !isHidden) visit(goroutine);
      },
      &context);
}

void printOthers(host::TraceOutput& out, const task::Goroutine* shown, bool stopped) {
  uint64_t count = 0;
  forEachOther(shown, [&](task::Goroutine& goroutine) {
    if (out.isFull() || count++ >= kMostOthers) return;
    out.add("\n");
    printGoroutine(out, goroutine, stopped);
  });
  if (count <= kMostOthers) return;
  host::Text<64> line;
  out.add(line.add("\n...").addUnsigned(count - kMostOthers).add(" goroutines elided...\n").view());
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
        printGoroutine(out, goroutine, true);
      },
      &context);
}

// What Transfer::stream says of what is wanted.
enum StacksAs : int { kAsText, kAsSites };

static Outcome writeStacks(const task::Transfer& wanted) {
  Worker& worker = self();
  worker.goroutine().transfer = wanted;
  worker.stacksFor = &worker.goroutine();
  raisePoll(worker, kPollAttend);
  worker.leaving = Leaving::Stopped;
  return Outcome::Parked;
}

Outcome writeAllStacks(char* into, size_t room) { return writeStacks({into, room, kAsText}); }
Outcome writeAllSites(uint64_t* into, size_t room) { return writeStacks({reinterpret_cast<char*>(into), room, kAsSites}); }

static size_t writeSites(uint64_t* into, size_t room, const task::Goroutine& asker) {
  size_t count = 0;
  const auto add = [&](const task::Goroutine& goroutine) {
    constexpr uint32_t kMost = 128;  // Go's profiles have as many frames of a goroutine
    constexpr uint32_t kHead = 2;
    uint64_t sites[kHead + kMost];
    sites[0] = client::sitesOf(goroutine, sites + kHead, kMost);
    sites[1] = goroutine.hasLabels ? reinterpret_cast<uintptr_t>(goroutine.labels) : 0;
    const size_t size = kHead + sites[0];
    if (count + size <= room) std::memcpy(into + count, sites, size * sizeof(uint64_t));
    count += size;
  };
  add(asker);
  forEachOther(&asker, add);
  return count;
}

void writeWantedStacks(Worker& worker) {
  task::Goroutine& asker = *std::exchange(worker.stacksFor, nullptr);
  if (!stopWorld(worker)) return;
  const task::Transfer& wanted = asker.transfer;
  if (wanted.stream == kAsSites) {
    asker.answer = static_cast<int64_t>(writeSites(reinterpret_cast<uint64_t*>(wanted.bytes), wanted.count, asker));
  } else {
    host::TraceOutput out(wanted.bytes, wanted.count);
    printHeading(out, asker, "running");
    client::printFrames(out, asker);
    printOthers(out, &asker, true);
    asker.answer = static_cast<int64_t>(out.length());
  }
  resumeWorld(worker);
}

}  // namespace millrace::sched
