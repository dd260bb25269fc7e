// Channels and select: the core's, in memory that lasts as long as anybody has the channel.
#include "runtime/cpp/chan.h"

#include <cstdlib>
#include <cstring>

#include "runtime/base/check.h"
#include "runtime/cpp/client.h"
#include "runtime/cpp/select.h"

namespace millrace {

namespace detail {

struct ChanCore : sync::Chan {};

ChanCore* makeChan(uint32_t elementBytes, size_t capacity) {
  constexpr size_t kMost = SIZE_MAX / 2;
  if (capacity > (kMost - sizeof(ChanCore)) / (elementBytes + 1)) cpp::panic("makechan: size out of range");
  size_t bytes = sizeof(ChanCore) + capacity * elementBytes;
  void* memory = ::operator new(bytes);
  std::memset(memory, 0, bytes);
  auto* chan = new (memory) ChanCore();
  chan->capacity = capacity;
  chan->elementBytes = elementBytes;
  chan->buffer = reinterpret_cast<char*>(chan + 1);
  return chan;
}

void freeChan(ChanCore* chan) {
  chan->~ChanCore();
  ::operator delete(chan);
}

void send(ChanCore* chan, const void* value) {
  task::Goroutine& goroutine = cpp::current();
  sync::ChanOutcome outcome = sync::send(chan, value);
  if (outcome == sync::ChanOutcome::Parked) {
    cpp::leave();
    outcome = goroutine.received ? sync::ChanOutcome::Done : sync::ChanOutcome::Closed;
  }
  if (outcome == sync::ChanOutcome::Closed) cpp::panic("send on closed channel");
}

bool trySend(ChanCore* chan, const void* value) {
  sync::ChanOutcome outcome = sync::trySend(chan, value);
  if (outcome == sync::ChanOutcome::Closed) cpp::panic("send on closed channel");
  return outcome == sync::ChanOutcome::Done;
}

Came receive(ChanCore* chan, void* into) {
  task::Goroutine& goroutine = cpp::current();
  sync::ChanOutcome outcome = sync::receive(chan, into);
  if (outcome == sync::ChanOutcome::Parked) {
    cpp::leave();
    return goroutine.received ? Came::Value : Came::Closed;
  }
  return outcome == sync::ChanOutcome::Done ? Came::Value : Came::Closed;
}

Came tryReceive(ChanCore* chan, void* into) {
  switch (sync::tryReceive(chan, into)) {
    case sync::ChanOutcome::Done: return Came::Value;
    case sync::ChanOutcome::Closed: return Came::Closed;
    default: return Came::Nothing;
  }
}

void close(ChanCore* chan) {
  switch (sync::close(chan)) {
    case sync::CloseOutcome::Done: return;
    case sync::CloseOutcome::Nil: cpp::panic("close of nil channel");
    case sync::CloseOutcome::Closed: cpp::panic("close of closed channel");
  }
}

size_t length(ChanCore* chan) { return static_cast<size_t>(sync::length(chan)); }
size_t capacity(ChanCore* chan) { return static_cast<size_t>(sync::capacity(chan)); }

}  // namespace detail

Select::~Select() {
  for (Case& one : cases_) {
    if (one.drop) one.drop(one.cell());
  }
}

Select::Case& Select::add(detail::ChanCore* chan, bool isSend, size_t bytes) {
  Case& one = cases_.emplace_back();
  one.chan = chan;
  one.isSend = isSend;
  if (bytes > sizeof one.small) one.large.reset(new unsigned char[bytes]);
  return one;
}

std::optional<size_t> Select::choose(bool hasDefault) {
  ENSURE(cases_.size() <= UINT16_MAX);
  constexpr size_t kOnStack = 8;
  abi::SelectCase few[kOnStack];
  std::unique_ptr<abi::SelectCase[]> many;
  if (cases_.size() > kOnStack) many.reset(new abi::SelectCase[cases_.size()]);
  abi::SelectCase* cases = many ? many.get() : few;
  for (size_t i = 0; i < cases_.size(); i++) {
    cases[i].chan = cases_[i].chan;
    cases[i].value = cases_[i].cell();
    cases[i].isSend = cases_[i].isSend;
  }
  task::Goroutine& goroutine = cpp::current();
  sync::SelectOutcome outcome = sync::select(cases, static_cast<uint32_t>(cases_.size()), hasDefault);
  if (outcome.outcome == sync::ChanOutcome::Parked) {
    cpp::leave();
    outcome = sync::selectResumed();
  }
  if (outcome.outcome == sync::ChanOutcome::Closed) cpp::panic("send on closed channel");
  if (outcome.index < 0) return std::nullopt;
  Case& chosen = cases_[static_cast<size_t>(outcome.index)];
  chosen.drop = nullptr;
  if (chosen.finish) chosen.finish(chosen, chosen.cell(), goroutine.received != 0);
  return static_cast<size_t>(outcome.index);
}

size_t Select::wait() { return *choose(false); }
std::optional<size_t> Select::poll() { return choose(true); }

}  // namespace millrace
