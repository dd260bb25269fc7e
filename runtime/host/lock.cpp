// Lock's slow paths.
#include "runtime/host/lock.h"

#include "runtime/host/machine.h"

namespace millrace::host {

// About 1 µs: ten times the longest section that the lock is meant for.
constexpr int kSpins = kExplored ? 0 : 100;

void Lock::lockSlow() NO_THREAD_SAFETY_ANALYSIS {
  for (int i = 0; i < kSpins; i++) {
    uint32_t expected = kFree;
    if (word_.relaxed() == kFree && word_.compareExchange(expected, kHeld)) return;
    relax();
  }
  while (word_.exchange(kContended) != kFree) sleepOn(word_, kContended, kForever);
}

void Lock::wakeOneWaiter() { wake(word_, 1); }

}  // namespace millrace::host
