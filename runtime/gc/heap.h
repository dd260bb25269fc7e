// The collected heap: Go's objects, in spans of one size each.
//
// The problem: allocate in a few instructions without touching what other workers touch, and keep enough knowledge that a
// collector can, from any address inside an object, find the object and the pointers in it.
//
// What is always true.
//  * Every page of the heap leads to its Span (or to none), a span holds objects of one size, and its free objects are
//    known by bits. A span is with one worker's Cache (which alone allocates from it), or with its Central.
//  * Objects with and without pointers are never in one span. In a span with pointers one bit per 8-byte word tells where
//    they are, for objects up to 512 bytes (kept at the span's end, 1/64 of it); larger objects begin with an 8-byte header
//    that names their type, repeated until the end of the object; of an object with pages of its own the span knows the type.
//  * Memory handed out is zero.
//
// The shape is Go's (mcache, mcentral, mheap), because it is right and because cap() shows the size classes anyway; left out
// is its tiny allocator, which makes several objects one.
#pragma once

#include "runtime/abi/type.h"
#include "runtime/gc/size-classes.h"
#include "runtime/host/lock.h"
#include "runtime/task/blocks.h"

namespace millrace::gc {

struct Span {
  uintptr_t base;
  uint32_t elementBytes;  // slot size; of a large object all its pages
  uint32_t count;         // slots
  uint32_t pages;
  uint8_t sizeClass;  // 0: one large object
  bool hasPointers;
  bool needsZero;  // slots may hold old bytes
  bool inCache;
  uint32_t bitWords;  // length of each of the two bit sets, in 64-bit words
  uint32_t window;    // the 64 slots that `free` tells about
  uint64_t free;      // in the window: slots that can be handed out
  const abi::Type* type;  // large objects with pointers
  Span *next;         // in a Central's list
  Span *nextOfAll;

  // Bits: which slots were in use when the span was last swept (those handed out since are known by `window` and `free`),
  // then those marked by the collection under way.
  uint64_t* allocated() { return reinterpret_cast<uint64_t*>(this + 1); }
  uint64_t* marked() { return allocated() + bitWords; }

  bool headers() const { return hasPointers && sizeClass != 0 && elementBytes > kMaxBytesWithBits; }
  // One bit per word of [base, base + kPageBytes), set for pointers; only without headers.
  uint64_t* pointerBits() const { return reinterpret_cast<uint64_t*>(base + host::kPageBytes - kPointerBitBytes); }
  static constexpr size_t kPointerBitBytes = host::kPageBytes / 64;
};
static_assert(sizeof(Span) % 8 == 0);

// A worker's part of the heap.
class Cache {
 public:
  // One object of `type`, or an array of `count`. bytes = count * type.size is neither 0 nor beyond memory's addresses.
  void* allocate(const abi::Type& type, size_t count, size_t bytes);
  void* allocateBytes(size_t bytes);  // without pointers; not 0
  // Gives the spans back.
  void flush();

  task::BlockCache* blocks;  // for the spans' records

 private:
  void* take(uint32_t sizeClassOf, bool hasPointers);
  void* takeSlow(uint32_t sizeClassOf, bool hasPointers);
  void* allocateLarge(size_t bytes, const abi::Type* type);

  Span* spans_[kSizeClasses][2] = {};
};

// Where zero-sized objects are.
extern uint64_t zeroSized[2];

// Makes the heap forget everything, after the page heap has been started.
void startHeap();

struct Object {
  Span* span;  // null: the address is not in an object
  uint32_t slot;
  uintptr_t begin;  // where the object's own bytes begin, after a header
  size_t bytes;
};
// The object that an address points into. Slots that are not in use are found too; `isAllocated` tells.
Object findObject(const void* address);
bool isAllocated(const Object& object);
// Does the word at `offset` (a multiple of 8) of the object hold a pointer?
bool holdsPointer(const Object& object, size_t offset);

// Bytes of all spans there are.
uint64_t heapBytes();

}  // namespace millrace::gc
