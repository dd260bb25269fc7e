// Locks and the like, over the core's semaphores.
#include "runtime/cpp/sync.h"

#include "runtime/cpp/client.h"
#include "runtime/host/machine.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sync/semaphore.h"

namespace millrace {

namespace {

void acquire(uint32_t& word, bool lifo, abi::SemReason reason) {
  for (sched::Outcome outcome = sync::acquire(&word, lifo, reason); outcome == sched::Outcome::Parked;) {
    cpp::leave();
    outcome = sync::acquireResumed();
  }
}
void release(uint32_t& word, bool handoff) { cpp::leaveIf(sync::release(&word, handoff)); }

sync::NotifyList& listOf(uint32_t* words) { return *reinterpret_cast<sync::NotifyList*>(words); }

// Who has waited longer than this for a Mutex gets it next. Go's.
constexpr int64_t kPatienceNs = 1'000'000;

}  // namespace

bool Mutex::tryLock() {
  uint32_t state = state_.load(std::memory_order_relaxed);
  return !(state & (kLocked | kStarving)) && state_.compare_exchange_strong(state, state | kLocked, std::memory_order_acquire);
}

// Usually a waiter that was woken competes with those who just come and have the advantage of running already; that keeps the
// lock busy. A waiter that has lost for too long sets kStarving: from then on unlock() hands the lock, still locked, to the
// first waiter, and nobody takes it in between. The last waiter, or one that did not wait long, ends that.
void Mutex::lockSlow() {
  int64_t waitsSince = 0;
  bool starving = false, woken = false;
  for (uint32_t turn = 0;;) {
    uint32_t state = state_.load();
    if ((state & (kLocked | kStarving)) == kLocked && sched::spin(turn)) {
      turn++;
      // Unlocking need not wake a waiter: we are about to try.
      if (!woken && !(state & kWoken) && state >= kWaiter) woken = state_.compare_exchange_strong(state, state | kWoken);
      continue;
    }
    uint32_t next = state;
    if (!(state & kStarving)) next |= kLocked;
    if (state & (kLocked | kStarving)) next += kWaiter;
    if (starving && (state & kLocked)) next |= kStarving;
    if (woken) next &= ~kWoken;
    if (!state_.compare_exchange_strong(state, next)) continue;
    if (!(state & (kLocked | kStarving))) return;
    bool again = waitsSince != 0;
    if (!again) waitsSince = host::nanotime();
    acquire(semaphore_, again, abi::SemReason::MutexLock);
    starving = starving || host::nanotime() - waitsSince > kPatienceNs;
    woken = true;
    turn = 0;
    state = state_.load();
    if (!(state & kStarving)) continue;
    // It is ours already, but is not marked so, and we still count as one that waits.
    uint32_t change = kLocked - kWaiter;
    if (!starving || state / kWaiter == 1) change -= kStarving;
    state_.fetch_add(change);
    return;
  }
}

void Mutex::unlock() {
  uint32_t before = state_.fetch_sub(kLocked), state = before - kLocked;
  if (!(before & kLocked)) sched::fatal("sync: unlock of unlocked mutex");
  if (state == 0) return;
  if (state & kStarving) return release(semaphore_, true);
  // Somebody is to be woken, unless somebody is awake and will see that it is free, or has it already.
  while (state >= kWaiter && !(state & (kLocked | kWoken | kStarving))) {
    if (state_.compare_exchange_strong(state, (state - kWaiter) | kWoken)) return release(semaphore_, false);
  }
}

void RWMutex::rLock() {
  if (readers_.fetch_add(1) + 1 < 0) acquire(readerSemaphore_, false, abi::SemReason::RWMutexRLock);
}

void RWMutex::rUnlock() {
  int32_t left = readers_.fetch_sub(1) - 1;
  if (left >= 0) return;
  if (left + 1 == 0 || left + 1 == -kMaxReaders) sched::fatal("sync: RUnlock of unlocked RWMutex");
  if (leaving_.fetch_sub(1) - 1 == 0) release(writerSemaphore_, false);
}

void RWMutex::lock() {
  writers_.lock();
  int32_t reading = readers_.fetch_sub(kMaxReaders);
  if (reading != 0 && leaving_.fetch_add(reading) + reading != 0) acquire(writerSemaphore_, false, abi::SemReason::RWMutexLock);
}

void RWMutex::unlock() {
  int32_t waiting = readers_.fetch_add(kMaxReaders) + kMaxReaders;
  if (waiting >= kMaxReaders) sched::fatal("sync: Unlock of unlocked RWMutex");
  for (; waiting > 0; waiting--) release(readerSemaphore_, false);
  writers_.unlock();
}

void WaitGroup::add(int32_t count) {
  uint64_t state = state_.fetch_add(static_cast<uint64_t>(count) << 32) + (static_cast<uint64_t>(count) << 32);
  if (static_cast<int32_t>(state >> 32) < 0) cpp::panic("sync: negative WaitGroup counter");
  auto waiting = static_cast<uint32_t>(state);
  if (state >> 32 != 0 || waiting == 0) return;
  state_.store(0);
  for (; waiting > 0; waiting--) release(semaphore_, false);
}

void WaitGroup::wait() {
  for (uint64_t state = state_.load(); state >> 32 != 0;) {
    if (!state_.compare_exchange_strong(state, state + 1)) continue;
    return acquire(semaphore_, false, abi::SemReason::WaitGroupWait);
  }
}

void Cond::wait() {
  uint32_t ticket = sync::notifyAdd(listOf(list_));
  mutex_.unlock();
  cpp::leaveIf(sync::notifyWait(listOf(list_), ticket));
  mutex_.lock();
}
void Cond::signal() { sync::notifyOne(listOf(list_)); }
void Cond::broadcast() { sync::notifyAll(listOf(list_)); }

}  // namespace millrace
