// Stealing.
#include "runtime/sched/run-queue.h"

namespace millrace::sched {

uint32_t RunQueue::stealInto(RunQueue& to) {
  uint32_t tail = to.tail_.relaxed();
  uint32_t head = head_.load();
  for (;;) {
    uint32_t count = tail_.load() - head;
    count -= count / 2;
    if (count == 0) return 0;
    if (count > kCapacity / 2) {  // head and tail were read at different times
      head = head_.load();
      continue;
    }
    for (uint32_t i = 0; i < count; i++) {
      to.slots_[(tail + i) % kCapacity].setRelaxed(slots_[(head + i) % kCapacity].relaxed());
    }
    if (head_.compareExchange(head, head + count)) {
      to.tail_.store(tail + count);
      return count;
    }
  }
}

}  // namespace millrace::sched
