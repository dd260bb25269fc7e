// Stopping and resuming, and driving the collector.
#include "runtime/sched/world.h"

#include "runtime/gc/specials.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/queueing.h"
#include "runtime/sched/report.h"

namespace millrace::sched {

namespace {

struct World {
  host::Atomic<uint32_t> stopping;   // odd: see above
  host::Atomic<uint32_t> helping;    // the number of the stop in which all shall mark; 0: none
  host::Atomic<uint32_t> helpers;    // are about to look at `helping`, or mark
  host::Atomic<uint32_t> arrivals;   // grows when somebody has stopped or fallen asleep
  host::Atomic<uint64_t> running, stopped;
  host::Atomic<uint64_t> stopper;    // stops the world, and waits for all others
  host::Atomic<uint32_t> monitorBusy;
  int64_t stopBeganNs;

  host::Lock lock;
  task::Goroutine* collecting GUARDED_BY(lock) = nullptr;  // wait in runtime.GC; `answer` is the cycle they wait for
};
World world;

// A quantum is a quarter of kMarkIntervalNs, Go's share of the processors. The clock is looked at between parts.
constexpr int64_t kMarkQuantumNs = kMarkIntervalNs / 4, kQuantumPart = 32 << 10, kIdlePart = 128 << 10;
// Within the stop that ends marking: what the programs have shaded meanwhile is looked at, if it does not take longer.
constexpr int64_t kFinishNs = 300'000;

uint32_t allCaches(gc::Cache** caches) {
  uint32_t count = 0;
  for (auto& slot : state.workers) {
    if (Worker* worker = slot.load()) caches[count++] = &worker->heap;
  }
  return count;
}

void setBarrier(Worker& worker) { worker.abi.barrier = gc::isMarking() && gc::collector.hasBarriers; }

}  // namespace

void startWorld() NO_THREAD_SAFETY_ANALYSIS {
  world.stopping.store(0);
  world.helping.store(0);
  world.helpers.store(0);
  world.running.store(0);
  world.stopped.store(0);
  world.stopper.store(0);
  world.monitorBusy.store(0);
  world.collecting = nullptr;
}

// ------------------------------------------------------------------------------------------------ stopping, resuming

#if defined(MILLRACE_SINGLE)

void raisePoll(Worker& worker, uint32_t bits) { worker.poll().setRelaxed(worker.poll().relaxed() | bits); }
bool stopWorld(Worker&) {
  world.stopBeganNs = host::nanotime();
  return true;
}
void resumeWorld(Worker& worker) { setBarrier(worker); }
bool haltWorld(Worker&) { return true; }
void waitForEnd(Worker&) { host::endProgram(2); }

namespace {
void waitForHelpers() {}
void askForHelp() {}
uint32_t stopUnderWay() { return 0; }
void standStill(Worker&, uint32_t) {}
}  // namespace

#else

void raisePoll(Worker& worker, uint32_t bits) { worker.poll().fetchOr(bits); }

void tellAsleep() {
  if (world.stopping.load() % 2 == 0) return;
  world.arrivals.fetchAdd(1);
  host::wake(world.arrivals, 1);
}

void joinWorld(Worker& worker) {
  world.running.fetchOr(bitOf(worker));
  raisePoll(worker, kPollAttend);
}

void monitorAwake(Worker& monitor) {
  for (;;) {
    world.monitorBusy.store(1);
    uint32_t stop = world.stopping.load();
    if (stop % 2 == 0) break;
    monitorRests();
    host::sleepOn(world.stopping, stop, host::kForever);
  }
  setBarrier(monitor);
}

void monitorRests() {
  world.monitorBusy.store(0);
  tellAsleep();
}

namespace {

// Its number; 0: nobody stops.
uint32_t stopUnderWay() {
  uint32_t number = world.stopping.load();
  return number % 2 == 1 ? number : 0;
}

bool everybodyStands(const Worker& stopper) {
  uint64_t awake = world.running.load() & ~state.asleep.load() & ~bitOf(stopper) & ~world.stopper.load();
  return (awake & ~world.stopped.load()) == 0 && world.monitorBusy.load() == 0;
}

// Until stop number `stop` is over.
void standStill(Worker& worker, uint32_t stop) {
  world.stopped.fetchOr(bitOf(worker));
  world.arrivals.fetchAdd(1);
  host::wake(world.arrivals, 1);
  while (world.stopping.load() == stop && !host::hasEnded()) {
    world.helpers.fetchAdd(1);
    bool helps = world.helping.load() == stop && gc::hasWork();
    if (helps) worker.heap.marker.drain(INT64_MAX);
    world.helpers.fetchAdd(-1u);
    if (helps) continue;
    bool mayHelp = !gc::collector.hasBarriers;
    host::sleepOn(world.stopping, stop, mayHelp ? host::nanotime() + 100'000 : host::kForever);
  }
  if (world.stopping.load() != stop) world.stopped.fetchAnd(~bitOf(worker));  // in case it came after the stop was over
  setBarrier(worker);
}

void askForHelp() {
  world.helping.store(world.stopping.load());
  host::wake(world.stopping, ~0u);
}
// Until everything is marked; afterwards nobody touches a queue of marking any more.
void waitForHelpers() {
  while (!gc::looksFinished()) host::relax();
  world.helping.store(0);
  while (world.helpers.load() > 0) host::relax();
}

void callOthers(const Worker& worker) {
  for (auto& slot : state.workers) {
    Worker* other = slot.load();
    if (other && other != &worker) raisePoll(*other, kPollAttend);
  }
}

// As stopWorld; `inGoroutine`: the caller's goroutine is still on it. Then false also if marking is over.
bool stop(Worker& worker, bool inGoroutine) {
  for (;;) {
    uint32_t seen = world.stopping.load();
    if (host::hasEnded() || (inGoroutine && !gc::isMarking())) return false;
    if (seen % 2 == 1) {
      standStill(worker, seen);
    } else if (world.stopping.compareExchange(seen, seen + 1)) {
      break;
    }
  }
  world.stopper.store(bitOf(worker));
  world.stopBeganNs = host::nanotime();
  constexpr int kSpins = 2000;
  for (int spins = 0; !everybodyStands(worker); spins++) {
    if (host::hasEnded()) {
      resumeWorld(worker);
      return false;
    }
    if (spins % kSpins == 0) {
      callOthers(worker);
    }
    if (spins < kSpins) {
      host::relax();
      continue;
    }
    uint32_t arrivals = world.arrivals.load();
    if (!everybodyStands(worker)) host::sleepOn(world.arrivals, arrivals, host::nanotime() + 1'000'000);
  }
  return true;
}

}  // namespace

bool stopWorld(Worker& worker) { return stop(worker, false); }

// If somebody is stopping the world, for a cycle say, he waits for this worker in vain, and does nothing meanwhile. Those that
// do not come in time are in a loop without polls, or the machine has other work.
bool haltWorld(Worker& worker) {
  constexpr int64_t kPatienceNs = 1'000'000'000, kLookNs = 1'000'000;
  uint32_t seen = world.stopping.load();
  if (seen % 2 == 0) world.stopping.compareExchange(seen, seen + 1);
  for (int64_t deadline = host::nanotime() + kPatienceNs; !everybodyStands(worker);) {
    if (host::nanotime() >= deadline) return false;
    callOthers(worker);
    uint32_t arrivals = world.arrivals.load();
    if (!everybodyStands(worker)) host::sleepOn(world.arrivals, arrivals, host::nanotime() + kLookNs);
  }
  return true;
}

void waitForEnd(Worker& worker) {
  if (isMonitor(worker)) world.monitorBusy.store(0);
  else world.stopped.fetchOr(bitOf(worker));
  world.arrivals.fetchAdd(1);
  host::wake(world.arrivals, 1);
  while (!host::hasEnded()) host::relax();
  host::endProgram(2);
}

void resumeWorld(Worker& worker) {
  setBarrier(worker);
  world.stopper.store(0);
  world.stopped.store(0);
  world.helping.store(0);
  world.stopping.fetchAdd(1);
  host::wake(world.stopping, ~0u);
}

#endif

// -------------------------------------------------------------------------------------------------------- the cycles

namespace {

void wakeCollecting() {
  task::Goroutine* ended = nullptr;
  {
    host::Guard guard(world.lock);
    for (task::Goroutine** at = &world.collecting; *at;) {
      task::Goroutine* goroutine = *at;
      if (static_cast<int32_t>(gc::collector.finished.load() - static_cast<uint32_t>(goroutine->answer)) < 0) {
        at = &goroutine->next;
        continue;
      }
      *at = goroutine->next;
      goroutine->next = ended;
      ended = goroutine;
    }
    if (world.collecting) gc::request();
  }
  readyAll(ended);
}

// The world is stopped, and everything queued by anybody has been looked at.
void endCycle(Worker& worker) {
  gc::Cache* caches[abi::kMaxWorkers];
  uint32_t count = allCaches(caches);
  gc::finishOverflow(worker.heap.marker);
  for (uint32_t i = 0; i < count; i++) caches[i]->marker.flush();
  gc::endCycle(caches, count);
  if (gc::isCallerWanted()) raisePoll(worker, kPollAttend);
  wakeCollecting();
  if (gc::collector.wanted.load()) raisePoll(worker, kPollAttend);  // who wanted it has looked while this one lasted
}

// Looks at what all have queued. False: it takes too long.
bool markRest(Worker& worker, int64_t ns) {
  gc::Cache* caches[abi::kMaxWorkers];
  uint32_t count = allCaches(caches);
  for (uint32_t i = 0; i < count; i++) caches[i]->marker.flush();
  int64_t deadline = ns == host::kForever ? ns : host::nanotime() + ns;
  while (!worker.heap.marker.drain(kQuantumPart)) {
    if (host::nanotime() >= deadline) return false;
  }
  return gc::looksFinished();
}

// Begins a cycle, unless somebody else is about to.
void begin(Worker& worker) {
  while (gc::sweepOne(worker.blocks)) {
  }
  if (!stopWorld(worker)) return;
  if (!gc::collector.wanted.load() || gc::isMarking()) return resumeWorld(worker);
  if (!gc::isSwept()) {  // somebody is still at it
    raisePoll(worker, kPollAttend);
    return resumeWorld(worker);
  }
  {
    host::Guard guard(world.lock);
    gc::collector.forced += world.collecting != nullptr;
  }
  gc::Cache* caches[abi::kMaxWorkers];
  uint32_t count = allCaches(caches);
  gc::beginCycle(caches, count);
  if (!gc::collector.hasBarriers) {
    askForHelp();
    worker.heap.marker.drain(INT64_MAX);
    waitForHelpers();
    endCycle(worker);
  }
  gc::notePause(host::nanotime() - world.stopBeganNs);
  resumeWorld(worker);
  if (!gc::isMarking()) return;
  wakeMonitor();
  if (gc::client::helpWanted()) gc::client::offerHelp();
}

void finish(Worker& worker) {
  if (!stopWorld(worker)) return;
  if (gc::isMarking()) {
    if (markRest(worker, host::pageHeap.isLow() ? host::kForever : kFinishNs)) endCycle(worker);
    gc::notePause(host::nanotime() - world.stopBeganNs);
  }
  resumeWorld(worker);
}

}  // namespace

bool stopAndFindLeaks(Worker& worker) {
  for (;;) {
    if (!stopWorld(worker)) return false;
    if (gc::isMarking() && markRest(worker, host::kForever)) endCycle(worker);
    while (gc::sweepOne(worker.blocks)) {
    }
    if (!gc::isMarking() && gc::isSwept()) break;
    resumeWorld(worker);  // somebody is still at it
  }
  gc::Cache* caches[abi::kMaxWorkers];
  gc::beginCycle(caches, allCaches(caches), true);
  gc::Marker& marker = worker.heap.marker;
  do {
    while (!marker.drain(INT64_MAX)) {
    }
    gc::finishOverflow(marker);
  } while (gc::shadeAwakable(marker));
  return true;
}

bool cycleShallEnd() { return gc::isMarking() && (gc::looksFinished() || host::pageHeap.isLow()); }

void markFor(Worker& worker, int64_t ns) {
  int64_t deadline = host::nanotime() + ns;
  while (!gc::drainForOthers(worker.heap.marker, kQuantumPart) && host::nanotime() < deadline) {
  }
}

void attend(Worker& worker) {
#if defined(MILLRACE_SINGLE)
  worker.poll().setRelaxed(worker.poll().relaxed() & ~kPollAttend);
#else
  worker.poll().exchange(0);
#endif
  while (!host::hasEnded()) {
    if (uint32_t stop = stopUnderWay()) {
      standStill(worker, stop);
    } else if (cycleShallEnd()) {
      finish(worker);
    } else if (!gc::isMarking() && gc::collector.wanted.load()) {
      begin(worker);
      if (worker.poll().relaxed() & kPollAttend) break;
    } else if (worker.stacksFor) {
      writeWantedStacks(worker);
    } else if (state.endsWithLeaks.load()) {
      tellLeaks(worker);
    } else {
      break;
    }
  }
  setBarrier(worker);
  if (void* caller = gc::takeWantedCaller()) startAlone(static_cast<abi::Closure*>(caller), nullptr, task::kRuntimesOwn);
  if (gc::isMarking()) markFor(worker, kMarkQuantumNs);
}

bool attendFromGoroutine(Worker& worker) {
  if (stopUnderWay() || (gc::collector.wanted.load() && !gc::isMarking()) || gc::isCallerWanted()) return true;
  if (!gc::isMarking()) return false;
  markFor(worker, kMarkQuantumNs);
  return cycleShallEnd();
}

bool markWhenIdle(Worker& worker) {
  if (gc::hasWork() || !worker.heap.marker.isEmpty()) {
    gc::drainForOthers(worker.heap.marker, kIdlePart);
    return true;
  }
  if (!gc::looksFinished()) return false;
  finish(worker);
  return true;
}

void callAllWorkers() {
  for (uint32_t id = 0; id < state.config.maxWorkers; id++) {
    Worker* worker = state.workers[id].load();
    if (worker && !(state.asleep.load() & bitOf(*worker))) raisePoll(*worker, kPollAttend);
  }
}

Outcome collect() {
  Worker& worker = self();
  task::Goroutine& goroutine = worker.goroutine();
  host::Guard guard(world.lock);
  // A cycle that is under way may miss what has become unreachable since it began.
  goroutine.answer = gc::collector.finished.load() + (gc::isMarking() ? 2 : 1);
  beginPark(worker, goroutine, task::WaitReason::CollectorCycle);
  goroutine.next = world.collecting;
  world.collecting = &goroutine;
  gc::request();
  return Outcome::Parked;
}

void collectResumed() {
  Worker& worker = self();
  while (gc::sweepOne(worker.blocks)) {
  }
}

}  // namespace millrace::sched

namespace millrace::gc::client {

void attentionWanted() { sched::raisePoll(sched::self(), sched::kPollAttend); }

bool helpWanted() {
#if defined(MILLRACE_SINGLE)
  return false;
#else
  return !sched::stopUnderWay() && (sched::state.asleep.load() & sched::bitsBelow(sched::state.procs.load()));
#endif
}

void offerHelp() {
  uint64_t sleepers = sched::state.asleep.load() & sched::bitsBelow(sched::state.procs.load());
  if (!sleepers) return;
  uint64_t bit = sleepers & -sleepers;
  if (sched::state.asleep.fetchAnd(~bit) & bit) {
    sched::wakeWorker(static_cast<uint32_t>(__builtin_ctzll(bit)), sched::kWokenToLook);
  }
}

bool finishCycleNow() {
  sched::Worker& worker = sched::self();
  if (!isMarking()) return false;
  while (!worker.heap.marker.drain(INT64_MAX)) {
  }
#if defined(MILLRACE_SINGLE)
  sched::stopWorld(worker);
#else
  if (!sched::stop(worker, true)) return !isMarking();
#endif
  if (isMarking() && sched::markRest(worker, host::kForever)) sched::endCycle(worker);
  sched::resumeWorld(worker);
  return true;
}

}  // namespace millrace::gc::client
