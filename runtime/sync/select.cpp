// Select: wait for the first of several sends and receives.
//
// With the locks of all its channels a select sees one moment of them all. In that moment it looks at its cases in random
// order and takes the first that is ready; if none is, it queues a waiter with every channel and parks. Which case wakes it
// is settled by Goroutine::selectDone, and the losers are taken out of their queues when the goroutine runs again, by then
// one lock at a time: nobody can choose them any more.
//
// The SelectCase array in the goroutine's stage serves as the array of waiters.
#include "runtime/base/check.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/timers.h"
#include "runtime/sync/chan.h"
#include "runtime/sync/wait-queue.h"

namespace millrace::sync {

namespace {

// More cases than this are rare (reflect.Select) and get memory of their own.
constexpr uint32_t kOnStack = 32;

Chan* chanOf(const abi::SelectCase& one) { return static_cast<Chan*>(one.chan.pointer); }
task::Waiter& waiterOf(abi::SelectCase& one) { return reinterpret_cast<task::Waiter&>(one); }

// Fills `order` with the cases that have a channel, shuffled. How many.
uint32_t shuffle(abi::SelectCase* cases, uint32_t count, uint16_t* order, sched::Worker& worker) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (!cases[i].chan) continue;
    uint32_t j = worker.randomBelow(n + 1);
    order[n] = order[j];
    order[j] = static_cast<uint16_t>(i);
    n++;
  }
  return n;
}

// Shell sort by the channels' addresses.
void sortByChannel(abi::SelectCase* cases, uint16_t* order, uint32_t n) {
  uint32_t gap = 1;
  while (gap < n / 3) gap = gap * 3 + 1;
  for (; gap > 0; gap /= 3) {
    for (uint32_t i = gap; i < n; i++) {
      uint16_t moved = order[i];
      uint32_t j = i;
      for (; j >= gap && chanOf(cases[order[j - gap]]) > chanOf(cases[moved]); j -= gap) order[j] = order[j - gap];
      order[j] = moved;
    }
  }
}

void lockAll(abi::SelectCase* cases, const uint16_t* order, uint32_t n) NO_THREAD_SAFETY_ANALYSIS {
  Chan* previous = nullptr;
  for (uint32_t i = 0; i < n; i++) {
    Chan* chan = chanOf(cases[order[i]]);
    if (chan != previous) chan->lock.lock();
    previous = chan;
  }
}
void unlockAll(abi::SelectCase* cases, const uint16_t* order, uint32_t n) NO_THREAD_SAFETY_ANALYSIS {
  for (uint32_t i = n; i-- > 0;) {
    Chan* chan = chanOf(cases[order[i]]);
    if (i == 0 || chanOf(cases[order[i - 1]]) != chan) chan->lock.unlock();
  }
}

bool isReady(const abi::SelectCase& one) {
  Chan* chan = chanOf(one);
  if (chan->closed.relaxed()) return true;
  if (one.isSend) return chan->receivers.first || chan->count.relaxed() < chan->capacity;
  return chan->count.relaxed() > 0 || chan->senders.first;
}

}  // namespace

SelectOutcome select(abi::SelectCase* cases, uint32_t count, bool hasDefault) {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  uint16_t onStack[2 * kOnStack];
  uint16_t* looks = onStack;
  size_t orderBytes = count * sizeof(uint16_t);
  ENSURE(count <= UINT16_MAX + 1);
  if (count > kOnStack) looks = static_cast<uint16_t*>(worker.blocks.allocate(2 * orderBytes));
  uint16_t* locks = looks + count;
  uint32_t n = shuffle(cases, count, looks, worker);
  __builtin_memcpy(locks, looks, n * sizeof(uint16_t));
  const uint32_t bubble = sched::bubbles::idOf(goroutine);
  bool isDurable = bubble != 0;  // all channels are the bubble's
  for (uint32_t i = 0; i < n; i++) {
    Chan* chan = chanOf(cases[looks[i]]);
    if (chan->bubble != bubble) [[unlikely]] {
      if (chan->bubble) sched::fatal("select on synctest channel from outside bubble");
      isDurable = false;
    }
    if (chan->timer && !cases[looks[i]].isSend) [[unlikely]] sched::timers::fireDue();
  }
  sortByChannel(cases, locks, n);

  SelectOutcome result{ChanOutcome::Done, -1};
  for (;;) {
    lockAll(cases, locks, n);
    int32_t chosen = -1;
    for (uint32_t i = 0; i < n && chosen < 0; i++) {
      if (isReady(cases[looks[i]])) chosen = looks[i];
    }
    if (chosen < 0) break;
    unlockAll(cases, locks, n);
    // Somebody may be faster now; then look at all of them again.
    abi::SelectCase& one = cases[chosen];
    ChanOutcome outcome = one.isSend ? trySend(chanOf(one), one.value) : tryReceive(chanOf(one), one.value);
    if (outcome == ChanOutcome::WouldBlock) continue;
    result.index = chosen;
    goroutine.received = outcome == ChanOutcome::Done;
    if (one.isSend) result.outcome = outcome;
    break;
  }
  if (result.index < 0) {
    if (!hasDefault) {
      goroutine.cases = cases;
      goroutine.caseCount = count;
      goroutine.selectDone.setRelaxed(0);
      auto reason = isDurable ? task::WaitReason::SelectDurable : task::WaitReason::Select;
      sched::beginPark(worker, goroutine, count ? reason : task::WaitReason::SelectNoCases);
      for (uint32_t i = 0; i < n; i++) {
        abi::SelectCase& one = cases[locks[i]];
        task::Waiter& waiter = waiterOf(one);
        waiter.flags = task::kWaiterInSelect;
        waiter.goroutine = &goroutine;
        append(one.isSend ? chanOf(one)->senders : chanOf(one)->receivers, waiter);
      }
      result.outcome = ChanOutcome::Parked;
    }
    unlockAll(cases, locks, n);
  }
  if (looks != onStack) worker.blocks.free(looks, 2 * orderBytes);
  return result;
}

SelectOutcome selectResumed() {
  task::Goroutine& goroutine = sched::self().goroutine();
  abi::SelectCase* cases = goroutine.cases;
  int32_t index = -1;
  for (uint32_t i = 0; i < goroutine.caseCount; i++) {
    if (!cases[i].chan) continue;
    task::Waiter& waiter = waiterOf(cases[i]);
    if (&waiter == goroutine.fired) {
      index = static_cast<int32_t>(i);
      continue;
    }
    Chan* chan = chanOf(cases[i]);
    host::Guard guard(chan->lock);
    if (waiter.flags & kWaiterQueued) remove(cases[i].isSend ? chan->senders : chan->receivers, waiter);
  }
  ENSURE(index >= 0);
  bool closedSend = cases[index].isSend && !goroutine.received;
  return {closedSend ? ChanOutcome::Closed : ChanOutcome::Done, index};
}

}  // namespace millrace::sync
