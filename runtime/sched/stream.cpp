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
Stream streams[3];  // by file descriptor

bool canGoOn(int stream) { return stream == 0 ? host::inputWaits() : host::outputHasRoom(); }

// Parks the calling goroutine until the stream can go on. Its transfer is filled in.
Outcome wait(int stream) {
  Worker& worker = self();
  task::Goroutine& goroutine = worker.goroutine();
  {
    host::Guard guard(streams[stream].lock);
    waitingForHost.fetchAdd(1);
    beginPark(worker, goroutine, task::WaitReason::InputOutput);
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

void startStreams() NO_THREAD_SAFETY_ANALYSIS {
  for (Stream& stream : streams) stream.waiting = nullptr;
}

}  // namespace millrace::sched

namespace millrace::sched::client {

void hostEvent() {
  if (waitingForHost.load() == 0) return;
  for (int stream = 0; stream < 3; stream++) {
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
