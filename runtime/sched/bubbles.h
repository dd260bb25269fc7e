// Bubbles: groups of goroutines with a clock of their own, for package testing/synctest.
//
// The goroutine that makes a bubble, its root, and all that goroutines of the bubble start belong to it, and so do the
// channels and timers they make. Its clock stands still while any of them can run. When all of them are durably blocked,
// waiting for what only another of them can do, the bubble is at rest: then whoever waits for just that (synctest.Wait)
// goes on, else the root, which turns the clock to when the next of the bubble's timers is due and fires it.
//
// What is always true. `running` is at least the number of goroutines of the bubble that are not durably blocked: whoever
// ends a durable wait counts before the goroutine can run, and whoever parked uncounts only after its unwind. Durable waits
// are ended by the bubble's own goroutines alone, each counted in `running` itself. So when it reaches 0 the bubble is at
// rest, and the one that made it 0 is alone with it.
#pragma once

#include "runtime/sched/timer-heap.h"

namespace millrace::task {

struct Bubble {
  uint32_t id;  // from 1 on
  int64_t now;  // ns since 1970; also what its timers count by
  host::Atomic<uint32_t> running, total;
  Goroutine* root;  // counted like the others
  Goroutine* main;  // the first that the root started; the clock stops for good when it has ended
  host::Atomic<Goroutine*> waiter;  // in synctest.Wait
  bool mainEnded;
  sched::TimerHeap timers;  // the timers' lock guards it, and the list of all bubbles
  Bubble *next, *previous;
};

}  // namespace millrace::task

namespace millrace::sched::bubbles {

void start();

inline uint32_t idOf(const task::Goroutine& goroutine) { return goroutine.inBubble ? goroutine.bubble->id : 0; }
// Of the goroutine that runs; null and 0: it is in none.
task::Bubble* current();
uint32_t currentId();

// ---- synctest.Run

// The running goroutine becomes the root of a bubble in which a goroutine with this entry begins. False: it is in one.
bool enter(abi::Closure* entry);
// The root waits until the bubble is at rest.
Outcome rest();
enum class Rest : uint32_t {
  Advanced,      // timers have fired: rest again
  Ended,         // all goroutines but the root have
  Stuck,         // no timer is left, and goroutines wait for each other
  MainEnded,     // goroutines are left that wait, but the main one has ended
};
Rest rested();
void leave();

// ---- synctest.Wait

// False: another goroutine waits already. Else wait is to follow.
bool mayWait();
Outcome wait();
void waited();

// ---- for the scheduler: only of goroutines that are in a bubble

// It is made, and cannot run yet.
void join(task::Goroutine& goroutine, task::Bubble& bubble);
// It has ended.
void part(task::Goroutine& goroutine);
// It waits, and its wait is durable: to be asked before others may wake it.
inline bool isDurable(task::WaitReason reason) {
  switch (reason) {
    case task::WaitReason::ChanReceiveNil:
    case task::WaitReason::ChanSendNil:
    case task::WaitReason::SelectNoCases:
    case task::WaitReason::Sleep:
    case task::WaitReason::CondWait:
    case task::WaitReason::WaitGroupWaitDurable:
    case task::WaitReason::ChanReceiveDurable:
    case task::WaitReason::ChanSendDurable:
    case task::WaitReason::SelectDurable:
    case task::WaitReason::Coroutine:
    case task::WaitReason::SynctestRun:
    case task::WaitReason::SynctestWait: return true;
    default: return false;
  }
}
// A durable wait has begun; one is about to end.
void blocked(task::Bubble& bubble);
inline void unblocks(task::Goroutine& goroutine) {
  if (isDurable(goroutine.reason.relaxed())) goroutine.bubble->running.fetchAdd(1);
}

}  // namespace millrace::sched::bubbles
