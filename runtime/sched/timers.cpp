// The heap of timers.
#include "runtime/sched/timers.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/world.h"

namespace millrace::sched::timers {

namespace {

// Beside abi::TimerKind: `target` is a goroutine that sleeps.
constexpr abi::TimerKind kWake = static_cast<abi::TimerKind>(2);

// Position in the heap plus one; 0: not pending.
uint32_t& positionOf(abi::TimerRecord& record) { return record.reserved[0]; }

struct Entry {
  int64_t when;
  abi::TimerRecord* record;
};

host::Lock lock;
// A heap with four children per node: entries[0] is due first.
Entry* entries GUARDED_BY(lock);
uint32_t count GUARDED_BY(lock), capacity GUARDED_BY(lock);
host::Atomic<int64_t> earliest{host::kForever};

bool isChannelTimer(const abi::TimerRecord& record) { return record.kind == abi::TimerKind::SendTime; }

// While the heap is looked at in parts, what moves could be missed. The heap does not keep timers of channels alive.
void beforeMove(const abi::TimerRecord& record) {
  if (!isChannelTimer(record)) beforeDrop(&record);
}

void place(uint32_t at, Entry entry) REQUIRES(lock) {
  beforeMove(*entry.record);
  entries[at] = entry;
  positionOf(*entry.record) = at + 1;
}

void moveUp(uint32_t at, Entry entry) REQUIRES(lock) {
  while (at > 0) {
    uint32_t parent = (at - 1) / 4;
    if (entries[parent].when <= entry.when) break;
    place(at, entries[parent]);
    at = parent;
  }
  place(at, entry);
}

void moveDown(uint32_t at, Entry entry) REQUIRES(lock) {
  for (;;) {
    uint32_t first = at * 4 + 1, smallest = first;
    if (first >= count) break;
    for (uint32_t child = first + 1; child < first + 4 && child < count; child++) {
      if (entries[child].when < entries[smallest].when) smallest = child;
    }
    if (entries[smallest].when >= entry.when) break;
    place(at, entries[smallest]);
    at = smallest;
  }
  place(at, entry);
}

void grow() REQUIRES(lock) {
  size_t pages = capacity ? capacity * sizeof(Entry) / host::kPageBytes * 2 : 1;
  void* memory = host::pageHeap.allocate(pages).address;
  if (!memory) host::outOfMemory(pages * host::kPageBytes);
  if (entries) {
    std::memcpy(memory, static_cast<void*>(entries), count * sizeof(Entry));
    host::pageHeap.free(entries, pages / 2);
  }
  entries = static_cast<Entry*>(memory);
  capacity = static_cast<uint32_t>(pages * host::kPageBytes / sizeof(Entry));
}

void publish() REQUIRES(lock) { earliest.store(count ? entries[0].when : host::kForever); }

// True: it is now the one due first.
bool insert(abi::TimerRecord& record) REQUIRES(lock) {
  if (count == capacity) grow();
  if (record.when < 0) record.when = host::kForever - 1;  // a duration that overflowed
  moveUp(count++, {record.when, &record});
  publish();
  return entries[0].record == &record;
}

bool erase(abi::TimerRecord& record) REQUIRES(lock) {
  uint32_t position = positionOf(record);
  if (position == 0) return false;
  beforeMove(record);
  positionOf(record) = 0;
  Entry last = entries[--count];
  if (last.record != &record) {
    uint32_t at = position - 1;
    if (at > 0 && entries[(at - 1) / 4].when > last.when) moveUp(at, last);
    else moveDown(at, last);
  }
  publish();
  return true;
}

void fire(abi::TimerRecord& record, int64_t due, int64_t now) REQUIRES(lock) {
  if (record.kind == kWake) return ready(*static_cast<task::Goroutine*>(record.target.pointer));
  if (record.kind == abi::TimerKind::SendTime) return client::sendTime(record, due, now);
  go(static_cast<abi::Closure*>(record.target.pointer));
}

}  // namespace

void start() NO_THREAD_SAFETY_ANALYSIS {
  entries = nullptr;
  count = capacity = 0;
  earliest.store(host::kForever);
}

void add(abi::TimerRecord& record) {
  bool first;
  {
    host::Guard guard(lock);
    positionOf(record) = 0;
    first = insert(record);
  }
  if (first) wakeMonitor();
}

bool remove(abi::TimerRecord& record) {
  host::Guard guard(lock);
  bool pending = erase(record);
  if (isChannelTimer(record) && client::discardTime(record)) pending = true;
  return pending;
}

bool reset(abi::TimerRecord& record, int64_t when, int64_t period) {
  bool pending, first;
  {
    host::Guard guard(lock);
    pending = erase(record);
    if (isChannelTimer(record) && client::discardTime(record)) pending = true;
    record.when = when;
    record.period = period;
    first = insert(record);
  }
  if (first) wakeMonitor();
  return pending;
}

Outcome sleep(int64_t ns) {
  if (ns <= 0) return Outcome::Done;
  Worker& worker = self();
  task::Goroutine& goroutine = worker.goroutine();
  int64_t now = host::nanotime();
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
  while (count && entries[0].when <= now) {
    abi::TimerRecord& record = *entries[0].record;
    int64_t due = record.when;
    if (record.period > 0) {  // from when it was due, not from now: a ticker does not drift, but skips what it missed
      record.when += record.period * (1 + (now - record.when) / record.period);
      if (record.when < 0) record.when = host::kForever - 1;
      moveDown(0, {record.when, &record});
      publish();
    } else {
      erase(record);
    }
    fire(record, due, now);
  }
}

bool scanPart(gc::Marker& marker, uint32_t& from) {
  constexpr uint32_t kPart = 1024;
  host::Guard guard(lock);
  uint32_t end = from + kPart < count ? from + kPart : count;  // which may be fewer than last time
  for (; from < end; from++) {
    abi::TimerRecord& record = *entries[from].record;
    if (!isChannelTimer(record) || gc::isHoldingBack()) marker.shadePointer(&record);
  }
  return from < count;
}

void dropUnreachable() {
  host::Guard guard(lock);
  uint32_t left = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (gc::isMarked(entries[i].record) || !isChannelTimer(*entries[i].record)) entries[left++] = entries[i];
  }
  if (left == count) return;
  count = left;
  // The order is that of a heap again once each has been moved down, the last first.
  for (uint32_t i = 0; i < count; i++) positionOf(*entries[i].record) = i + 1;
  for (uint32_t i = count; i-- > 0;) moveDown(i, entries[i]);
  publish();
}

int64_t countPending() {
  host::Guard guard(lock);
  return count;
}

}  // namespace millrace::sched::timers
