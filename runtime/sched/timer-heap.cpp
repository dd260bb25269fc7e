// The heap of timers: what a binary heap does, four ways.
#include "runtime/sched/timer-heap.h"

#include <cstring>

#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/world.h"

namespace millrace::sched {

namespace {

// Position in the heap plus one; 0: not pending.
uint32_t& positionOf(abi::TimerRecord& record) { return record.reserved[0]; }

}  // namespace

// While a heap is looked at in parts, what moves could be missed. The heap does not keep timers of channels alive.
static void beforeMove(const abi::TimerRecord& record) {
  if (!isChannelTimer(record)) beforeDrop(&record);
}

void TimerHeap::place(uint32_t at, Entry entry) {
  beforeMove(*entry.record);
  entries_[at] = entry;
  positionOf(*entry.record) = at + 1;
}

void TimerHeap::moveUp(uint32_t at, Entry entry) {
  while (at > 0) {
    uint32_t parent = (at - 1) / 4;
    if (entries_[parent].when <= entry.when) break;
    place(at, entries_[parent]);
    at = parent;
  }
  place(at, entry);
}

void TimerHeap::moveDown(uint32_t at, Entry entry) {
  for (;;) {
    uint32_t first = at * 4 + 1, smallest = first;
    if (first >= count_) break;
    for (uint32_t child = first + 1; child < first + 4 && child < count_; child++) {
      if (entries_[child].when < entries_[smallest].when) smallest = child;
    }
    if (entries_[smallest].when >= entry.when) break;
    place(at, entries_[smallest]);
    at = smallest;
  }
  place(at, entry);
}

void TimerHeap::grow() {
  size_t pages = capacity_ ? capacity_ * sizeof(Entry) / host::kPageBytes * 2 : 1;
  void* memory = host::pageHeap.allocate(pages).address;
  if (!memory) host::outOfMemory(pages * host::kPageBytes);
  if (entries_) {
    std::memcpy(memory, static_cast<void*>(entries_), count_ * sizeof(Entry));
    host::pageHeap.free(entries_, pages / 2);
  }
  entries_ = static_cast<Entry*>(memory);
  capacity_ = static_cast<uint32_t>(pages * host::kPageBytes / sizeof(Entry));
}

bool TimerHeap::insert(abi::TimerRecord& record) {
  if (count_ == capacity_) grow();
  if (record.when < 0) record.when = host::kForever - 1;  // a duration that overflowed
  moveUp(count_++, {record.when, &record});
  return entries_[0].record == &record;
}

bool TimerHeap::erase(abi::TimerRecord& record) {
  uint32_t position = positionOf(record);
  if (position == 0) return false;
  beforeMove(record);
  positionOf(record) = 0;
  Entry last = entries_[--count_];
  if (last.record != &record) {
    uint32_t at = position - 1;
    if (at > 0 && entries_[(at - 1) / 4].when > last.when) moveUp(at, last);
    else moveDown(at, last);
  }
  return true;
}

abi::TimerRecord* TimerHeap::takeDue(int64_t now, int64_t& due) {
  if (count_ == 0 || entries_[0].when > now) return nullptr;
  abi::TimerRecord& record = *entries_[0].record;
  due = record.when;
  if (record.period > 0) {  // from when it was due, not from now: a ticker does not drift, but skips what it missed
    record.when += record.period * (1 + (now - record.when) / record.period);
    if (record.when < 0) record.when = host::kForever - 1;
    moveDown(0, {record.when, &record});
  } else {
    erase(record);
  }
  return &record;
}

bool TimerHeap::dropUnreachable() {
  uint32_t left = 0;
  for (uint32_t i = 0; i < count_; i++) {
    if (gc::isMarked(entries_[i].record) || !isChannelTimer(*entries_[i].record)) entries_[left++] = entries_[i];
  }
  if (left == count_) return false;
  count_ = left;
  // The order is that of a heap again once each has been moved down, the last first.
  for (uint32_t i = 0; i < count_; i++) positionOf(*entries_[i].record) = i + 1;
  for (uint32_t i = count_; i-- > 0;) moveDown(i, entries_[i]);
  return true;
}

void TimerHeap::clear() {
  while (count_ > 0) erase(*entries_[count_ - 1].record);
  if (entries_) host::pageHeap.free(entries_, capacity_ * sizeof(Entry) / host::kPageBytes);
  forget();
}

}  // namespace millrace::sched
