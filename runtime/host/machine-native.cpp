// The machine beneath when it is a Linux process: futexes and the system's clocks, or a test's clock.
#if !defined(__wasm__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/host/machine.h"

namespace millrace::host {

Hooks hooks;

namespace {

int64_t systemClock(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return int64_t{t.tv_sec} * 1000000000 + t.tv_nsec;
}

int64_t startNs;

// The fake clock: its time, and the sleepers whose deadlines it has to watch.
struct Sleeper {
  Atomic<uint32_t>* word;
  int64_t deadlineNs;
};
FakeClock* fake;
bool fakeJumps;
std::atomic<int64_t> fakeNow;
std::mutex sleepersMutex;
std::vector<Sleeper> sleepers;

void futex(Atomic<uint32_t>& word, int operation, uint32_t value, const timespec* timeout) {
  syscall(SYS_futex, &word, operation, value, timeout, nullptr, 0);
}

void moveFakeClock(int64_t to) {
  std::vector<Sleeper> due;
  {
    std::lock_guard guard(sleepersMutex);
    if (to <= fakeNow) return;
    fakeNow = to;
    std::erase_if(sleepers, [&](const Sleeper& sleeper) {
      if (sleeper.deadlineNs > to) return false;
      due.push_back(sleeper);
      return true;
    });
  }
  for (const Sleeper& sleeper : due) futex(*sleeper.word, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr);
}

// A sleeper that checked the time just before the clock moved would miss the wake: it sleeps in slices.
void sleepOnFakeClock(Atomic<uint32_t>& word, uint32_t expected, int64_t deadlineNs) {
  {
    std::lock_guard guard(sleepersMutex);
    if (fakeNow >= deadlineNs) return;
    sleepers.push_back({&word, deadlineNs});
  }
  timespec slice{0, 20'000'000};
  futex(word, FUTEX_WAIT_PRIVATE, expected, &slice);
  std::lock_guard guard(sleepersMutex);
  std::erase_if(sleepers, [&](const Sleeper& s) { return s.word == &word && s.deadlineNs == deadlineNs; });
}

}  // namespace

void startClock() { startNs = systemClock(CLOCK_MONOTONIC); }
int64_t nanotime() { return fake ? fakeNow.load() : systemClock(CLOCK_MONOTONIC) - startNs + 1; }
int64_t walltime() { return fake ? 1'257'894'000'000'000'000 + fakeNow : systemClock(CLOCK_REALTIME); }

void sleepOn(Atomic<uint32_t>& word, uint32_t expected, int64_t deadlineNs) {
  if (deadlineNs == kForever) return futex(word, FUTEX_WAIT_PRIVATE, expected, nullptr);
  if (fake) return sleepOnFakeClock(word, expected, deadlineNs);
  int64_t ns = deadlineNs - nanotime();
  if (ns <= 0) return;
  timespec timeout{static_cast<time_t>(ns / 1000000000), static_cast<long>(ns % 1000000000)};
  futex(word, FUTEX_WAIT_PRIVATE, expected, &timeout);
}
void wake(Atomic<uint32_t>& word, uint32_t howMany) {
  futex(word, FUTEX_WAKE_PRIVATE, howMany > INT_MAX ? INT_MAX : howMany, nullptr);
}

void nothingUntil(int64_t deadlineNs) {
  if (fake && fakeJumps) moveFakeClock(deadlineNs);
}

FakeClock::FakeClock(bool jumps) {
  ENSURE(!fake);
  fakeNow = 1;
  fakeJumps = jumps;
  fake = this;
}
FakeClock::~FakeClock() { fake = nullptr; }
void FakeClock::advance(int64_t ns) { moveFakeClock(fakeNow + ns); }

void wantWorkers(uint32_t count) {
  if (hooks.wantWorkers) hooks.wantWorkers(count);
}
void outputReady(bool) {
  if (hooks.outputReady) hooks.outputReady();
}
int64_t call(uint32_t, int64_t, int64_t, std::string_view, char*, size_t) {
  constexpr int64_t kNoSuchCall = -38;  // ENOSYS; here is nobody to ask
  return kNoSuchCall;
}
void exit(uint32_t status) {
  if (hooks.exit) hooks.exit(status);
  ::_exit(static_cast<int>(status));
}

}  // namespace millrace::host
#endif
