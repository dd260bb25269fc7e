// The heap of timers.
#include "runtime/sched/timers.h"

#include "runtime/base/check.h"
#include "runtime/host/machine.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/deadlock.h"

namespace millrace::sched::timers {

namespace {

// Beside abi::TimerKind: `target` is a goroutine that sleeps.
constexpr abi::TimerKind kWake = static_cast<abi::TimerKind>(2);

// Id of the bubble whose clock it goes by; 0: the machine's.
uint32_t& bubbleOf(abi::TimerRecord& record) { return record.reserved[1]; }

host::Lock lock;
TimerHeap heap GUARDED_BY(lock);
host::Atomic<int64_t> earliest{host::kForever};
task::Bubble* allBubbles GUARDED_BY(lock);

void publish() REQUIRES(lock) { earliest.store(heap.earliest()); }

// The bubble of a record whose bubbleOf is not 0, which must be where the caller is.
task::Bubble& theBubble(abi::TimerRecord& record, std::string_view fault) {
  task::Bubble* bubble = bubbles::current();
  if (!bubble || bubble->id != bubbleOf(record)) fatal(fault);
  return *bubble;
}

void fire(abi::TimerRecord& record, int64_t due, int64_t now, task::Bubble* bubble = nullptr) REQUIRES(lock) {
  if (record.kind == kWake) return ready(*static_cast<task::Goroutine*>(record.target.pointer));
  if (isChannelTimer(record)) return client::sendTime(record, due, now);
  startAlone(static_cast<abi::Closure*>(record.target.pointer), bubble);
}

void fireDueIn(task::Bubble& bubble) REQUIRES(lock) {
  int64_t due;
  while (abi::TimerRecord* record = bubble.timers.takeDue(bubble.now, due)) fire(*record, due, bubble.now, &bubble);
}

}  // namespace

void start() NO_THREAD_SAFETY_ANALYSIS {
  heap.forget();
  allBubbles = nullptr;
  earliest.store(host::kForever);
}

void add(abi::TimerRecord& record) {
  record.reserved[0] = 0;
  task::Bubble* bubble = bubbles::current();
  bubbleOf(record) = bubble ? bubble->id : 0;
  bool first = false;
  {
    host::Guard guard(lock);
    if (bubble) [[unlikely]] {
      bubble->timers.insert(record);
      fireDueIn(*bubble);  // its clock may stand where this is due
    } else {
      first = heap.insert(record);
      publish();
    }
  }
  if (first) wakeMonitor();
}

bool remove(abi::TimerRecord& record) {
  task::Bubble* bubble = bubbleOf(record) ? &theBubble(record, "stop of synctest timer from outside bubble") : nullptr;
  host::Guard guard(lock);
  bool pending = (bubble ? bubble->timers : heap).erase(record);
  publish();
  if (isChannelTimer(record) && client::discardTime(record)) pending = true;
  return pending;
}

bool reset(abi::TimerRecord& record, int64_t when, int64_t period) {
  task::Bubble* bubble = bubbleOf(record) ? &theBubble(record, "reset of synctest timer from outside bubble") : nullptr;
  bool pending, first;
  {
    host::Guard guard(lock);
    TimerHeap& timers = bubble ? bubble->timers : heap;
    pending = timers.erase(record);
    if (isChannelTimer(record) && client::discardTime(record)) pending = true;
    record.when = when;
    record.period = period;
    first = timers.insert(record);
    publish();
    if (bubble) [[unlikely]] fireDueIn(*bubble);
  }
  if (first && !bubble) wakeMonitor();
  return pending;
}

Outcome sleep(int64_t ns) {
  if (ns <= 0) return Outcome::Done;
  Worker& worker = self();
  task::Goroutine& goroutine = worker.goroutine();
  int64_t now = goroutine.inBubble ? goroutine.bubble->now : host::nanotime();
  abi::TimerRecord& record = goroutine.timer;
  record.when = ns < host::kForever - 1 - now ? now + ns : host::kForever - 1;
  record.period = 0;
  record.target = &goroutine;
  record.kind = kWake;
  beginPark(worker, goroutine, task::WaitReason::Sleep);
  add(record);
  return Outcome::Parked;
}

int64_t nextDeadline() { return earliest.load(); }

int64_t settledDeadline() {
  host::Guard guard(lock);
  return earliest.load();
}

void fireDue() {
  if (earliest.load() == host::kForever) return;
  int64_t now = host::nanotime();
  if (earliest.load() > now) return;
  host::Guard guard(lock);
  int64_t due;
  while (abi::TimerRecord* record = heap.takeDue(now, due)) {
    publish();
    fire(*record, due, now);
  }
}

bool scanPart(gc::Marker& marker, uint32_t& from) {
  constexpr uint32_t kPart = 1024;
  host::Guard guard(lock);
  uint32_t end = from + kPart < heap.count() ? from + kPart : heap.count();  // which may be fewer than last time
  for (; from < end; from++) {
    abi::TimerRecord& record = *heap.at(from);
    if (!isChannelTimer(record) || gc::isHoldingBack()) marker.shadePointer(&record);
  }
  if (from < heap.count()) return true;
  for (task::Bubble* bubble = allBubbles; bubble; bubble = bubble->next) {
    for (uint32_t i = 0; i < bubble->timers.count(); i++) marker.shadePointer(bubble->timers.at(i));
  }
  return false;
}

void dropUnreachable() {
  host::Guard guard(lock);
  if (heap.dropUnreachable()) publish();
}

int64_t countPending() {
  host::Guard guard(lock);
  return heap.count();
}

bool isBubbles(const abi::TimerRecord& record) { return bubbleOf(const_cast<abi::TimerRecord&>(record)) != 0; }

void addBubble(task::Bubble& bubble) {
  host::Guard guard(lock);
  bubble.next = allBubbles;
  if (allBubbles) allBubbles->previous = &bubble;
  allBubbles = &bubble;
}

void dropBubble(task::Bubble& bubble) {
  host::Guard guard(lock);
  bubble.timers.clear();
  (bubble.previous ? bubble.previous->next : allBubbles) = bubble.next;
  if (bubble.next) bubble.next->previous = bubble.previous;
}

bool advance(task::Bubble& bubble) {
  host::Guard guard(lock);
  if (bubble.timers.count() == 0) return false;
  bubble.now = bubble.timers.earliest();
  fireDueIn(bubble);
  return true;
}

}  // namespace millrace::sched::timers
