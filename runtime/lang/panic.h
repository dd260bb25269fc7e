// Panics: the chain of those under way in a goroutine.
//
// How a compiled function that has deferred calls works with it. Its body runs in a try; a catch only notes the panic, with
//
//   record = panicCatch(record)       record is 0, or the panic for which this frame was just running deferred calls
//
// and then, in ordinary code, runs its deferred calls, newest first, each in a try of its own with the same catch. After
// each call made while record is not 0 comes record = panicNext(record): 0 says the call recovered it. When no deferred
// call is left, the function returns normally if record is 0, else it ends with panicRethrow(record).
//
// What is always true.
//  * The chain holds what is under way, newest first. A panic that starts is put on top, and the frame that catches finds
//    it there: whatever was started later has been recovered and taken off.
//  * A panic P raised by a deferred call that ran for a panic R supersedes R when it reaches R's frame: R is marked
//    aborted. It stays in the chain, below P, to be printed if nobody recovers P, and goes when P is recovered there or
//    further out.
//  * Goexit is a panic without a value that cannot be recovered. One that was aborted by a panic takes over again when that
//    panic is recovered: nothing stops a goroutine from ending once it has called Goexit.
#pragma once

#include "runtime/lang/program.h"

namespace millrace::lang {

struct StackNote;

struct PanicRecord {
  const abi::Type* type;
  void* data;
  PanicRecord *older, *newer;
  uint32_t flags;
  StackNote* note;  // where it began; null: the host knows, in the worker on which it began (see lang/trace.h)
  task::StackPart* below;  // of the goroutine's older frames, which are not in the note: the newest part
};

enum PanicFlags : uint32_t {
  kPanicRecovered = 1,
  kPanicGoexit = 2,
  kPanicAborted = 4,
};

// The beginning of panic(v).
[[noreturn]] void startPanic(const abi::Type* type, void* data);
[[noreturn]] void startGoexit();

PanicRecord* catchPanic(PanicRecord* record);
PanicRecord* nextPanic(PanicRecord* record);

struct Any {
  const abi::Type* type;
  void* data;
};
// recover() in a function that was called directly as a deferred one because of a panic, or not.
Any recover(bool calledByPanic);

PanicRecord* oldestPanic(const task::Goroutine& goroutine);

// The goroutine has ended: forgets its chain (after a Goexit).
void dropPanics(task::Goroutine& goroutine);

}  // namespace millrace::lang
