// The chain of panics.
#include "runtime/lang/panic.h"

#include <iterator>

#include "runtime/base/check.h"
#include "runtime/gc/heap.h"
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

// What a panic under way adds to its goroutine's stack, its note included: in Go it lies there, and panics can begin in deferred
// calls without end.
constexpr uint32_t kPanicWeight = 600;

// Has the like of this panic begun here often? Then it is recovered over and over. What can be told of a panic for nearly
// nothing are its value, if that is a constant, and how deep the stack is; a panic that ends a program which has
// recovered from others all the time mostly differs from them in that.
bool isFamiliar(sched::Worker& worker, const abi::Type* type, const void* data) {
  constexpr uint32_t kOften = 32;
  uint64_t depth = static_cast<uint32_t>(worker.abi.depthLeft);
  uint64_t value = gc::findObject(data).span ? 0 : reinterpret_cast<uintptr_t>(data);
  uint64_t mixed = (value ^ reinterpret_cast<uintptr_t>(type) ^ depth << 32) * 0x9e3779b97f4a7c15;
  uint32_t look = static_cast<uint32_t>(mixed >> 32) | 1;
  auto& seen = worker.panicsSeen[look / 2 % std::size(worker.panicsSeen)];
  if (seen.look != look) seen = {look, 0};
  return ++seen.times > kOften;
}

[[noreturn]] void start(const abi::Type* type, void* data, uint32_t flags) {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  worker.raising = false;
  PanicRecord* record = static_cast<PanicRecord*>(worker.blocks.allocate(sizeof(PanicRecord)));
  *record = {type, data, goroutine.panics, nullptr, flags, nullptr, goroutine.parts};
  if (record->older) record->older->newer = record;
  goroutine.panics = record;
  goroutine.stackWeight += kPanicWeight;
  client::noteStack(record, isFamiliar(worker, type, data));
  client::throwPanic();
}

void drop(sched::Worker& worker, task::Goroutine& goroutine) {
  PanicRecord* newest = goroutine.panics;
  goroutine.panics = newest->older;
  if (goroutine.panics) goroutine.panics->newer = nullptr;
  goroutine.stackWeight -= kPanicWeight;
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
