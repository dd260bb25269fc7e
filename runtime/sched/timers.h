// Timers: a heap of pending TimerRecords and of sleeping goroutines.
//
// One heap, under one lock, serves all workers: it is touched when a timer is started, stopped or due, not on every switch.
// The lock is held while timers fire, and that is what Go 1.23's promise rests on: after timerStop or timerReset has
// returned no value sent before can be received, because none is on its way and the channel has been emptied.
// Order of locks: timers before channels.
#pragma once

#include "runtime/sched/scheduler.h"

namespace millrace::sched::timers {

// Forgets all timers.
void start();

// Makes `record` pending for record.when, which may have passed.
void add(abi::TimerRecord& record);
// Was it pending? For a channel timer that includes a time that was sent but not yet received.
bool remove(abi::TimerRecord& record);
bool reset(abi::TimerRecord& record, int64_t when, int64_t period);

// The calling goroutine waits until `ns` have passed.
Outcome sleep(int64_t ns);

// When the earliest is due; host::kForever if there is none. A moment's view.
int64_t nextDeadline();
// As nextDeadline, but not while timers fire.
int64_t settledDeadline();
// Fires what is due.
void fireDue();
int64_t countPending();

// For the collector: looks at some pending timers, from number `from` on, which it moves. False: those were the last.
// A timer of a channel is alive only if it or its channel can be reached: else nobody can see it fire.
bool scanPart(gc::Marker& marker, uint32_t& from);
// With the world stopped and everything marked: forgets the timers that are not.
void dropUnreachable();

// ---- bubbles, whose timers go by clocks of their own and lie in heaps of their own

// Was it started in a bubble?
bool isBubbles(const abi::TimerRecord& record);
// To be known from making it until it ends, when all its timers are stopped.
void addBubble(task::Bubble& bubble);
void dropBubble(task::Bubble& bubble);
// Turns the clock to when the first timer is due and fires what is. False: there is none.
bool advance(task::Bubble& bubble);

}  // namespace millrace::sched::timers

namespace millrace::sched::client {

// What room sync does for timers; called with the timers' lock held.
void sendTime(abi::TimerRecord& record, int64_t dueNs, int64_t nowNs);
// Takes back a time that nobody has received; was there one?
bool discardTime(abi::TimerRecord& record);

}  // namespace millrace::sched::client
