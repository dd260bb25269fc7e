// Stealing.
#include "runtime/sched/run-queue.h"

namespace millrace::sched {

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
