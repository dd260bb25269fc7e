// Waiting for the host.
//
// A goroutine that finds no room, or no input, puts itself on its stream's list and looks once more; the host moves a
// position, bumps `wake`, and whoever hears it (the monitor, or the only worker) wakes the lists that can go on.
#include "runtime/sched/stream.h"

#include "runtime/host/console.h"
#include "runtime/sched/state.h"

namespace millrace::sched {

namespace {

struct Stream {
  host::Lock lock;
  task::Goroutine* waiting GUARDED_BY(lock) = nullptr;
};
constexpr int kSignals = 3, kStreams = 4;
Stream streams[kStreams];  // by file descriptor, then signals'

host::Atomic<uint32_t>& signalWord(uint32_t i) { return host::atomicAt(&host::engineState.signals[i]); }
bool signalsWait() { return signalWord(0).load() || signalWord(1).load(); }
// One has been taken, and who did has not come back yet.
host::Atomic<uint32_t> signalAtWork;

bool canGoOn(int stream) {
  if (stream == kSignals) return signalsWait();
  return stream == 0 ? host::inputWaits() : host::outputHasRoom();
}

// Parks the calling goroutine until the stream can go on. Its transfer is filled in if it has one.
Outcome wait(int stream) {
  Worker& worker = self();
  task::Goroutine& goroutine = worker.goroutine();
  {
    host::Guard guard(streams[stream].lock);
    waitingForHost.fetchAdd(1);
    beginPark(worker, goroutine, stream == kSignals ? task::WaitReason::Signal : task::WaitReason::InputOutput);
    goroutine.next = streams[stream].waiting;
    streams[stream].waiting = &goroutine;
  }
  client::hostEvent();  // it may have happened before we were in the list
  return Outcome::Parked;
}

}  // namespace

Outcome write(int stream, const char* bytes, size_t count) {
  size_t written = host::tryWrite(stream, bytes, count);
  if (written == count) return Outcome::Done;
  task::Transfer& transfer = self().goroutine().transfer;
  transfer = {const_cast<char*>(bytes) + written, count - written, stream};
  return wait(stream);
}

Outcome writeResumed() {
  task::Transfer transfer = self().goroutine().transfer;
  return write(transfer.stream, transfer.bytes, transfer.count);
}

Outcome read(char* into, size_t count, size_t& taken) {
  bool ended;
  taken = host::tryRead(into, count, ended);
  if (taken > 0 || ended || count == 0) return Outcome::Done;
  self().goroutine().transfer = {into, count, 0};
  return wait(0);
}

Outcome readResumed(size_t& taken) {
  task::Transfer transfer = self().goroutine().transfer;
  return read(transfer.bytes, transfer.count, taken);
}

Outcome nextSignal(uint32_t& number) {
  for (uint32_t i = 0; i < 2; i++) {
    uint32_t sent = signalWord(i).load();
    if (sent == 0) continue;
    uint32_t bit = static_cast<uint32_t>(__builtin_ctz(sent));
    signalAtWork.store(1);  // before the bit is gone
    signalWord(i).fetchAnd(~(1u << bit));
    number = 32 * i + bit + 1;
    return Outcome::Done;
  }
  signalAtWork.store(0);
  return wait(kSignals);
}

void sendSignal(uint32_t number) {
  signalWord((number - 1) / 32).fetchOr(1u << (number - 1) % 32);
  client::hostEvent();
}

bool signalsAreDone() { return !signalsWait() && !signalAtWork.load(); }

void startStreams() NO_THREAD_SAFETY_ANALYSIS {
  for (Stream& stream : streams) stream.waiting = nullptr;
  signalAtWork.store(0);
}

}  // namespace millrace::sched

namespace millrace::sched::client {

void hostEvent() {
  if (waitingForHost.load() == 0) return;
  for (int stream = 0; stream < kStreams; stream++) {
    if (!canGoOn(stream)) continue;
    task::Goroutine* first;
    {
      host::Guard guard(streams[stream].lock);
      first = streams[stream].waiting;
      streams[stream].waiting = nullptr;
    }
    while (first) {
      task::Goroutine* next = first->next;
      ready(*first);
      waitingForHost.fetchAdd(-1u);
      first = next;
    }
  }
}

}  // namespace millrace::sched::client
