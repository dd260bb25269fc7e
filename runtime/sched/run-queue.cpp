// Moving several at once.
#include "runtime/sched/run-queue.h"

namespace millrace::sched {

task::Goroutine* RunQueue::takeHalf(uint32_t& count, task::Goroutine*& last) {
  for (Ends ends = load(); ends.size() > 0; ends = load()) {
    count = ends.size() - ends.size() / 2;
    if (!move(ends, {ends.head + count, ends.tail})) continue;
    // Only the owner writes slots, so they still hold what was taken.
    task::Goroutine* first = last = slots_[ends.head % kCapacity].relaxed();
    for (uint32_t i = 1; i < count; i++) last = last->next = slots_[(ends.head + i) % kCapacity].relaxed();
    return first;
  }
  return nullptr;
}

task::Goroutine* RunQueue::putChain(task::Goroutine* first, uint32_t count) {
  uint32_t tail = load().tail;
  for (uint32_t i = 0; i < count; i++) {
    slots_[(tail + i) % kCapacity].setRelaxed(first);
    first = first->next;
  }
  ends_.fetchAdd(uint64_t{count} << 32);
  return first;
}

uint32_t RunQueue::stealInto(RunQueue& to) {
  uint32_t tail = to.load().tail;
  for (Ends ends = load(); ends.size() > 0; ends = load()) {
    uint32_t count = ends.size() - ends.size() / 2;
    for (uint32_t i = 0; i < count; i++) {
      to.slots_[(tail + i) % kCapacity].setRelaxed(slots_[(ends.head + i) % kCapacity].relaxed());
    }
    if (!move(ends, {ends.head + count, ends.tail})) continue;
    to.ends_.fetchAdd(uint64_t{count} << 32);
    return count;
  }
  return 0;
}

}  // namespace millrace::sched
