// The collected heap: Go's objects, in spans of one size each.
//
// The problem: allocate in a few instructions without touching what other workers touch, and keep enough knowledge that a
// collector can, from any address inside an object, find the object and the pointers in it.
//
// What is always true.
//  * A span is with one worker's Cache, which alone allocates from it, or with the list of its class; there it waits to be
//    swept, or has been.
//  * Memory handed out is zero: a cache clears the free slots of a window when it begins with the window.
//  * While marking is under way the free slots of a window that a cache has begun with are marked.
//
// The shape is Go's (mcache, mcentral, mheap), because it is right and because cap() shows the size classes anyway; left out
// is its tiny allocator, which makes several objects one.
#pragma once

#include "runtime/gc/mark.h"
#include "runtime/host/lock.h"
#include "runtime/task/blocks.h"

namespace millrace::gc {

// A worker's part of the heap.
class Cache {
 public:
  // One object of `type`, or an array of `count`. bytes = count * type.size is neither 0 nor beyond memory's addresses.
  void* allocate(const abi::Type& type, size_t count, size_t bytes);
  void* allocateBytes(size_t bytes);  // without pointers; not 0
  // Gives the spans back.
  void flush();

  // With the world stopped, when marking begins: marks what is in the windows.
  void markWindows();

  task::BlockCache* blocks;  // for the spans' records
  Marker marker;
  int64_t assistDebt = 0;  // what this worker owes to marking for what it has allocated, in bytes to be looked at

 private:
  void* take(uint32_t sizeClassOf, bool hasPointers);
  void* takeSlow(uint32_t sizeClassOf, bool hasPointers);
  void* allocateLarge(size_t bytes, const abi::Type* type);
  Span* acquire(uint32_t sizeClassOf, bool hasPointers);
  void release(Span* span);
  void enterWindow(Span* span, uint32_t window);
  void markWindow(Span* span);

  Span* spans_[kSizeClasses][2] = {};
};

// Where zero-sized objects are.
extern uint64_t zeroSized[2];

// Makes the heap forget everything, after the page heap has been started.
void startHeap();

void forEachSpan(void (*visit)(Span* span, void* context), void* context);

// ---- sweeping: making the slots free that the last cycle did not mark. Done when slots are wanted, or when nobody has
// anything better to do; what is entirely free gives its pages back.

// With the world stopped and no span in a cache: from here on all spans wait to be swept, then their marks are used up.
void beginSweeping();
bool isSwept();
// Sweeps a span that waits for it. False: there is none, though others may still be at theirs.
bool sweepOne(task::BlockCache& blocks);
// Sweeps large objects until so many pages are free, or all are swept.
void sweepLarge(size_t pages, task::BlockCache& blocks);

// ---- figures

struct HeapFigures {
  uint64_t spanBytes;                      // of all spans there are
  uint64_t allocated[kSizeClasses], freed[kSizeClasses];  // objects, ever; of class 0: large ones
  uint64_t largeAllocatedBytes, largeFreedBytes;
};
// Of what other workers are just allocating a little may be missing.
HeapFigures heapFigures();
// Bytes of all spans there are.
uint64_t heapBytes();

}  // namespace millrace::gc
