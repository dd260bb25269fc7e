// Entry points: channels and select.
#include "runtime/edge/entries.h"
#include "runtime/edge/switch.h"

using namespace millrace;
using edge::isResuming;
using edge::unwind;
using sync::ChanOutcome;

ENTRY_POINT(sync::Chan*, chanMake)(const abi::ChanType* type, int64_t capacity) {
  sync::Chan* chan = sync::makeChan(*type, capacity);
  if (!chan) lang::raise(abi::Fault::MakeChanSize);
  return chan;
}

ENTRY_POINT(void, chanSend)(sync::Chan* chan, const void* value) {
  if (isResuming()) {
    if (!sched::self().goroutine().received) lang::raise(abi::Fault::SendOnClosed);
    return;
  }
  ChanOutcome outcome = sync::send(chan, value);
  if (outcome == ChanOutcome::Parked) unwind();
  else if (outcome == ChanOutcome::Closed) lang::raise(abi::Fault::SendOnClosed);
}

ENTRY_POINT(uint32_t, chanRecv)(sync::Chan* chan, void* into) {
  if (isResuming()) return sched::self().goroutine().received;
  ChanOutcome outcome = sync::receive(chan, into);
  if (outcome == ChanOutcome::Parked) unwind();
  return outcome == ChanOutcome::Done;
}

ENTRY_POINT(uint32_t, chanTrySend)(sync::Chan* chan, const void* value) {
  ChanOutcome outcome = sync::trySend(chan, value);
  if (outcome == ChanOutcome::Closed) lang::raise(abi::Fault::SendOnClosed);
  return outcome == ChanOutcome::Done;
}

ENTRY_POINT(uint32_t, chanTryRecv)(sync::Chan* chan, void* into) {
  ChanOutcome outcome = sync::tryReceive(chan, into);
  if (outcome == ChanOutcome::WouldBlock) return 0;
  return outcome == ChanOutcome::Done ? 3 : 1;
}

ENTRY_POINT(void, chanClose)(sync::Chan* chan) {
  switch (sync::close(chan)) {
    case sync::CloseOutcome::Done: return;
    case sync::CloseOutcome::Nil: lang::raise(abi::Fault::CloseOfNil);
    case sync::CloseOutcome::Closed: lang::raise(abi::Fault::CloseOfClosed);
  }
}

ENTRY_POINT(int64_t, chanLen)(sync::Chan* chan) { return sync::length(chan); }
ENTRY_POINT(int64_t, chanCap)(sync::Chan* chan) { return sync::capacity(chan); }

ENTRY_POINT(int32_t, select)(abi::SelectCase* cases, uint32_t count, uint32_t hasDefault) {
  sync::SelectOutcome outcome = isResuming() ? sync::selectResumed() : sync::select(cases, count, hasDefault != 0);
  if (outcome.outcome == ChanOutcome::Parked) unwind();
  else if (outcome.outcome == ChanOutcome::Closed) lang::raise(abi::Fault::SendOnClosed);
  return outcome.index;
}
