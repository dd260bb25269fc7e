// Channels.
//
// What is always true, under the channel's lock:
//  * At least one of the two queues of waiters is empty, except for a goroutine that waits in one select to send and to
//    receive on the same channel.
//  * If values are buffered nobody waits to receive; if the buffer has room nobody waits to send.
//  * A waiter is in the queue of its channel exactly while it has kWaiterQueued.
// So a value goes straight from a sender to a waiting receiver or the reverse, never around one that came earlier.
//
// A waiter of a select stands in several queues; who takes it out must first win Goroutine::selectDone, and whoever loses
// drops it: its goroutine has been woken through another case. Locks of several channels are taken in the order of their
// addresses.
#pragma once

#include "runtime/sched/scheduler.h"

namespace millrace::sync {

// Waiters in the order they came.
struct WaitQueue {
  abi::Slot<task::Waiter> first, last;
};

// What a Go value of type chan points to.
struct Chan {
  host::Lock lock;
  host::Atomic<uint32_t> closed;
  host::Atomic<uint64_t> count;  // values in the buffer
  uint64_t capacity;
  uint64_t sendAt, receiveAt;  // indices in the buffer
  abi::Slot<char> buffer;
  abi::Slot<abi::TimerRecord> timer;  // it is a timer's or ticker's channel: looks unbuffered
  WaitQueue receivers, senders;
  uint32_t elementBytes;
  uint32_t bubble;  // id of the bubble it was made in, whose goroutines alone may use it; 0: none
};

enum class ChanOutcome : uint32_t {
  Done,
  Closed,      // sending: a fault. Receiving: a zero value
  Parked,      // on resuming, Goroutine::received tells between Done and Closed
  WouldBlock,  // of the try operations
};

// Null: the size is out of range.
Chan* makeChan(const abi::ChanType& type, int64_t capacity);

ChanOutcome send(Chan* chan, const void* value);
ChanOutcome receive(Chan* chan, void* into);
ChanOutcome trySend(Chan* chan, const void* value);
ChanOutcome tryReceive(Chan* chan, void* into);

enum class CloseOutcome : uint32_t { Done, Nil, Closed };
CloseOutcome close(Chan* chan);

// timerStart: a channel timer's channel looks unbuffered from now on.
void startTimer(abi::TimerRecord& record);

int64_t length(Chan* chan);
int64_t capacity(Chan* chan);

struct SelectOutcome {
  ChanOutcome outcome;  // Done, Parked, or Closed (a send to a closed channel: a fault)
  int32_t index;        // -1: the default. Goroutine::received tells about a receive
};
SelectOutcome select(abi::SelectCase* cases, uint32_t count, bool hasDefault);
// After a select that parked has been resumed.
SelectOutcome selectResumed();

}  // namespace millrace::sync
