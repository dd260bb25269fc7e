// The monitor: timers, fairness, and the host's wishes, while the workers are busy.
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/state.h"
#include "runtime/sched/timers.h"
#include "runtime/sched/world.h"

namespace millrace::sched {

#if defined(MILLRACE_SINGLE)

void wakeMonitor() { raisePoll(self(), kPollShare); }
void rouseMonitor() {}
abi::RunResult runMonitor(Worker&) { return abi::RunResult::Ended; }

#else

namespace {

host::Atomic<uint32_t>& wakeWord() { return host::atomicAt(&host::engineState.wake); }

bool waits(Worker& worker) { return worker.slot.relaxed() || !worker.queue.isEmpty(); }

bool anythingWaits() {
  if (state.global.size()) return true;
  for (uint32_t id = 0; id < state.config.maxWorkers; id++) {
    Worker* worker = state.workers[id].load();
    if (worker && waits(*worker)) return true;
  }
  return false;
}

// A goroutine is entered anew when it has run for so long, and then whenever it has run kRenewalFactor times as long.
constexpr int64_t kFirstRenewalNs = 2 * kSliceNs, kRenewalFactor = 4;

// What each worker was doing when it was last looked at.
struct Watched {
  uint32_t tick;
  int64_t sinceNs, renewNs;
};

// Raises the flags of workers that have run one goroutine for a whole share while others wait, or for so long that it is
// to be entered anew. Tells when to look again for the latter's sake.
int64_t watch(Watched* watched, int64_t now) {
  bool forAll = state.global.size() != 0;
  uint64_t awake = state.started.load() & ~state.asleep.load();
  int64_t next = host::kForever;
  for (uint32_t id = 0; id < state.config.maxWorkers; id++) {
    Worker* worker = state.workers[id].load();
    if (!worker || !(awake >> id & 1)) continue;
    Watched& seen = watched[id];
    uint32_t tick = worker->tick.read();
    if (tick != seen.tick) {
      seen = {tick, now, now + kFirstRenewalNs};
    } else if (now - seen.sinceNs >= kSliceNs && (forAll || waits(*worker))) {
      raisePoll(*worker, kPollShare);
    } else if (now >= seen.renewNs) {
      seen.tick++;  // for entering it counts
      seen.renewNs = seen.sinceNs + (now - seen.sinceNs) * kRenewalFactor;
      raisePoll(*worker, kPollRenew);
    }
    // Whoever has been told and cannot listen yet is told again after a while.
    int64_t due = seen.renewNs > now ? seen.renewNs : now + kSliceNs;
    if (due < next) next = due;
  }
  return next;
}

}  // namespace

void wakeMonitor() {
  wakeWord().fetchAdd(1);
  host::wake(wakeWord(), ~0u);
}

void rouseMonitor() {
  if (state.monitorRests.exchange(0)) wakeMonitor();
}

abi::RunResult runMonitor(Worker& monitor) {
  Watched watched[kMaxRunners] = {};
  state.monitorUp.store(1);
  // Workers that fell asleep before now look at the timers themselves; from now on it is done here.
  for (;;) {
    uint32_t seen = wakeWord().load();
    monitorAwake(monitor);
    if (host::hasEnded()) return abi::RunResult::Ended;
    timers::fireDue();
    takeWantedProcs();
    client::hostEvent();
    // A timer may have fired that woke nobody, and it may have been the last hope.
    if (uint64_t started = state.started.load(); started && state.asleep.load() == started) allAsleep();
    int64_t deadline = timers::nextDeadline();
    bool rest = !anythingWaits();
    if (rest) {
      state.monitorRests.store(1);
      if (anythingWaits()) rest = false, state.monitorRests.store(0);
    }
    int64_t now = host::nanotime();
    int64_t renewal = watch(watched, now);
    if (renewal < deadline) deadline = renewal;
    if (!rest) {
      // Slots wait while a worker sleeps: see the head of the scheduler. This is the longest they can.
      nudgeSleepers();
      if (now + kSliceNs < deadline) deadline = now + kSliceNs;
    }
    if (gc::isMarking()) {
      callAllWorkers();
      int64_t next = host::nanotime() + kMarkIntervalNs;
      if (next < deadline) deadline = next;
    }
    monitorRests();
    host::sleepOn(wakeWord(), seen, deadline);
    state.monitorRests.store(0);
  }
}

#endif

}  // namespace millrace::sched
