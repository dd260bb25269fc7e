// Sending, receiving and closing.
#include "runtime/sync/chan.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/timers.h"
#include "runtime/sched/world.h"
#include "runtime/sync/wait-queue.h"

namespace millrace::sync {

namespace {

// How the collector sees a channel: of its words, the buffer and the timer are pointers into the heap. Waiters lie in
// goroutines.
constexpr uint32_t kPointerWords = 1u << (offsetof(Chan, buffer) / 8) | 1u << (offsetof(Chan, timer) / 8);
constexpr uint8_t kChanPointers[] = {kPointerWords & 0xff, kPointerWords >> 8};
constexpr abi::Type kChanObject = {
    .size = sizeof(Chan),
    .pointerBytes = offsetof(Chan, timer) + 8,
    .hash = 0,
    .flags = 0,
    .align = 8,
    .fieldAlign = 8,
    .kind = abi::Kind::Struct,
    .equal = nullptr,
    .gcData = const_cast<uint8_t*>(kChanPointers),
    .text = 0,
    .pointerToThis = 0,
};

char* at(Chan* chan, uint64_t index) { return chan->buffer + index * chan->elementBytes; }
uint64_t following(uint64_t index, uint64_t capacity) { return index + 1 == capacity ? 0 : index + 1; }

// Gives a value to whoever waits for it or to the buffer. With the lock, which it releases if it did.
inline __attribute__((always_inline)) bool trySendLocked(Chan* chan, const void* value) RELEASE(chan->lock) NO_THREAD_SAFETY_ANALYSIS {
  if (task::Waiter* receiver = takeFirst(chan->receivers)) {
    if (receiver->value) {
      sched::beforeWrite(receiver->value, chan->elementBytes);  // it may lie in the heap
      copyValue(receiver->value, value, chan->elementBytes);
    }
    chan->lock.unlock();
    sched::ready(settle(*receiver, true));
    return true;
  }
  uint64_t count = chan->count.relaxed();
  if (count < chan->capacity) {
    copyValue(at(chan, chan->sendAt), value, chan->elementBytes);
    chan->sendAt = following(chan->sendAt, chan->capacity);
    chan->count.setRelaxed(count + 1);
    chan->lock.unlock();
    return true;
  }
  return false;
}

// Takes a value from the buffer or from whoever waits to send one, or finds the channel closed. With the lock, which it
// releases unless it would block.
inline __attribute__((always_inline)) ChanOutcome tryReceiveLocked(Chan* chan, void* into) RELEASE(chan->lock) NO_THREAD_SAFETY_ANALYSIS {
  uint64_t count = chan->count.relaxed();
  if (count > 0) {
    char* oldest = at(chan, chan->receiveAt);
    sched::beforeWrite(oldest, chan->elementBytes);
    if (into) {
      sched::beforeWrite(into, chan->elementBytes);
      copyValue(into, oldest, chan->elementBytes);
    }
    chan->receiveAt = following(chan->receiveAt, chan->capacity);
    if (task::Waiter* sender = takeFirst(chan->senders)) {  // the buffer is full: the sender's value takes the slot
      copyValue(oldest, sender->value, chan->elementBytes);
      chan->sendAt = chan->receiveAt;
      chan->lock.unlock();
      sched::ready(settle(*sender, true));
      return ChanOutcome::Done;
    }
    clearValue(oldest, chan->elementBytes);  // what was received is not kept alive
    chan->count.setRelaxed(count - 1);
    chan->lock.unlock();
    return ChanOutcome::Done;
  }
  if (task::Waiter* sender = takeFirst(chan->senders)) {
    if (into) {
      sched::beforeWrite(into, chan->elementBytes);
      copyValue(into, sender->value, chan->elementBytes);
    }
    chan->lock.unlock();
    sched::ready(settle(*sender, true));
    return ChanOutcome::Done;
  }
  if (chan->closed.relaxed()) {
    chan->lock.unlock();
    if (into) {
      sched::beforeWrite(into, chan->elementBytes);
      clearValue(into, chan->elementBytes);
    }
    return ChanOutcome::Closed;
  }
  return ChanOutcome::WouldBlock;
}

// The calling goroutine waits in a queue of `chan`. With the lock, which it releases.
inline __attribute__((always_inline)) ChanOutcome wait(Chan* chan, WaitQueue& queue, void* value, task::WaitReason reason)
    RELEASE(chan->lock) NO_THREAD_SAFETY_ANALYSIS {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  goroutine.waiter.channel = chan;
  goroutine.waiter.value = value;
  goroutine.waiter.flags = 0;
  goroutine.waiter.goroutine = &goroutine;
  sched::beginPark(worker, goroutine, reason);
  append(queue, goroutine.waiter);
  chan->lock.unlock();
  return ChanOutcome::Parked;
}

// A timer that is due but that nobody has looked at yet must be seen by who asks its channel.
void bringTimerUpToDate(Chan* chan) {
  if (chan->timer) [[unlikely]] sched::timers::fireDue();
}

// A bubble's channels are for its own goroutines.
inline void checkBubble(const Chan* chan, std::string_view fault) {
  if (chan->bubble && chan->bubble != sched::bubbles::currentId()) [[unlikely]] sched::fatal(fault);
}
constexpr std::string_view kSendFromOutside = "send on synctest channel from outside bubble";
constexpr std::string_view kReceiveFromOutside = "receive on synctest channel from outside bubble";
constexpr std::string_view kCloseFromOutside = "close of synctest channel from outside bubble";

}  // namespace

Chan* makeChan(const abi::ChanType& type, int64_t capacity) {
  const abi::Type& element = *type.element;
  constexpr uint64_t kMostBytes = uint64_t{1} << 48;  // what Go allows on a 64-bit machine
  if (capacity < 0 || (element.size && static_cast<uint64_t>(capacity) > (kMostBytes - 96) / element.size)) return nullptr;
  uint64_t bytes = element.size * static_cast<uint64_t>(capacity);
  gc::Cache& heap = sched::self().heap;
  Chan* chan;
  if (bytes > UINT32_MAX - sizeof(Chan)) host::outOfMemory(static_cast<size_t>(-1));
  size_t bufferBytes = static_cast<size_t>(bytes);
  if (element.pointerBytes == 0) {
    chan = static_cast<Chan*>(heap.allocateBytes(sizeof(Chan) + bufferBytes));
    chan->buffer = reinterpret_cast<char*>(chan + 1);
  } else {
    chan = static_cast<Chan*>(heap.allocate(kChanObject, 1, sizeof(Chan)));
    if (bytes) {
      chan->buffer = static_cast<char*>(heap.allocate(element, static_cast<size_t>(capacity), bufferBytes));
    }
  }
  chan->capacity = static_cast<uint64_t>(capacity);
  chan->elementBytes = static_cast<uint32_t>(element.size);
  chan->bubble = sched::bubbles::currentId();
  return chan;
}

// Sending and receiving are written in two parts each: what is done most often, a word into a buffer with room and out of
// one that is not empty, in a function without calls; and all the rest behind it. In one function the registers that the
// rest's calls need are saved each time, and an item costs half as much again.
namespace {

constexpr uint32_t kWord = 8;

__attribute__((noinline)) ChanOutcome sendLocked(Chan* chan, const void* value) RELEASE(chan->lock) NO_THREAD_SAFETY_ANALYSIS {
  if (chan->closed.relaxed()) {
    chan->lock.unlock();
    return ChanOutcome::Closed;
  }
  if (trySendLocked(chan, value)) return ChanOutcome::Done;
  return wait(chan, chan->senders, const_cast<void*>(value),
              chan->bubble ? task::WaitReason::ChanSendDurable : task::WaitReason::ChanSend);
}

__attribute__((noinline)) ChanOutcome sendAnywhere(Chan* chan, const void* value) NO_THREAD_SAFETY_ANALYSIS {
  if (!chan) {
    sched::parkForever(task::WaitReason::ChanSendNil);
    return ChanOutcome::Parked;
  }
  checkBubble(chan, kSendFromOutside);
  chan->lock.lock();
  return sendLocked(chan, value);
}

__attribute__((noinline)) ChanOutcome receiveLocked(Chan* chan, void* into) RELEASE(chan->lock) NO_THREAD_SAFETY_ANALYSIS {
  ChanOutcome outcome = tryReceiveLocked(chan, into);
  if (outcome != ChanOutcome::WouldBlock) return outcome;
  return wait(chan, chan->receivers, into,
              chan->bubble ? task::WaitReason::ChanReceiveDurable : task::WaitReason::ChanReceive);
}

__attribute__((noinline)) ChanOutcome receiveAnywhere(Chan* chan, void* into) NO_THREAD_SAFETY_ANALYSIS {
  if (!chan) {
    sched::parkForever(task::WaitReason::ChanReceiveNil);
    return ChanOutcome::Parked;
  }
  checkBubble(chan, kReceiveFromOutside);
  bringTimerUpToDate(chan);
  chan->lock.lock();
  return receiveLocked(chan, into);
}

}  // namespace

// Does it carry words, and belong to no bubble? Then it is no timer's, either.
static bool isPlain(const Chan* chan) {
  static_assert(offsetof(Chan, bubble) == offsetof(Chan, elementBytes) + sizeof(uint32_t));
  uint64_t both;
  std::memcpy(&both, &chan->elementBytes, sizeof both);
  return both == kWord;
}

ChanOutcome send(Chan* chan, const void* value) NO_THREAD_SAFETY_ANALYSIS {
  if (!chan || !isPlain(chan)) [[unlikely]] return sendAnywhere(chan, value);
  chan->lock.lock();
  uint64_t count = chan->count.relaxed(), capacity = chan->capacity, to = chan->sendAt;
  if (count >= capacity || chan->receivers.first || chan->closed.relaxed()) return sendLocked(chan, value);
  std::memcpy(chan->buffer + to * kWord, value, kWord);
  chan->sendAt = following(to, capacity);
  chan->count.setRelaxed(count + 1);
  chan->lock.unlock();
  return ChanOutcome::Done;
}

ChanOutcome receive(Chan* chan, void* into) NO_THREAD_SAFETY_ANALYSIS {
  if (!chan || !isPlain(chan)) [[unlikely]] return receiveAnywhere(chan, into);
  chan->lock.lock();
  uint64_t count = chan->count.relaxed(), capacity = chan->capacity, from = chan->receiveAt;
  if (count == 0 || chan->senders.first || !into || sched::self().abi.barrier) return receiveLocked(chan, into);
  char* oldest = chan->buffer + from * kWord;
  std::memcpy(into, oldest, kWord);
  std::memset(oldest, 0, kWord);
  chan->receiveAt = following(from, capacity);
  chan->count.setRelaxed(count - 1);
  chan->lock.unlock();
  return ChanOutcome::Done;
}

ChanOutcome trySend(Chan* chan, const void* value) NO_THREAD_SAFETY_ANALYSIS {
  if (!chan) return ChanOutcome::WouldBlock;
  checkBubble(chan, kSendFromOutside);
  chan->lock.lock();
  if (chan->closed.relaxed()) {
    chan->lock.unlock();
    return ChanOutcome::Closed;
  }
  if (trySendLocked(chan, value)) return ChanOutcome::Done;
  chan->lock.unlock();
  return ChanOutcome::WouldBlock;
}

ChanOutcome tryReceive(Chan* chan, void* into) NO_THREAD_SAFETY_ANALYSIS {
  if (!chan) return ChanOutcome::WouldBlock;
  checkBubble(chan, kReceiveFromOutside);
  bringTimerUpToDate(chan);
  chan->lock.lock();
  ChanOutcome outcome = tryReceiveLocked(chan, into);
  if (outcome == ChanOutcome::WouldBlock) chan->lock.unlock();
  return outcome;
}

CloseOutcome close(Chan* chan) {
  if (!chan) return CloseOutcome::Nil;
  checkBubble(chan, kCloseFromOutside);
  task::Goroutine* woken = nullptr;
  task::Goroutine** last = &woken;
  {
    host::Guard guard(chan->lock);
    if (chan->closed.relaxed()) return CloseOutcome::Closed;
    chan->closed.setRelaxed(1);
    for (WaitQueue* queue : {&chan->receivers, &chan->senders}) {
      while (task::Waiter* waiter = takeFirst(*queue)) {
        if (queue == &chan->receivers && waiter->value) {
          sched::beforeWrite(waiter->value, chan->elementBytes);
          clearValue(waiter->value, chan->elementBytes);
        }
        *last = &settle(*waiter, false);
        last = &(*last)->next;
        *last = nullptr;
      }
    }
  }
  sched::readyAll(woken);
  return CloseOutcome::Done;
}

void startTimer(abi::TimerRecord& record) {
  if (record.kind == abi::TimerKind::SendTime) static_cast<Chan*>(record.target.pointer)->timer = &record;
  sched::timers::add(record);
}

int64_t length(Chan* chan) {
  if (!chan || chan->timer) return 0;
  return static_cast<int64_t>(chan->count.relaxed());
}

int64_t capacity(Chan* chan) { return !chan || chan->timer ? 0 : static_cast<int64_t>(chan->capacity); }

}  // namespace millrace::sync

namespace millrace::sched::client {

void sendTime(abi::TimerRecord& record, int64_t dueNs, int64_t nowNs) {
  // Package time's layout of a Time with a monotonic reading: a flag, 33 bits of seconds since 1885, 30 bits of ns; then
  // the monotonic reading; then the location.
  struct Time {
    uint64_t wall;
    int64_t ext;
    abi::Slot<void> location;
  };
  constexpr int64_t kUnixTo1885 = (int64_t{1969 * 365 + 1969 / 4 - 1969 / 100 + 1969 / 400} -
                                   int64_t{1884 * 365 + 1884 / 4 - 1884 / 100 + 1884 / 400}) * 86400;
  constexpr int64_t kUnixTo1 = int64_t{1969 * 365 + 1969 / 4 - 1969 / 100 + 1969 / 400} * 86400;
  Time time;
  if (sched::timers::isBubbles(record)) {  // whose clock tells the time of day, and nothing else
    time.wall = static_cast<uint64_t>(dueNs % 1000000000);
    time.ext = dueNs / 1000000000 + kUnixTo1;
  } else {
    int64_t wall = host::walltime() - (nowNs - dueNs);
    time.wall = uint64_t{1} << 63 | static_cast<uint64_t>(wall / 1000000000 + kUnixTo1885) << 30 |
                static_cast<uint64_t>(wall % 1000000000);
    time.ext = dueNs;
  }
  time.location = record.location;
  sync::Chan* chan = static_cast<sync::Chan*>(record.target.pointer);
  ENSURE(chan->elementBytes == sizeof(Time));
  sync::trySend(chan, &time);
}

bool discardTime(abi::TimerRecord& record) {
  sync::Chan* chan = static_cast<sync::Chan*>(record.target.pointer);
  host::Guard guard(chan->lock);
  if (chan->count.relaxed() == 0) return false;
  chan->count.setRelaxed(0);
  chan->receiveAt = chan->sendAt;
  return true;
}

}  // namespace millrace::sched::client
