// The scheduler's shared state, what operations call, and how it begins and ends.
#include "runtime/sched/scheduler.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/gc/specials.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/queueing.h"

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

// ---- waking workers

void wakeWorker(uint32_t id, uint32_t how) {
  Worker* worker = state.workers[id].load();
  worker->woken.store(how);
  host::wake(worker->woken, 1);
}

__attribute__((noinline)) void wakeSearcher() {
  uint32_t nobody = 0;
  if (!state.searching.compareExchange(nobody, 1)) return;
  for (;;) {
    uint64_t sleepers = state.asleep.load() & bitsBelow(state.procs.load());
    if (!sleepers) break;
    uint64_t bit = sleepers & -sleepers;
    if (state.asleep.fetchAnd(~bit) & bit) return wakeWorker(static_cast<uint32_t>(__builtin_ctzll(bit)), kWokenToSearch);
  }
  state.searching.fetchAdd(-1u);
}

void nudgeSleepers() {
  if (sleeperWanted()) wakeSearcher();
}

bool anyQueued() {
  if (state.global.size()) return true;
  for (uint32_t id = 0; id < state.config.maxWorkers; id++) {
    Worker* worker = state.workers[id].load();
    if (worker && !worker->queue.isEmpty()) return true;
  }
  return false;
}

__attribute__((noinline)) void overflow(Worker& worker, task::Goroutine* goroutine) {
  uint32_t count = 0;
  task::Goroutine* last = nullptr;
  if (task::Goroutine* first = worker.queue.takeHalf(count, last)) {
    last->next = goroutine;
    state.global.putChain(first, goroutine, count + 1);
  } else {
    state.global.put(goroutine);
  }
}

void stressBeforeRun(Worker& worker) {
  if (state.config.stress & abi::kStressCollect) gc::request();
  if (state.config.stress & abi::kStressPoll) raisePoll(worker, kPollShare);
}

task::Goroutine* stressTake(Worker& worker) {
  Worker* victim = state.workers[worker.randomBelow(state.config.maxWorkers)].load();
  if (!victim || victim == &worker) return nullptr;
  if (task::Goroutine* goroutine = victim->slot.exchange(nullptr)) return goroutine;
  // Its own queue may hold goroutines, other than when a worker steals because it has none.
  if (worker.queue.room() < RunQueue::kCapacity / 2) return nullptr;
  return victim->queue.stealInto(worker.queue) ? worker.queue.take() : nullptr;
}

// ---- what operations call

namespace {

inline task::Goroutine* make(Worker& worker, abi::Closure* entry, uint64_t creator, task::Bubble* bubble, uint32_t site) {
  task::Goroutine* goroutine = worker.goroutines.make(entry, {creator, site, gc::scannedNow()});
  if (bubble) [[unlikely]] bubbles::join(*goroutine, *bubble);
  return goroutine;
}
// For the goroutine that runs.
inline task::Goroutine* make(Worker& worker, abi::Closure* entry, uint32_t site) {
  task::Goroutine& starter = worker.goroutine();
  task::Goroutine* goroutine = make(worker, entry, starter.id, starter.inBubble ? starter.bubble : nullptr, site);
  if (starter.hasLabels) [[unlikely]] {
    beforeDrop(starter.labels);  // the collector takes the new one for scanned
    goroutine->hasLabels = true;
    goroutine->labels = starter.labels;
  }
  return goroutine;
}

}  // namespace

task::Goroutine& go(abi::Closure* entry, uint32_t site) {
  Worker& worker = self();
  task::Goroutine* goroutine = make(worker, entry, site);
  queueNext(worker, goroutine);
  return *goroutine;
}

void go(uint32_t function, uint64_t a, uint64_t b, uint64_t c, uint32_t site) {
  Worker& worker = self();
  task::Goroutine* goroutine = make(worker, nullptr, site);
  goroutine->start = {{function}, {a, b, c}};
  goroutine->entry = &goroutine->start.closure;
  queueNext(worker, goroutine);
}

task::Goroutine& startAlone(abi::Closure* entry, task::Bubble* bubble, uint32_t site) {
  Worker& worker = self();
  task::Goroutine* goroutine = make(worker, entry, 0, bubble, site);
  queueNext(worker, goroutine);
  return *goroutine;
}

void startMain(abi::Closure* entry) { state.mainGoroutine = &startAlone(entry, nullptr); }

void lockThread(task::Goroutine& goroutine, int32_t add) {
  uint32_t locks = goroutine.lockedToThread ? goroutine.threadLocks : 0;
  if (locks == 0 && add < 0) return;
  goroutine.threadLocks = locks + static_cast<uint32_t>(add);
  goroutine.lockedToThread = goroutine.threadLocks > 0;
}

const void* labels() {
  const task::Goroutine& goroutine = self().goroutine();
  return goroutine.hasLabels ? goroutine.labels : nullptr;
}

void setLabels(const void* labels) {
  task::Goroutine& goroutine = self().goroutine();
  if (goroutine.hasLabels) beforeDrop(goroutine.labels);
  goroutine.hasLabels = labels != nullptr;
  goroutine.labels = labels;
}

void noteExit(task::Goroutine& goroutine) {
  if (&goroutine == state.mainGoroutine) state.mainExited = true;
}

void ready(task::Goroutine& goroutine) {
  Worker& worker = self();
  if (goroutine.ranOn == worker.id && &goroutine != worker.abi.goroutine) {
    goroutine.state.setRelaxed(task::State::Woken);  // parked here, so its unwinding is over
  } else if (goroutine.state.exchange(task::State::Woken) != task::State::Parked) {
    return;  // its own worker will find it
  }
  if (goroutine.inBubble) [[unlikely]] bubbles::unblocks(goroutine);
  queueNext(worker, &goroutine);
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
    if (id >= procs) raisePoll(*worker, kPollShare);
    else if (id >= before && (state.asleep.fetchAnd(~bitOf(*worker)) & bitOf(*worker))) wakeWorker(id, kWokenToLook);
  }
  uint32_t wanted = procs < limit ? procs : limit;
  if (wanted > before) host::wantWorkers(wanted);
}

void takeWantedProcs() {
  if (uint32_t procs = host::atomicAt(&host::engineState.wantedProcs).exchange(0)) changeProcs(procs);
}

bool findsLeaks() { return state.config.findsLeaks; }

bool othersMayRun() { return othersWait(self()) || anyQueued() || state.countAwake() > 1; }

Outcome endWithLeaks(uint32_t status) {
  if (!state.config.findsLeaks) return Outcome::Done;
  Worker& worker = self();
  if (!state.endsWithLeaks.exchange(1)) state.endStatus = status;
  raisePoll(worker, kPollAttend);
  worker.leaving = Leaving::Stopped;
  return Outcome::Parked;
}

uint32_t cpus() { return state.config.cpus; }
uint32_t maxWorkers() { return state.config.maxWorkers; }

int64_t countGoroutines() {
  int64_t count = 0;
  for (auto& slot : state.workers) {
    if (Worker* worker = slot.load()) count += worker->goroutines.balance();
  }
  return count + gc::isCalling();
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
  gc::startCollector();
  startWorld();
  host::reportFatal = fatalOfRuntime;
  host::pageHeap.reclaim = [](size_t) {
    bool any = false;
    while (gc::sweepOne(self().blocks)) any = true;
    return any;
  };
  timers::start();
  bubbles::start();
  state.config = config;
  host::pageHeap.runsLow = [] {
    if (gc::noteLowMemory()) callAllWorkers();
  };
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
  state.reporter.store(nullptr);
  state.traceLevel.store(1);
  state.lookedIn.store(0);
  state.tracesAll.store(0);
  state.endsWithLeaks.store(0);
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
    raisePoll(*worker, kPollShare);
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
