// Semaphores under package sync: goroutines that wait for a word in Go memory to be more than 0, and the queue of a
// sync.Cond. Any word may be waited for; the queues are found by its address.
#pragma once

#include "runtime/sched/scheduler.h"

namespace millrace::sync {

// Takes one from *word, or waits until it can. lifo: in front of those that wait already. When it parked, acquireResumed
// goes on, and may park again: somebody else may have been faster.
sched::Outcome acquire(uint32_t* word, bool lifo, abi::SemReason reason);
sched::Outcome acquireResumed();

// Adds one to *word and wakes who has waited longest. handoff: gives it the one directly and lets it run at once, the
// caller queues behind (Parked: it has left its worker only to yield).
sched::Outcome release(uint32_t* word, bool handoff);

// sync.notifyList, as package sync declares it.
struct NotifyList {
  host::Atomic<uint32_t> wait;    // ticket of the next one to wait; taken without the lock
  host::Atomic<uint32_t> notify;  // ticket of the next one to be notified; changed with it
  host::Lock lock;
  uint32_t unused;
  abi::Slot<task::Waiter> first, last;
};
static_assert(sizeof(NotifyList) == 32);

uint32_t notifyAdd(NotifyList& list);
sched::Outcome notifyWait(NotifyList& list, uint32_t ticket);
void notifyAll(NotifyList& list);
void notifyOne(NotifyList& list);

// Forgets all waiters; for a new start.
void startSemaphores();

}  // namespace millrace::sync
