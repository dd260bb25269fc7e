// What is to happen when an object dies: finalizers and cleanups, which are calls, and weak pointers, which become nil.
//
// The problem: the collector finds out that an object is unreachable when the world is stopped and nothing may be called; and
// what a finalizer is given must still be whole.
//
// What is always true.
//  * What is to be called is a root, and so is everything that an object with a finalizer points to, though not the object:
//    when it is found dead it only has to be marked itself, nothing need be followed from there.
//  * Of objects found dead, the ones with a finalizer live on until the next cycle; their weak pointers are nil already.
//  * Calls that are due wait in a queue, whose contents are roots. A goroutine of the program's takes them (takeDue); a cycle
//    that leaves something in the queue has it started, unless it runs.
//
// The rules are those of Go's SetFinalizer, AddCleanup and package weak.
#pragma once

#include "runtime/gc/mark.h"
#include "runtime/task/blocks.h"

namespace millrace::gc {

class Cache;

enum class SpecialKind : uint32_t { Finalizer, Cleanup, Weak };

// Why nothing could be attached to an object.
inline constexpr int64_t kHasFinalizer = 0, kNotInHeap = -1, kNotAtBeginning = -2;

// `call` is a closure that the program will know what to do with. Gives a number for removeCleanup, above 0, or one of the
// above. A finalizer must be attached to an object's beginning; an object has one at most.
int64_t addSpecial(SpecialKind kind, const void* pointer, void* call, task::BlockCache& blocks);
void removeFinalizer(const void* object, task::BlockCache& blocks);
void removeCleanup(const void* pointer, int64_t number, task::BlockCache& blocks);

// The 8 bytes in which a weak pointer's target lies hidden from the collector: the same for the same address as long as the
// object lives. What is not in the heap lives for ever.
void* weakHandle(void* pointer, Cache& heap);
// The target, which is reachable from now on; null: it has died.
void* weakTarget(const void* handle, Marker& marker);

// The closure that a goroutine shall be started with when calls are due.
void setCaller(void* closure);
struct DueCall {
  void* call;    // null: there is none, and the caller ends
  void* object;  // of a finalizer
};
DueCall takeDue(Marker& marker, task::BlockCache& blocks);
// For a worker with no goroutine: what it shall start a goroutine with, or null.
void* takeWantedCaller();
bool isCallerWanted();
// From the end of a cycle that left something to do until it is done.
bool areCallsDue();
// The goroutine is calling something of the program's: only then is it one that a program is told of.
bool isCalling();

// ---- for the collector

void startSpecials();
// Shades roots, in parts: called until it says false. Restarted by `isFirst`.
bool scanSpecials(Marker& marker, bool isFirst);
// With the world stopped and nothing left to mark: sees who has died. Gives the bytes of those that live on.
uint64_t settleSpecials(task::BlockCache& blocks);

}  // namespace millrace::gc
