// Entry points: goroutines, semaphores, time.
#include "runtime/base/check.h"
#include "runtime/edge/engine.h"
#include "runtime/edge/entries.h"
#include "runtime/edge/switch.h"
#include "runtime/host/machine.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/timers.h"

using namespace millrace;
using edge::isResuming;
using edge::unwindIf;

ENTRY_POINT(void, goStartAt)(abi::Closure* closure, uint32_t site) { sched::go(closure, site); }
ENTRY_POINT(void, goStart)(uint32_t function, uint32_t site, uint64_t a, uint64_t b, uint64_t c) {
  sched::go(function, a, b, c, site);
}

ENTRY_POINT(const void*, labels)() { return sched::labels(); }
ENTRY_POINT(void, setLabels)(const void* labels) { sched::setLabels(labels); }

ENTRY_POINT(void, yield)() {
  if (!isResuming()) unwindIf(sched::yield());
}
ENTRY_POINT(void, poll)() {
  if (isResuming()) return;
  sched::Worker& worker = sched::self();
  if (worker.raising) [[unlikely]] return;
  if (worker.abi.depthLeft >= 0) return unwindIf(sched::poll());
  worker.leaving = sched::Leaving::Deeper;
  edge::unwind();
}
ENTRY_POINT(void, parkForever)() {
  if (!isResuming()) unwindIf(sched::parkForever(task::WaitReason::SelectNoCases));
}
ENTRY_POINT(void, sleep)(int64_t ns) {
  if (!isResuming()) unwindIf(sched::timers::sleep(ns));
}
ENTRY_POINT(int64_t, goMaxProcs)(int64_t n) {
  task::Goroutine& goroutine = sched::self().goroutine();
  if (isResuming()) return goroutine.answer;
  unwindIf(sched::setProcs(n, goroutine.answer));
  return goroutine.answer;
}
ENTRY_POINT(int64_t, numCpu)() { return sched::cpus(); }
ENTRY_POINT(int64_t, numGoroutine)() { return sched::countGoroutines(); }
ENTRY_POINT(void, threadLock)(int32_t add) { sched::lockThread(sched::self().goroutine(), add); }
ENTRY_POINT(void, goroutineLeaves)() {
  sched::Worker& worker = sched::self();
  worker.goroutines.disregard(worker.goroutine());
}
ENTRY_POINT(void*, stageGrow)(uint32_t bytes) {
  sched::Worker& worker = sched::self();
  task::growStage(worker.goroutine(), bytes, worker.blocks);
  return worker.goroutine().stage;
}

ENTRY_POINT(uint32_t, frameRoom)(uint32_t bytes) { return edge::roomForFrame(bytes); }
ENTRY_POINT(lang::PanicRecord*, stackReturn)() {
  edge::setSwitchState(abi::SwitchState::Running);
  return sched::self().goroutine().leftBy;
}

ENTRY_POINT(void, semAcquire)(uint32_t* word, uint32_t how) {
  unwindIf(isResuming() ? sync::acquireResumed() : sync::acquire(word, how & 1, static_cast<abi::SemReason>(how >> 1)));
}
ENTRY_POINT(void, semRelease)(uint32_t* word, uint32_t handoff) {
  if (!isResuming()) unwindIf(sync::release(word, handoff != 0));
}
ENTRY_POINT(uint32_t, notifyListAdd)(sync::NotifyList* list) { return sync::notifyAdd(*list); }
ENTRY_POINT(void, notifyListWait)(sync::NotifyList* list, uint32_t ticket) {
  if (!isResuming()) unwindIf(sync::notifyWait(*list, ticket));
}
ENTRY_POINT(void, notifyListNotifyAll)(sync::NotifyList* list) { sync::notifyAll(*list); }
ENTRY_POINT(void, notifyListNotifyOne)(sync::NotifyList* list) { sync::notifyOne(*list); }
ENTRY_POINT(uint32_t, syncSpin)(uint32_t turn) { return sched::spin(turn); }

namespace bubbles = sched::bubbles;

ENTRY_POINT(uint32_t, bubbleEnter)(abi::Closure* entry) { return bubbles::enter(entry); }
ENTRY_POINT(uint32_t, bubbleRest)() {
  if (isResuming()) return static_cast<uint32_t>(bubbles::rested());
  unwindIf(bubbles::rest());
  return 0;
}
ENTRY_POINT(void, bubbleLeave)() { bubbles::leave(); }
ENTRY_POINT(uint32_t, bubbleWait)() {
  if (isResuming()) {
    bubbles::waited();
    return 1;
  }
  if (!bubbles::mayWait()) return 0;
  unwindIf(bubbles::wait());
  return 1;
}
ENTRY_POINT(int64_t, bubbleNow)() {
  task::Bubble* bubble = bubbles::current();
  sched::self().abi.result = bubble ? bubble->id : 0;
  return bubble ? bubble->now : 0;
}

ENTRY_POINT(int64_t, nanotime)() { return host::nanotime(); }
ENTRY_POINT(int64_t, walltime)() { return host::walltime(); }
ENTRY_POINT(void, timerStart)(abi::TimerRecord* timer) { sync::startTimer(*timer); }
ENTRY_POINT(uint32_t, timerStop)(abi::TimerRecord* timer) { return sched::timers::remove(*timer); }
ENTRY_POINT(uint32_t, timerReset)(abi::TimerRecord* timer, int64_t when, int64_t period) {
  return sched::timers::reset(*timer, when, period);
}
