// The workers' loop: taking the next goroutine, stealing, falling asleep and being woken.
#include "runtime/sched/scheduler.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/client.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/state.h"
#include "runtime/sched/timers.h"

namespace millrace::sched {

#if !defined(__wasm__)
static thread_local Worker* selfPointer;
Worker& self() { return *selfPointer; }
void setSelf(Worker* worker) { selfPointer = worker; }
#else
__asm__(
    ".section .globals,\"\",@\n"
    ".globl millrace_worker\n"
    "millrace_worker:\n");
#endif

SchedulerState state;
host::Atomic<uint32_t> waitingForHost;

namespace {

// How often the queue of all is looked at although the worker's own has goroutines. Go's number: prime, so that it does
// not fall in step with a program's pattern.
constexpr uint32_t kGlobalTurn = 61;
// Goroutines from the slot in a row before the queue has its turn. A hop takes about 0.1 µs.
constexpr uint32_t kMaxSlotRuns = 200;
// See the head of the header. Longest interval: a useless wake costs about 5 µs, a hundred hops' time.
constexpr uint32_t kMaxSlotWakeInterval = 1023;
// A search looks at all workers this often before the searcher sleeps; in between, slots get kSlotPatience looks to be
// emptied by their owner. Together about 5 µs on the machine this was tuned on: a futex wake's own cost.
constexpr uint32_t kSearchRounds = 96, kSlotPatience = 32;

bool isMonitor(const Worker& worker) { return worker.id == state.config.maxWorkers; }
bool mayRun(const Worker& worker) { return worker.id < state.procs.load(); }

uint64_t below(uint32_t n) { return n >= 64 ? ~uint64_t{0} : (uint64_t{1} << n) - 1; }
uint64_t bitOf(const Worker& worker) { return uint64_t{1} << worker.id; }

void wakeWorker(uint32_t id, uint32_t how) {
  Worker* worker = state.workers[id].load();
  worker->woken.store(how);
  host::wake(worker->woken, 1);
}

// Wakes a sleeper to search for work, unless somebody searches already.
__attribute__((noinline)) void wakeSearcher() {
  uint32_t nobody = 0;
  if (!state.searching.compareExchange(nobody, 1)) return;
  for (;;) {
    uint64_t sleepers = state.asleep.load() & below(state.procs.load());
    if (!sleepers) break;
    uint64_t bit = sleepers & -sleepers;
    if (state.asleep.fetchAnd(~bit) & bit) return wakeWorker(static_cast<uint32_t>(__builtin_ctzll(bit)), kWokenToSearch);
  }
  state.searching.fetchAdd(-1u);
}

bool sleeperWanted() {
  return (state.asleep.load() & below(state.procs.load())) && state.searching.load() == 0;
}

// To be called after a goroutine was queued: somebody must know.
inline void announce() {
#if defined(MILLRACE_SINGLE)
  self().poll().setRelaxed(1);
#else
  if (sleeperWanted()) [[unlikely]] wakeSearcher();
  if (state.monitorRests.load()) [[unlikely]] rouseMonitor();
#endif
}

// The same for a goroutine in the slot of `worker`.
inline void announceSlot([[maybe_unused]] Worker& worker) {
#if defined(MILLRACE_SINGLE)
  worker.poll().setRelaxed(1);
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

// Half of a full queue goes to all.
__attribute__((noinline)) void overflow(Worker& worker, task::Goroutine* goroutine) {
  for (uint32_t i = 0; i < RunQueue::kCapacity / 2; i++) {
    task::Goroutine* first = worker.queue.take();
    if (!first) break;
    state.global.put(first);
  }
  state.global.put(goroutine);
}

inline void putLast(Worker& worker, task::Goroutine* goroutine) {
  if (!worker.queue.tryPut(goroutine)) [[unlikely]] overflow(worker, goroutine);
}

// Puts a goroutine that was made ready by this worker where it will run next.
inline void queueNext(Worker& worker, task::Goroutine* goroutine) {
  if (isMonitor(worker)) [[unlikely]] {
    state.global.put(goroutine);
    return announce();
  }
  if (task::Goroutine* pushedOut = worker.slot.exchange(goroutine)) {
    putLast(worker, pushedOut);
    return announce();
  }
  announceSlot(worker);
}

// The next goroutine of those that are at hand; null: none.
inline task::Goroutine* takeNext(Worker& worker) {
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
  if (state.global.size() == 0) return nullptr;
  uint32_t share = state.global.size() / state.procs.load();
  return state.global.take(share < RunQueue::kCapacity / 2 ? share : RunQueue::kCapacity / 2, worker.queue);
}

// ---- work that lies elsewhere

task::Goroutine* stealFrom(Worker& victim, Worker& worker) {
  if (victim.queue.stealInto(worker.queue) == 0) return nullptr;
  victim.slotWakeInterval.setRelaxed(0);
  return worker.queue.take();
}

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

task::Goroutine* search(Worker& worker) {
  SlotSeen seen[kMaxRunners];
  uint32_t limit = state.config.maxWorkers;
  for (uint32_t round = 0; round < kSearchRounds; round++) {
    if (task::Goroutine* goroutine = takeNext(worker)) return goroutine;
    bool lookAtSlots = round % kSlotPatience == kSlotPatience - 1, noteSlots = round % kSlotPatience == 0;
    uint32_t offset = worker.randomBelow(limit);
    for (uint32_t i = 0; i < limit; i++) {
      uint32_t id = i + offset < limit ? i + offset : i + offset - limit;
      Worker* victim = state.workers[id].load();
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

bool othersWait(Worker& worker) { return worker.slot.relaxed() || !worker.queue.isEmpty() || state.global.size(); }

bool anyQueued() {
  if (state.global.size()) return true;
  for (uint32_t id = 0; id < state.config.maxWorkers; id++) {
    Worker* worker = state.workers[id].load();
    if (worker && !worker->queue.isEmpty()) return true;
  }
  return false;
}

// A worker that may not run goroutines (any more) leaves them to the others.
void giveUpGoroutines(Worker& worker) {
  if (task::Goroutine* goroutine = worker.slot.exchange(nullptr)) state.global.put(goroutine);
  while (task::Goroutine* goroutine = worker.queue.take()) state.global.put(goroutine);
  if (state.global.size()) announce();
}

// Sleeps until there may be work. True: as a searcher, counted by whoever woke it.
bool sleep(Worker& worker) {
  uint64_t bit = bitOf(worker);
  worker.woken.store(0);
  state.asleep.fetchOr(bit);
  bool stay = host::hasEnded() || (mayRun(worker) && anyQueued());
  if (stay && (state.asleep.fetchAnd(~bit) & bit)) return false;
  uint64_t started = state.started.load();
  if (!stay && (state.asleep.load() & started) == started) allAsleep();
  while (worker.woken.load() == 0) {
    int64_t deadline = state.monitorUp.load() ? host::kForever : timers::nextDeadline();
    host::sleepOn(worker.woken, 0, deadline);
    if (deadline == host::kForever || worker.woken.load() || host::nanotime() < deadline) continue;
    if (state.asleep.fetchAnd(~bit) & bit) {
      timers::fireDue();
      return false;
    }
  }
  return worker.woken.load() == kWokenToSearch;
}

void runOne(Worker& worker, task::Goroutine* goroutine) {
  goroutine->state.setRelaxed(task::State::Running);
  worker.abi.goroutine = goroutine;
  worker.tick.add(1);
#if defined(MILLRACE_SINGLE)
  worker.poll().setRelaxed(othersWait(worker) || timers::nextDeadline() != host::kForever || waitingForHost.relaxed());
  worker.sliceBeganNs = 0;
#else
  if (worker.poll().relaxed()) [[unlikely]] worker.poll().setRelaxed(0);
#endif
  switch (client::resume(worker, *goroutine)) {
    case Leaving::Parked:
      // From here on another worker may run it, unless a waker came already: then it is ours to queue.
      if (goroutine->state.exchange(task::State::Parked) == task::State::Woken) {
        goroutine->state.setRelaxed(task::State::Woken);
        queueNext(worker, goroutine);
      }
      break;
    case Leaving::Yielded:
      goroutine->state.setRelaxed(task::State::Woken);
      putLast(worker, goroutine);
      announce();
      break;
    case Leaving::Preempted:
      goroutine->state.setRelaxed(task::State::Woken);
      state.global.put(goroutine);
      announce();
      break;
    case Leaving::Ended:
      if (goroutine == state.mainGoroutine && !state.mainExited) end(0);
      worker.goroutines.free(goroutine, worker.blocks);
      break;
  }
}

}  // namespace

#if defined(MILLRACE_SINGLE)

abi::RunResult run(Worker& worker) {
  worker.runBeganNs = host::nanotime();
  while (!host::hasEnded()) {
    if (task::Goroutine* goroutine = takeNext(worker)) {
      runOne(worker, goroutine);
      if (worker.runBeganNs == kBreatheSoon) return abi::RunResult::Breathe;
      continue;
    }
    timers::fireDue();
    client::hostEvent();
    if (othersWait(worker)) continue;
    allAsleep();
    if (!host::hasEnded()) return abi::RunResult::Idle;
  }
  return abi::RunResult::Ended;
}

#else

abi::RunResult run(Worker& worker) {
  bool searching = false;  // and counted in state.searching
  while (!host::hasEnded()) {
    task::Goroutine* goroutine = nullptr;
    if (mayRun(worker)) [[likely]] {
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
    if (goroutine) runOne(worker, goroutine);
    else searching = sleep(worker);
  }
  return abi::RunResult::Ended;
}

#endif

// ---- what operations call

task::Goroutine& go(abi::Closure* entry) {
  Worker& worker = self();
  task::Goroutine* goroutine = worker.goroutines.make(entry);
  queueNext(worker, goroutine);
  return *goroutine;
}

void startMain(abi::Closure* entry) { state.mainGoroutine = &go(entry); }

void noteExit(task::Goroutine& goroutine) {
  if (&goroutine == state.mainGoroutine) state.mainExited = true;
}

void nudgeSleepers() {
  if (sleeperWanted()) wakeSearcher();
}

void ready(task::Goroutine& goroutine) {
  if (goroutine.state.exchange(task::State::Woken) == task::State::Parked) queueNext(self(), &goroutine);
}

void readyAll(task::Goroutine* first) {
  while (first) {
    task::Goroutine* next = first->next;  // before somebody else may run it
    ready(*first);
    first = next;
  }
}

Outcome yield() {
  Worker& worker = self();
  if (!state.monitorUp.relaxed() && ++worker.sinceGlobal >= kGlobalTurn) worker.sinceGlobal = 0, timers::fireDue();
  if (!othersWait(worker) && !worker.poll().relaxed()) return Outcome::Done;
  worker.leaving = Leaving::Yielded;
  return Outcome::Parked;
}

Outcome parkForever(task::WaitReason reason) {
  Worker& worker = self();
  beginPark(worker, worker.goroutine(), reason);
  return Outcome::Parked;
}

#if defined(MILLRACE_SINGLE)
// The flag is up for as long as somebody else may want to run, so this is called very often: it looks at the clock only
// now and then, as often as makes the looks about kLookNs apart.
Outcome poll() {
  Worker& worker = self();
  if (worker.pollsLeft > 0) {
    worker.pollsLeft--;
    return Outcome::Done;
  }
  constexpr int64_t kLookNs = 200'000;
  int64_t now = host::nanotime(), sinceLast = now - worker.lastPollNs;
  worker.lastPollNs = now;
  if (sinceLast < kLookNs / 2 && worker.pollInterval < 1 << 20) worker.pollInterval = worker.pollInterval * 2 + 1;
  if (sinceLast > kLookNs * 2) worker.pollInterval /= static_cast<uint32_t>(sinceLast / kLookNs < 1000 ? sinceLast / kLookNs : 1000);
  worker.pollsLeft = worker.pollInterval;
  timers::fireDue();
  if (worker.sliceBeganNs == 0) worker.sliceBeganNs = now;
  bool breathe = now - worker.runBeganNs >= kBreatheNs;
  if (breathe) worker.runBeganNs = kBreatheSoon;
  if (!breathe && !(othersWait(worker) && now - worker.sliceBeganNs >= kSliceNs)) return Outcome::Done;
  worker.leaving = Leaving::Preempted;
  return Outcome::Parked;
}
#else
Outcome poll() {
  Worker& worker = self();
  worker.poll().setRelaxed(0);
  if (!host::hasEnded() && mayRun(worker) && !othersWait(worker)) return Outcome::Done;
  worker.leaving = Leaving::Preempted;
  return Outcome::Parked;
}
#endif

Outcome setProcs(int64_t n, int64_t& before) {
  before = state.procs.load();
  if (n < 1 || n == before) return Outcome::Done;
  changeProcs(n > INT32_MAX ? INT32_MAX : static_cast<uint32_t>(n));
  Worker& worker = self();
  if (mayRun(worker)) return Outcome::Done;
  worker.leaving = Leaving::Preempted;
  return Outcome::Parked;
}

void changeProcs(uint32_t procs) {
  uint32_t before = state.procs.exchange(procs);
  host::atomicAt(&host::engineState.procs).store(procs);
  uint32_t limit = state.config.maxWorkers;
  for (uint32_t id = 0; id < limit; id++) {
    Worker* worker = state.workers[id].load();
    if (!worker) continue;
    if (id >= procs) worker->poll().store(1);
    else if (id >= before && (state.asleep.fetchAnd(~bitOf(*worker)) & bitOf(*worker))) wakeWorker(id, kWokenToLook);
  }
  uint32_t wanted = procs < limit ? procs : limit;
  if (wanted > before) host::wantWorkers(wanted);
}

uint32_t cpus() { return state.config.cpus; }
uint32_t maxWorkers() { return state.config.maxWorkers; }

int64_t countGoroutines() {
  int64_t count = 0;
  for (auto& slot : state.workers) {
    if (Worker* worker = slot.load()) count += worker->goroutines.balance();
  }
  return count;
}

bool spin(uint32_t turn) {
  constexpr uint32_t kTurns = 4, kPauses = 30;
  Worker& worker = self();
  if (turn >= kTurns || state.countAwake() <= 1 || othersWait(worker)) return false;
  for (uint32_t i = 0; i < kPauses; i++) {
    host::relax();
    if (worker.poll().relaxed()) return false;
  }
  return true;
}

// ---- beginning and end

void start(const Config& config) {
  ENSURE(config.maxWorkers >= 1 && config.maxWorkers <= kMaxRunners && config.procs >= 1);
  host::startClock();
  host::pageHeap.start(config.heapBegin, config.heapEnd);
  host::startConsole();
  task::startBlocks();
  task::startGoroutines();
  gc::startHeap();
  timers::start();
  state.config = config;
  state.procs.store(config.procs);
  host::atomicAt(&host::engineState.procs).store(config.procs);
  for (auto& worker : state.workers) worker.store(nullptr);
  state.asleep.store(0);
  state.started.store(0);
  state.searching.store(0);
  state.monitorUp.store(0);
  state.monitorRests.store(0);
  state.global.clear();
  state.mainGoroutine = nullptr;
  state.mainExited = false;
  state.deathReported.store(0);
  waitingForHost.store(0);
}

Worker& startWorker(uint32_t id) {
  ENSURE(id <= state.config.maxWorkers && !state.workers[id].load());
  constexpr size_t kPages = (sizeof(Worker) + host::kPageBytes - 1) / host::kPageBytes;
  host::PageHeap::Run run = host::pageHeap.allocate(kPages);
  if (!run.address) host::outOfMemory(sizeof(Worker));
  if (!run.zeroed) std::memset(run.address, 0, sizeof(Worker));
  Worker* worker = static_cast<Worker*>(run.address);
  worker->id = id;
  worker->random = (state.config.seed ^ (uint64_t{id} + 1) * 0x9e3779b97f4a7c15) | 1;
  worker->heap.blocks = &worker->blocks;
  setSelf(worker);
  state.workers[id].store(worker);
  if (id < state.config.maxWorkers) state.started.fetchOr(bitOf(*worker));
  return *worker;
}

void end(uint32_t status) {
  if (!host::setEnded(status)) return;
  for (uint32_t id = 0; id <= state.config.maxWorkers; id++) {
    Worker* worker = state.workers[id].load();
    if (!worker) continue;
    worker->poll().store(1);
    wakeWorker(id, kWokenToLook);
  }
  wakeMonitor();
}

Leaks countLeaks() {
  Leaks leaks{countGoroutines(), 0};
  for (auto& slot : state.workers) {
    if (Worker* worker = slot.load()) leaks.blocks += worker->blocks.balance();
  }
  return leaks;
}

}  // namespace millrace::sched
