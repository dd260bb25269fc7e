// Goroutines that are ready to run: each worker's own queue, which others may steal from, and one queue for all.
#pragma once

#include "runtime/host/lock.h"
#include "runtime/task/goroutine.h"

namespace millrace::sched {

// A ring of which the owner puts at the tail and takes at the head, and others take half from the head at once.
//
// Positions only grow. Slots [head, tail) are full. The tail is the owner's; the head moves by compare and exchange, so a
// slot belongs to whoever moved the head past it. A thief reads slots before it moves the head: what it read counts only
// if the head was still there, for until then the owner does not write those slots anew.
class RunQueue {
 public:
  static constexpr uint32_t kCapacity = 256;

  // Owner. False: full.
  bool tryPut(task::Goroutine* goroutine) {
    uint32_t tail = tail_.relaxed();
    if (tail - head_.load() >= kCapacity) [[unlikely]] return false;
    slots_[tail % kCapacity].setRelaxed(goroutine);
    tail_.store(tail + 1);
    return true;
  }
  // Owner. Null: empty.
  task::Goroutine* take() {
    uint32_t head = head_.load(), tail = tail_.relaxed();
    while (head != tail) {
      task::Goroutine* goroutine = slots_[head % kCapacity].relaxed();
      if (head_.compareExchange(head, head + 1)) return goroutine;
    }
    return nullptr;
  }
  // Moves half of this queue, rounded up, to the end of `to`, whose owner calls and which has room. How many.
  uint32_t stealInto(RunQueue& to);

  // A moment's view.
  bool isEmpty() const { return head_.load() == tail_.load(); }
  uint32_t size() const { return tail_.load() - head_.load(); }

 private:
  host::Atomic<uint32_t> head_, tail_;
  host::Atomic<task::Goroutine*> slots_[kCapacity];
};

// First in, first out, without bound.
class GlobalQueue {
 public:
  void put(task::Goroutine* goroutine) EXCLUDES(lock_) {
    host::Guard guard(lock_);
    goroutine->next = nullptr;
    (last_ ? last_->next : first_) = goroutine;
    last_ = goroutine;
    count_.store(count_.relaxed() + 1);
  }
  // The first; up to `more` that follow go to `to`, whose owner calls and which has room for them. Null: empty.
  task::Goroutine* take(uint32_t more, RunQueue& to) EXCLUDES(lock_) {
    if (count_.load() == 0) return nullptr;
    host::Guard guard(lock_);
    task::Goroutine* goroutine = pop();
    while (more-- > 0 && first_) {
      if (!to.tryPut(first_)) break;
      pop();
    }
    return goroutine;
  }
  uint32_t size() const { return count_.load(); }
  void clear() EXCLUDES(lock_) {
    host::Guard guard(lock_);
    first_ = last_ = nullptr;
    count_.store(0);
  }

 private:
  task::Goroutine* pop() REQUIRES(lock_) {
    task::Goroutine* goroutine = first_;
    if (!goroutine) return nullptr;
    first_ = goroutine->next;
    if (!first_) last_ = nullptr;
    count_.store(count_.relaxed() - 1);
    return goroutine;
  }

  host::Lock lock_;
  task::Goroutine* first_ GUARDED_BY(lock_) = nullptr;
  task::Goroutine* last_ GUARDED_BY(lock_) = nullptr;
  host::Atomic<uint32_t> count_;
};

}  // namespace millrace::sched
