// What package sync of Go has: locks and the like that make goroutines wait, not workers.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include "runtime/cpp/goroutine.h"

namespace millrace {

// A mutual exclusion lock, as Go's sync.Mutex: who comes first usually gets it, and who has waited for more than a
// millisecond gets it next. Any goroutine may unlock it. Serves std::lock_guard.
class Mutex {
 public:
  constexpr Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock() {
    uint32_t expected = 0;
    if (!state_.compare_exchange_strong(expected, kLocked, std::memory_order_acquire)) lockSlow();
  }
  [[nodiscard]] bool tryLock();
  bool try_lock() { return tryLock(); }  // as the standard library calls it
  // It must be locked.
  void unlock();

 private:
  // Locked; or'ed with: a waiter has been woken and not yet tried; waiters get it in turn, nobody else does; how many wait.
  static constexpr uint32_t kLocked = 1, kWoken = 2, kStarving = 4, kWaiter = 8;

  void lockSlow();

  std::atomic<uint32_t> state_{0};
  uint32_t semaphore_ = 0;
};

// Readers together, or one writer. As with Go's, who waits to write keeps new readers out.
class RWMutex {
 public:
  RWMutex() = default;
  RWMutex(const RWMutex&) = delete;
  RWMutex& operator=(const RWMutex&) = delete;

  void lock();
  void unlock();
  void rLock();
  void rUnlock();

 private:
  static constexpr int32_t kMaxReaders = 1 << 30;

  Mutex writers_;
  uint32_t writerSemaphore_ = 0, readerSemaphore_ = 0;
  std::atomic<int32_t> readers_{0};   // that hold it or wait; less kMaxReaders while a writer holds it or waits
  std::atomic<int32_t> leaving_{0};   // readers that a writer waits for
};

// Waits for several goroutines to finish.
class WaitGroup {
 public:
  WaitGroup() = default;
  WaitGroup(const WaitGroup&) = delete;
  WaitGroup& operator=(const WaitGroup&) = delete;

  // So many more are to finish (fewer, if negative); never fewer than none. To be called before the wait() that it is for.
  void add(int32_t count);
  void done() { add(-1); }
  // Until the count is 0.
  void wait();
  // Starts a goroutine that counts.
  template <typename Function>
  void go(Function function) {
    add(1);
    millrace::go([this, function = std::move(function)]() mutable {
      function();
      done();
    });
  }

 private:
  std::atomic<uint64_t> state_{0};  // high half: how many are to finish; low half: how many wait
  uint32_t semaphore_ = 0;
};

// Waiting for a condition that somebody else makes true, under a lock.
class Cond {
 public:
  explicit Cond(Mutex& mutex) : mutex_(mutex) {}
  Cond(const Cond&) = delete;
  Cond& operator=(const Cond&) = delete;

  // Unlocks the mutex, waits for a signal, locks it again. The condition may be false again by then.
  void wait();
  void signal();
  void broadcast();

 private:
  Mutex& mutex_;
  alignas(8) uint32_t list_[8] = {};  // a sync::NotifyList
};

// Calls a function once, however many goroutines want it; all wait until it has returned.
class Once {
 public:
  template <typename Function>
  void call(Function function) {
    if (done_.load(std::memory_order_acquire)) return;
    mutex_.lock();
    if (!done_.load(std::memory_order_relaxed)) {
      function();
      done_.store(true, std::memory_order_release);
    }
    mutex_.unlock();
  }

 private:
  std::atomic<bool> done_{false};
  Mutex mutex_;
};

}  // namespace millrace
