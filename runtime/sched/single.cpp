// The loop of the only worker where nobody else can raise its poll flag or wake it.
//
// The flag is up for as long as anybody but the goroutine that runs could want something: another goroutine is ready, a timer
// is pending, somebody waits for input. A lone goroutine that computes runs with the flag down.
#include "runtime/sched/deadlock.h"
#include "runtime/sched/queueing.h"

#if defined(MILLRACE_SINGLE)

namespace millrace::sched {

namespace {

// How long run() goes on before it lets the host's event loop turn, and how far looks at the clock should be apart: a look
// costs as much as 50 polls.
constexpr int64_t kBreatheNs = 50'000'000, kLookNs = 200'000;
// Worker::runBeganNs: run() shall return.
constexpr int64_t kBreatheNow = -1;

}  // namespace

abi::RunResult run(Worker& worker) {
  worker.runBeganNs = host::nanotime();
  takeWantedProcs();
  client::hostEvent();
  task::Goroutine* next = nullptr;
  while (!host::hasEnded()) {
    if (worker.poll().relaxed() & kPollAttend) attend(worker);
    if (task::Goroutine* goroutine = next ? next : takeNext(worker)) {
      bool flag = othersWait(worker) || timers::nextDeadline() != host::kForever || waitingForHost.relaxed() || gc::isMarking();
      worker.poll().setRelaxed((worker.poll().relaxed() & kPollAttend) | (flag ? kPollShare : 0));
      worker.sliceBeganNs = 0;
      next = runOne(worker, goroutine);
      if (!next && worker.runBeganNs == kBreatheNow) return abi::RunResult::Breathe;
      continue;
    }
    timers::fireDue();
    client::hostEvent();
    if (othersWait(worker) || (worker.poll().relaxed() & kPollAttend)) continue;
    if (gc::isMarking() && markWhenIdle(worker)) continue;
    allAsleep();
    if (!host::hasEnded()) return abi::RunResult::Idle;
  }
  return abi::RunResult::Ended;
}

// Called very often: counts, and looks at the clock as often as makes the looks kLookNs apart.
Outcome poll() {
  Worker& worker = self();
  if (worker.poll().relaxed() & kPollAttend) {
    worker.poll().setRelaxed(kPollShare);
    if (attendFromGoroutine(worker)) {
      raisePoll(worker, kPollAttend);
      worker.leaving = Leaving::Stopped;
      return Outcome::Parked;
    }
  }
  if (worker.pollsLeft > 0) {
    worker.pollsLeft--;
    if (state.config.stress & abi::kStressPoll) [[unlikely]] {
      worker.leaving = Leaving::Preempted;
      return Outcome::Parked;
    }
    return Outcome::Done;
  }
  int64_t now = host::nanotime(), sinceLast = now - worker.lastPollNs;
  worker.lastPollNs = now;
  if (sinceLast < kLookNs / 2 && worker.pollInterval < 1 << 20) worker.pollInterval = worker.pollInterval * 2 + 1;
  if (sinceLast > kLookNs * 2) worker.pollInterval /= 2;
  worker.pollsLeft = worker.pollInterval;
  timers::fireDue();
  if (gc::isMarking()) {
    markFor(worker, kLookNs / 4);
    if (cycleShallEnd()) {  // and if this goroutine is alone nobody else would find out
      raisePoll(worker, kPollAttend);
      worker.leaving = Leaving::Stopped;
      return Outcome::Parked;
    }
  }
  if (worker.sliceBeganNs == 0) worker.sliceBeganNs = now;
  bool breathe = now - worker.runBeganNs >= kBreatheNs;
  if (breathe) worker.runBeganNs = kBreatheNow;
  if (!breathe && !(othersWait(worker) && now - worker.sliceBeganNs >= kSliceNs)) return Outcome::Done;
  worker.leaving = Leaving::Preempted;
  return Outcome::Parked;
}

}  // namespace millrace::sched

#endif
