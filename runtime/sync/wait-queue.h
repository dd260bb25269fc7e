// Operations on a queue of waiters; its lock is the channel's.
#pragma once

#include "runtime/sync/chan.h"

namespace millrace::sync {

// Beside task::WaiterFlags: it stands in a queue.
inline constexpr uint32_t kWaiterQueued = 8;

inline void append(WaitQueue& queue, task::Waiter& waiter) {
  waiter.flags |= kWaiterQueued;
  waiter.next = nullptr;
  waiter.previous = queue.last;
  (queue.last ? queue.last->next : queue.first.pointer) = &waiter;
  queue.last = &waiter;
}

inline void remove(WaitQueue& queue, task::Waiter& waiter) {
  waiter.flags &= ~kWaiterQueued;
  (waiter.previous ? waiter.previous->next : queue.first.pointer) = waiter.next;
  (waiter.next ? waiter.next->previous : queue.last.pointer) = waiter.previous;
}

// The first waiter whose goroutine is not being woken by somebody else; null: none. It is the caller's to wake.
inline task::Waiter* takeFirst(WaitQueue& queue) {
  while (task::Waiter* waiter = queue.first) {
    remove(queue, *waiter);
    if (!(waiter->flags & task::kWaiterInSelect)) return waiter;
    uint32_t waits = 0;
    if (waiter->goroutine->selectDone.compareExchange(waits, 1)) return waiter;
  }
  return nullptr;
}

// Tells a waiter that was taken out what became of it. What is left is to make its goroutine ready, without the lock.
inline task::Goroutine& settle(task::Waiter& waiter, bool succeeded) {
  task::Goroutine& goroutine = *waiter.goroutine;
  goroutine.fired = &waiter;
  goroutine.received = succeeded;
  return goroutine;
}

// Of the usual sizes: words, strings and interfaces, slices. Engines make a call of their own of memory.copy and memory.fill.
inline void copyValue(void* to, const void* from, uint32_t bytes) {
  switch (bytes) {
    case 0: return;
    case 4: __builtin_memcpy(to, from, 4); return;
    case 8: __builtin_memcpy(to, from, 8); return;
    case 16: __builtin_memcpy(to, from, 16); return;
    case 24: __builtin_memcpy(to, from, 24); return;
    default: __builtin_memcpy(to, from, bytes);
  }
}
inline void clearValue(void* at, uint32_t bytes) {
  switch (bytes) {
    case 0: return;
    case 4: __builtin_memset(at, 0, 4); return;
    case 8: __builtin_memset(at, 0, 8); return;
    case 16: __builtin_memset(at, 0, 16); return;
    case 24: __builtin_memset(at, 0, 24); return;
    default: __builtin_memset(at, 0, bytes);
  }
}

}  // namespace millrace::sync
