// Putting goroutines where workers find them, taking them from there, and running one: what the loops of both builds and
// the operations share. For the files of this room.
#pragma once

#include "runtime/base/check.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/client.h"
#include "runtime/sched/state.h"
#include "runtime/sched/timers.h"
#include "runtime/sched/world.h"

namespace millrace::sched {

// How often the queue of all is looked at although the worker's own has goroutines. Go's number: prime, so that it does
// not fall in step with a program's pattern.
inline constexpr uint32_t kGlobalTurn = 61;
// Goroutines from the slot in a row before the queue has its turn. A hop takes about 0.1 µs.
inline constexpr uint32_t kMaxSlotRuns = 200;
// See the head of scheduler.h. Longest interval: a useless wake costs about 5 µs, a hundred hops' time.
inline constexpr uint32_t kMaxSlotWakeInterval = 1023;

inline bool isMonitor(const Worker& worker) { return worker.id == state.config.maxWorkers; }
inline bool mayRun(const Worker& worker) { return worker.id < state.procs.load(); }
inline uint64_t bitOf(const Worker& worker) { return uint64_t{1} << worker.id; }
inline uint64_t bitsBelow(uint32_t n) { return n >= 64 ? ~uint64_t{0} : (uint64_t{1} << n) - 1; }

inline bool othersWait(Worker& worker) {
  return worker.slot.relaxed() || !worker.queue.isEmpty() || state.global.size();
}

// Wakes a sleeper to search for work, unless somebody searches already.
void wakeSearcher();
// Wakes worker `id`, whose bit in `asleep` the caller has cleared.
void wakeWorker(uint32_t id, uint32_t how);
// Is any goroutine in a queue, slots aside?
bool anyQueued();
// Half of a full queue goes to all, and the goroutine.
void overflow(Worker& worker, task::Goroutine* goroutine);

inline bool sleeperWanted() {
  return (state.asleep.load() & bitsBelow(state.procs.load())) && state.searching.load() == 0;
}

// To be called after a goroutine was queued: somebody must know.
inline void announce() {
#if defined(MILLRACE_SINGLE)
  raisePoll(self(), kPollShare);
#else
  if (sleeperWanted()) [[unlikely]] wakeSearcher();
  if (state.monitorRests.load()) [[unlikely]] rouseMonitor();
#endif
}

// The same for a goroutine in the slot of `worker`.
inline void announceSlot(Worker& worker) {
#if defined(MILLRACE_SINGLE)
  raisePoll(worker, kPollShare);
#else
  if (sleeperWanted()) [[unlikely]] {
    if (worker.skipWakes > 0) {
      worker.skipWakes--;
    } else {
      uint32_t interval = worker.slotWakeInterval.relaxed();
      worker.skipWakes = interval;
      worker.slotWakeInterval.setRelaxed(interval < kMaxSlotWakeInterval ? interval * 2 + 1 : kMaxSlotWakeInterval);
      wakeSearcher();
    }
  }
  if (state.monitorRests.load()) [[unlikely]] rouseMonitor();
#endif
}

inline void queueLast(Worker& worker, task::Goroutine* goroutine) {
  if (!worker.queue.tryPut(goroutine)) [[unlikely]] overflow(worker, goroutine);
}

// Puts a goroutine that was made ready by this worker where it will run next.
inline __attribute__((always_inline)) void queueNext(Worker& worker, task::Goroutine* goroutine) {
  if (isMonitor(worker)) [[unlikely]] {
    state.global.put(goroutine);
    return announce();
  }
  if (task::Goroutine* pushedOut = worker.slot.exchange(goroutine)) {
    queueLast(worker, pushedOut);
    return announce();
  }
  announceSlot(worker);
}

// What tests want to happen all the time.
void stressBeforeRun(Worker& worker);
task::Goroutine* stressTake(Worker& worker);

// The next goroutine of those that are at hand; null: none.
inline __attribute__((always_inline)) task::Goroutine* takeNext(Worker& worker) {
  if (state.config.stress & abi::kStressSteal) [[unlikely]] {
    if (task::Goroutine* goroutine = stressTake(worker)) return goroutine;
  }
  if (++worker.sinceGlobal >= kGlobalTurn) [[unlikely]] {
    worker.sinceGlobal = 0;
    if (!state.monitorUp.relaxed()) timers::fireDue();
    if (task::Goroutine* goroutine = state.global.take(0, worker.queue)) return goroutine;
  }
  if (worker.slotRuns < kMaxSlotRuns || worker.queue.isEmpty()) {
    if (worker.slot.relaxed()) {
      if (task::Goroutine* goroutine = worker.slot.exchange(nullptr)) {
        worker.slotRuns++;
        return goroutine;
      }
    }
  }
  worker.slotRuns = 0;
  if (task::Goroutine* goroutine = worker.queue.take()) return goroutine;
  uint32_t queued = state.global.size();
  if (queued == 0) return nullptr;
  uint32_t share = queued / state.procs.load();
  return state.global.take(share < RunQueue::kCapacity / 2 ? share : RunQueue::kCapacity / 2, worker.queue);
}

// Runs a goroutine that was taken from a queue, and queues it again if it left only to let others run. Tells who is next if
// that was settled on the way, else null.
inline task::Goroutine* runOne(Worker& worker, task::Goroutine* goroutine) {
  if (gc::isMarking()) [[unlikely]] gc::scanBeforeRun(*goroutine, worker.heap.marker);
  goroutine->state.setRelaxed(task::State::Running);
  goroutine->ranOn = static_cast<uint8_t>(worker.id);
  worker.abi.goroutine = goroutine;
  worker.tick.add(1);
  if (state.config.stress) [[unlikely]] stressBeforeRun(worker);
  switch (client::resume(worker, *goroutine)) {
    case Leaving::Parked: {
      task::Bubble* rests = nullptr;  // asked now: later it may have ended
      if (goroutine->inBubble && bubbles::isDurable(goroutine->reason.relaxed())) [[unlikely]] rests = goroutine->bubble;
      // From here on another worker may run it, unless a waker came already: then it is ours to queue.
      if (goroutine->state.exchange(task::State::Parked) == task::State::Woken) {
        goroutine->state.setRelaxed(task::State::Woken);
        queueNext(worker, goroutine);
      } else if (rests) [[unlikely]] {
        bubbles::blocked(*rests);
      }
      break;
    }
    case Leaving::Yielded:
      goroutine->reason.setRelaxed(task::WaitReason::None);  // so that the collector does not look into its stage
      goroutine->state.setRelaxed(task::State::Woken);
      if (!worker.slot.relaxed() && worker.sinceGlobal < kGlobalTurn) {
        if (task::Goroutine* next = worker.queue.rotate(goroutine)) {
          worker.sinceGlobal++;
          worker.slotRuns = 0;
          return next;  // as many wait as before: nobody needs to be told
        }
      }
      queueLast(worker, goroutine);
      announce();
      break;
    case Leaving::Stopped:
      goroutine->reason.setRelaxed(task::WaitReason::None);
      goroutine->state.setRelaxed(task::State::Woken);
      return goroutine;
    case Leaving::Preempted:
      goroutine->reason.setRelaxed(task::WaitReason::None);
      goroutine->state.setRelaxed(task::State::Woken);
      state.global.put(goroutine);
      announce();
      break;
    case Leaving::Deeper: UNREACHABLE();
    case Leaving::Ended:
      if (goroutine == state.mainGoroutine && !state.mainExited && !state.deathReported.load()) end(0);
      if (goroutine->inBubble) [[unlikely]] bubbles::part(*goroutine);
      worker.goroutines.free(goroutine, worker.blocks);
      break;
  }
  return nullptr;
}

}  // namespace millrace::sched
