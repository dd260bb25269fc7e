// Goroutines that are ready to run: each worker's own queue, which others may steal from, and one queue for all.
#pragma once

#include <algorithm>

#include "runtime/host/lock.h"
#include "runtime/task/goroutine.h"

namespace millrace::sched {

// A ring of which the owner puts at the tail and takes at the head, and others take half from the head at once.
//
// Head and tail only grow (modulo 2^32) and lie in one word, so that any change of them is one atomic operation. The slots
// from head to tail are full. The tail is the owner's; whoever moves the head past a slot owns what was in it. A thief reads
// slots before it moves the head: what it read counts only if the head was still there, for until then the owner does not
// write those slots anew.
class RunQueue {
 public:
  // What goes over to the queue of all and comes back costs about as much again as a goroutine's start, so a loop that
  // starts a thousand should find room. Four times Go's number.
  static constexpr uint32_t kCapacity = 1024;

  // Owner. False: full.
  bool tryPut(task::Goroutine* goroutine) {
    for (Ends ends = load(); ends.size() < kCapacity; ends = load()) {
      slots_[ends.tail % kCapacity].setRelaxed(goroutine);
      if (move(ends, {ends.head, ends.tail + 1})) [[likely]] return true;
    }
    return false;
  }
  // Owner. Null: empty.
  task::Goroutine* take() {
    for (Ends ends = load(); ends.size() > 0; ends = load()) {
      task::Goroutine* goroutine = slots_[ends.head % kCapacity].relaxed();
      if (move(ends, {ends.head + 1, ends.tail})) return goroutine;
    }
    return nullptr;
  }
  // Owner: puts one at the tail and takes the one at the head; null if the queue is empty or full, and then nothing is done.
  task::Goroutine* rotate(task::Goroutine* goroutine) {
    for (Ends ends = load(); ends.size() > 0 && ends.size() < kCapacity; ends = load()) {
      task::Goroutine* first = slots_[ends.head % kCapacity].relaxed();
      slots_[ends.tail % kCapacity].setRelaxed(goroutine);
      if (move(ends, {ends.head + 1, ends.tail + 1})) return first;
    }
    return nullptr;
  }
  // Owner: takes the older half, as a chain by Goroutine::next; `count` says how many. Null: empty.
  task::Goroutine* takeHalf(uint32_t& count, task::Goroutine*& last);
  // Owner, and there is room: puts what comes first in a chain of at least `count`. What follows.
  task::Goroutine* putChain(task::Goroutine* first, uint32_t count);
  uint32_t room() const { return kCapacity - load().size(); }
  // Moves half of this queue, rounded up, to the end of `to`, whose owner calls and which has room. How many.
  uint32_t stealInto(RunQueue& to);

  // A moment's view.
  bool isEmpty() const { return load().size() == 0; }

 private:
  struct Ends {
    uint32_t head, tail;
    uint32_t size() const { return tail - head; }
  };
  Ends load() const {
    uint64_t ends = ends_.load();
    return {static_cast<uint32_t>(ends), static_cast<uint32_t>(ends >> 32)};
  }
  bool move(Ends from, Ends to) {
    uint64_t expected = from.head | uint64_t{from.tail} << 32;
    return ends_.compareExchange(expected, to.head | uint64_t{to.tail} << 32);
  }

  host::Atomic<uint64_t> ends_;
  host::Atomic<task::Goroutine*> slots_[kCapacity];
};

// First in, first out, without bound.
class GlobalQueue {
 public:
  void put(task::Goroutine* goroutine) EXCLUDES(lock_) { putChain(goroutine, goroutine, 1); }
  // `count` goroutines, chained by Goroutine::next from the first to the last.
  void putChain(task::Goroutine* first, task::Goroutine* last, uint32_t count) EXCLUDES(lock_) {
    last->next = nullptr;
    host::Guard guard(lock_);
    (last_ ? last_->next : first_) = first;
    last_ = last;
    count_.store(count_.relaxed() + count);
  }
  // The first; up to `more` that follow go to `to` as far as it has room. Its owner calls. Null: empty.
  task::Goroutine* take(uint32_t more, RunQueue& to) EXCLUDES(lock_) {
    if (count_.load() == 0) return nullptr;
    host::Guard guard(lock_);
    uint32_t count = count_.relaxed();
    if (count == 0) return nullptr;
    task::Goroutine* goroutine = first_;
    more = std::min({more, count - 1, to.room()});
    first_ = more > 0 ? to.putChain(goroutine->next, more) : goroutine->next;
    if (!first_) last_ = nullptr;
    count_.store(count - 1 - more);
    return goroutine;
  }
  uint32_t size() const { return count_.load(); }
  void clear() EXCLUDES(lock_) {
    host::Guard guard(lock_);
    first_ = last_ = nullptr;
    count_.store(0);
  }

 private:
  host::Lock lock_;
  task::Goroutine* first_ GUARDED_BY(lock_) = nullptr;
  task::Goroutine* last_ GUARDED_BY(lock_) = nullptr;
  host::Atomic<uint32_t> count_;
};

}  // namespace millrace::sched
