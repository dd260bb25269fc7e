// The workers' loop where there are several of them: stealing, falling asleep, being woken.
#include "runtime/sched/deadlock.h"
#include "runtime/sched/queueing.h"

#if !defined(MILLRACE_SINGLE)

namespace millrace::sched {

namespace {

// A search looks at all workers this often before the searcher sleeps; in between, slots get kSlotPatience looks to be
// emptied by their owner. Together about 5 µs on the machine this was tuned on: a futex wake's own cost.
constexpr uint32_t kSearchRounds = host::kExplored ? 2 : 96, kSlotPatience = host::kExplored ? 2 : 32;

task::Goroutine* stealFrom(Worker& victim, Worker& worker) {
  if (victim.queue.stealInto(worker.queue) == 0) return nullptr;
  victim.slotWakeInterval.setRelaxed(0);
  return worker.queue.take();
}

// What lay in a worker's slot, and how far the worker was.
struct SlotSeen {
  task::Goroutine* goroutine;
  uint32_t tick;
};

task::Goroutine* stealSlot(Worker& victim, const SlotSeen& seen) {
  if (!seen.goroutine || victim.tick.read() != seen.tick) return nullptr;
  task::Goroutine* expected = seen.goroutine;
  if (!victim.slot.compareExchange(expected, nullptr)) return nullptr;
  victim.slotWakeInterval.setRelaxed(0);
  return expected;
}

__attribute__((noinline)) task::Goroutine* search(Worker& worker) {
  SlotSeen seen[kMaxRunners];
  uint32_t limit = state.config.maxWorkers;
  for (uint32_t round = 0; round < kSearchRounds; round++) {
    if (task::Goroutine* goroutine = takeNext(worker)) return goroutine;
    bool noteSlots = round % kSlotPatience == 0, lookAtSlots = round % kSlotPatience == kSlotPatience - 1;
    uint32_t offset = worker.randomBelow(limit);
    for (uint32_t i = 0; i < limit; i++) {
      uint32_t id = i + offset < limit ? i + offset : i + offset - limit;
      Worker* victim = state.workers[id].load();
      if (noteSlots) seen[id] = {nullptr, 0};
      if (!victim || victim == &worker) continue;
      if (task::Goroutine* goroutine = stealFrom(*victim, worker)) return goroutine;
      if (noteSlots) seen[id] = {victim->slot.relaxed(), victim->tick.read()};
      if (lookAtSlots) {
        if (task::Goroutine* goroutine = stealSlot(*victim, seen[id])) return goroutine;
      }
    }
    if (host::hasEnded() || !mayRun(worker)) return nullptr;
    host::relax();
  }
  return nullptr;
}

// A worker that may not run goroutines (any more) leaves them to the others.
void giveUpGoroutines(Worker& worker) {
  if (task::Goroutine* goroutine = worker.slot.exchange(nullptr)) state.global.put(goroutine);
  while (task::Goroutine* goroutine = worker.queue.take()) state.global.put(goroutine);
  if (state.global.size()) announce();
}

// Sleeps until there may be work. True: as a searcher, counted by whoever woke it.
__attribute__((noinline)) bool sleep(Worker& worker) {
  uint64_t bit = bitOf(worker);
  worker.woken.store(0);
  state.asleep.fetchOr(bit);
  tellAsleep();
  bool stay = host::hasEnded() || (mayRun(worker) && anyQueued());
  if (stay && (state.asleep.fetchAnd(~bit) & bit)) return false;
  uint64_t started = state.started.load();
  if (!stay && (state.asleep.load() & started) == started) allAsleep();
  while (worker.woken.load() == 0) {
    // While there is no monitor yet, who sleeps looks after the timers.
    int64_t deadline = state.monitorUp.load() ? host::kForever : timers::nextDeadline();
    host::sleepOn(worker.woken, 0, deadline);
    if (deadline == host::kForever || worker.woken.load() || host::nanotime() < deadline) continue;
    if (state.asleep.fetchAnd(~bit) & bit) return false;
  }
  return worker.woken.load() == kWokenToSearch;
}

// How many goroutines a call of runSeveral runs.
constexpr uint32_t kRunsPerCall = 64;

// Runs a goroutine, and then others that are at hand; tells who is next if that is settled. A function of its own because
// engines compile quickly first and well later, and take up the better code when a function is called anew: run() is
// called once.
__attribute__((noinline)) task::Goroutine* runSeveral(Worker& worker, task::Goroutine* goroutine) {
  for (uint32_t left = kRunsPerCall;;) {
    task::Goroutine* next = runOne(worker, goroutine);
    if (--left == 0 || worker.poll().relaxed() || host::hasEnded()) return next;
    if (!next && mayRun(worker)) next = takeNext(worker);
    if (!next) return nullptr;
    goroutine = next;
  }
}

}  // namespace

abi::RunResult run(Worker& worker) {
  bool searching = false;             // and counted in state.searching
  task::Goroutine* next = nullptr;  // taken from a queue already
  joinWorld(worker);
  while (!host::hasEnded()) {
    if (worker.poll().relaxed()) [[unlikely]] attend(worker);
    task::Goroutine* goroutine = next;
    next = nullptr;
    if (goroutine) {
      // runs, also on a worker that may no longer take others
    } else if (mayRun(worker)) [[likely]] {
      goroutine = takeNext(worker);
      // Of the workers that are awake no more than half search at a time.
      if (!goroutine && !searching && 2 * state.searching.load() < state.countAwake()) {
        state.searching.fetchAdd(1);
        searching = true;
      }
      if (!goroutine && searching) goroutine = search(worker);
    } else {
      giveUpGoroutines(worker);
    }
    if (searching) [[unlikely]] {
      searching = false;
      // When the last searcher has found something, another one takes its place: there may be more.
      if (state.searching.fetchAdd(-1u) == 1 && anyQueued()) announce();
    }
    if (goroutine) {
      next = runSeveral(worker, goroutine);
    } else if (!gc::isMarking() || !markWhenIdle(worker)) {
      searching = sleep(worker);
      raisePoll(worker, kPollAttend);  // the world may have stopped meanwhile
      worker.sinceGlobal = kGlobalTurn;  // and a timer may be due
    }
  }
  return abi::RunResult::Ended;
}

Outcome poll() {
  Worker& worker = self();
  uint32_t wanted = worker.poll().exchange(0);
  if (wanted & kPollAttend) {
    if (attendFromGoroutine(worker)) {
      raisePoll(worker, kPollAttend);
      worker.leaving = Leaving::Stopped;
      return Outcome::Parked;
    }
  }
  if (!host::hasEnded() && mayRun(worker) && !othersWait(worker)) {
    if (state.config.stress) [[unlikely]] stressBeforeRun(worker);
    if (!(wanted & kPollRenew)) return Outcome::Done;
    worker.leaving = Leaving::Stopped;
    return Outcome::Parked;
  }
  worker.leaving = Leaving::Preempted;
  return Outcome::Parked;
}

}  // namespace millrace::sched

#endif
