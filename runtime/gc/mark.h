// Marking: finding everything that is reachable, by many workers at once, while the program runs.
//
// The problem. The program changes pointers while markers follow them; nobody knows where the pointers on a WebAssembly
// stack are; and the program may be stopped for two milliseconds, not for the time it takes to look at all goroutines.
//
// What is always true. Marking begins with the world stopped: no goroutine is on a worker, so that all frames lie in memory.
// What is marked in the end is everything that was reachable at that moment (the snapshot) and everything allocated since.
//
// The idea: snapshot at the beginning, as Yuasa's collectors and OCaml's first one did.
//  * Before a pointer in the heap or in a variable is overwritten, the old one is shaded: marked, and queued to be looked
//    into. So whatever path there was at the beginning, it is walked, or was shaded where it was cut.
//  * A goroutine's frames are looked at by a marker, or by the worker that is about to resume it, whoever comes first: they
//    are still as they were at the beginning. Afterwards the goroutine may load and keep what it likes, it is never looked
//    at again. So the stop costs the same for one goroutine and for a million, and nobody has to stop a second time to look
//    at stacks: marking is over when the queues are empty.
//  * New objects are marked already: a cache marks the free slots of a window of 64 at once when it begins with the window,
//    so that allocating does not ask whether marking is under way.
//
// What it costs: what dies while marking is under way is kept until the next cycle, and every store of a pointer asks a word
// whether marking is on. Rejected: an insertion barrier (Dijkstra's; Go's own hybrid has half of it), which must look at all
// stacks again at the end, with the world stopped: our frames are only in memory after an unwind. Rejected too: a shadow
// stack, which the compiled code would have to keep up at every call.
//
// A program whose code does not call the barrier (ProgramHeader::flags) is marked with the world stopped.
//
// Objects wait in chunks of one page. Each marker has two of its own; what is beyond goes to all. When memory for chunks runs
// out, what cannot be queued stays marked, and in the end all marked objects are looked at again until none is left out.
#pragma once

#include "runtime/gc/span.h"
#include "runtime/task/goroutine.h"

namespace millrace::gc {

struct MarkChunk;

// A worker's part in marking.
class Marker {
 public:
  // The object that it points into, if it does, is reachable.
  void shadePointer(const void* pointer);
  // Everything that the words of a frame (4 bytes each in WebAssembly), or Go's 8-byte slots, may point to.
  void shadeWords(const void* begin, const void* end);
  void shadeSlots(const void* begin, const void* end);
  // Pointers in [begin, begin + bytes), which may lie in the heap or outside.
  void shadeRange(const void* begin, size_t bytes);

  // What an object points to is reachable, though not the object itself.
  void lookInto(const void* object);

  // Looks into objects and roots until none are left, or about `bytes` have been looked at. False: there may be more.
  bool drain(int64_t bytes);
  int64_t lastDrained() const { return budget_ - left_; }  // bytes that drain looked at
  // Lets the others have what is queued here.
  void flush();
  bool isEmpty() const;

  // Bytes of objects marked here, and bytes that drain looked at, since they were last taken.
  uint64_t takeMarkedBytes();
  uint64_t takeDrainedBytes();
  void addMarkedBytes(int64_t bytes) { markedBytes_ += static_cast<uint64_t>(bytes); }

 private:
  void mark(uintptr_t word);
  void push(uintptr_t object);
  uintptr_t pop();  // 0: none here, and none that could be had
  void scanObject(uintptr_t object);
  void scanTyped(const char* begin, const char* from, const char* to, const abi::Type& type);
  bool scanRoots();
  void share();

  MarkChunk* chunk_ = nullptr;
  MarkChunk* spare_ = nullptr;
  uint64_t markedBytes_ = 0, drainedBytes_ = 0;
  int64_t budget_ = 0, left_ = 0;  // drain's, and what is left of it

  friend void finishOverflow(Marker& marker);
};

struct Roots {
  const abi::DataRange* ranges;
  int64_t rangeCount;
};

// With the world stopped: everything is still to be looked at. `cycle` is from 1. holdsBack: goroutines that wait for a
// channel, a lock or the like are looked at only if shadeAwakable finds that somebody else could wake them.
void beginMarking(uint32_t cycle, const Roots& roots, bool holdsBack = false);
// With the world stopped and nothing left to mark: looks at goroutines that were held back and wait for something that is
// reachable. False: there are none; then those for which isLeaked can never run again.
bool shadeAwakable(Marker& marker);
bool isLeaked(const task::Goroutine& goroutine);
bool isHoldingBack();
// With the world stopped and nothing left to mark: is it alive? What is not in the heap is.
bool isMarked(const void* pointer);
// With the world stopped and all markers flushed: is nothing left to look at?
bool nothingLeft();
// Is there something for a marker that has nothing?
bool hasWork();
// Nobody marks, and nobody could.
bool looksFinished();
// With the world stopped: what could not be queued is looked at now. Afterwards nothingLeft().
void finishOverflow(Marker& marker);
void endMarking();
void startMarking();  // forgets everything, for a new start

// While marking: sees to it that the goroutine has been looked at before it runs.
void scanBeforeRun(task::Goroutine& goroutine, Marker& marker);
// Goroutine::scannedIn of a new goroutine: it needs not be looked at by this cycle.
uint32_t scannedNow();

namespace client {
// The frames of a goroutine that is not running, and whatever else its client keeps for it.
void scanGoroutine(task::Goroutine& goroutine, Marker& marker);
// Roots that the rooms to the right of this one know, in parts: called until it says false, by one worker at a time.
bool scanOtherRoots(Marker& marker, bool isFirst);
// With the world stopped and everything marked: objects that those rooms know and that are not marked are about to go.
void forgetUnreachable();
// Would somebody take over some of the work? Then it will be there in a moment.
bool helpWanted();
void offerHelp();
}  // namespace client

}  // namespace millrace::gc
