// The chain of panics.
#include "runtime/lang/panic.h"

#include "runtime/base/check.h"
#include "runtime/lang/trace.h"
#include "runtime/sched/scheduler.h"

namespace millrace::lang {

const abi::ProgramHeader* program;

void raise(abi::Fault fault, int64_t a, int64_t b) {
  sched::self().raising = true;  // until the panic starts
  call<void>(program->raise, static_cast<uint32_t>(fault), a, b);
  UNREACHABLE();
}

namespace {

[[noreturn]] void start(const abi::Type* type, void* data, uint32_t flags) {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  worker.raising = false;
  PanicRecord* record = static_cast<PanicRecord*>(worker.blocks.allocate(sizeof(PanicRecord)));
  *record = {type, data, goroutine.panics, nullptr, flags, nullptr};
  if (record->older) record->older->newer = record;
  goroutine.panics = record;
  if (!(flags & kPanicGoexit)) client::noteStack(record);
  client::throwPanic();
}

void drop(sched::Worker& worker, task::Goroutine& goroutine) {
  PanicRecord* newest = goroutine.panics;
  goroutine.panics = newest->older;
  if (goroutine.panics) goroutine.panics->newer = nullptr;
  dropNote(*newest);
  worker.blocks.free(newest, sizeof(PanicRecord));
}

}  // namespace

void startPanic(const abi::Type* type, void* data) {
  if (!type) raise(abi::Fault::PanicNil);
  start(type, data, 0);
}

void startGoexit() {
  sched::noteExit(sched::self().goroutine());
  start(nullptr, nullptr, kPanicGoexit);
}

PanicRecord* catchPanic(PanicRecord* record) {
  PanicRecord* newest = sched::self().goroutine().panics;
  ENSURE(newest);
  if (record && record != newest) record->flags |= kPanicAborted;
  return newest;
}

PanicRecord* nextPanic(PanicRecord* record) {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  ENSURE(goroutine.panics == record);
  if (!(record->flags & kPanicRecovered)) return record;
  drop(worker, goroutine);
  while (goroutine.panics && (goroutine.panics->flags & kPanicAborted)) {
    if (goroutine.panics->flags & kPanicGoexit) {
      goroutine.panics->flags &= ~kPanicAborted;
      return goroutine.panics;
    }
    drop(worker, goroutine);
  }
  return nullptr;
}

Any recover(bool calledByPanic) {
  PanicRecord* newest = sched::self().goroutine().panics;
  if (!calledByPanic || !newest || (newest->flags & (kPanicGoexit | kPanicRecovered))) return {nullptr, nullptr};
  newest->flags |= kPanicRecovered;
  return {newest->type, newest->data};
}

PanicRecord* oldestPanic(const task::Goroutine& goroutine) {
  PanicRecord* record = goroutine.panics;
  while (record && record->older) record = record->older;
  return record;
}

void dropPanics(task::Goroutine& goroutine) {
  while (goroutine.panics) drop(sched::self(), goroutine);
}

}  // namespace millrace::lang
