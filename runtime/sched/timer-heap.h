// A heap of pending TimerRecords, due first on top: that of all programs' timers, or a bubble's. Its owner locks it.
#pragma once

#include "runtime/host/machine.h"
#include "runtime/sched/scheduler.h"

namespace millrace::sched {

inline bool isChannelTimer(const abi::TimerRecord& record) { return record.kind == abi::TimerKind::SendTime; }

class TimerHeap {
 public:
  // True: it is now the one due first.
  bool insert(abi::TimerRecord& record);
  // Was it there?
  bool erase(abi::TimerRecord& record);
  // Takes what is due first; a periodic one goes back for its next time after `now`. Null: nothing is due. When it was due
  // goes to `due`.
  abi::TimerRecord* takeDue(int64_t now, int64_t& due);

  // host::kForever if it is empty.
  int64_t earliest() const { return count_ ? entries_[0].when : host::kForever; }
  uint32_t count() const { return count_; }
  abi::TimerRecord* at(uint32_t i) const { return entries_[i].record; }

  // With the world stopped and everything marked: forgets the timers of channels that are not. Were there any?
  bool dropUnreachable();

  void forget() { entries_ = nullptr, count_ = capacity_ = 0; }
  // Gives its memory back; all that were pending no longer are.
  void clear();

 private:
  struct Entry {
    int64_t when;
    abi::TimerRecord* record;
  };

  void place(uint32_t at, Entry entry);
  void moveUp(uint32_t at, Entry entry);
  void moveDown(uint32_t at, Entry entry);
  void grow();

  // With four children per node.
  Entry* entries_ = nullptr;
  uint32_t count_ = 0, capacity_ = 0;
};

}  // namespace millrace::sched
