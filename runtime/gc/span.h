// Spans: runs of pages that hold objects of one size, and the way from an address to its object.
//
// What is always true.
//  * Every page of the heap leads to its Span, every other page to none. A span holds objects of one size.
//  * Objects with and without pointers are never in one span. In a span with pointers one bit per 8-byte word tells where
//    they are, for objects up to 512 bytes (kept at the span's end, 1/64 of it); larger objects begin with an 8-byte header
//    that names their type, repeated until the end of the object; of an object with pages of its own the span knows the type.
//  * Which slots are in use the bits `allocated` say, except in a cache: there the slots up to the window of 64 that is being
//    handed out are in use, but for those in `free`. What is in `free` is zero.
#pragma once

#include <bit>

#include "runtime/abi/type.h"
#include "runtime/gc/size-classes.h"
#include "runtime/host/pages.h"

namespace millrace::gc {

inline constexpr uint32_t kNoWindow = ~0u;  // one before the first

struct Span {
  uintptr_t base;
  uint32_t elementBytes;  // slot size; of a large object all its pages
  uint32_t count;         // slots
  uint32_t divisor;       // 2^32 / elementBytes, rounded up; 0 for one large object
  uint32_t pages;
  uint32_t bitWords;  // length of each of the two bit sets, in 64-bit words
  uint8_t sizeClass;  // 0: one large object
  bool hasPointers;
  bool needsZero;  // slots may hold old bytes
  bool inCache;
  const abi::Type* type;  // large objects with pointers
  uint32_t used;          // slots in use, while the span is in no cache
  host::Atomic<uint32_t> window;  // kNoWindow in no cache. Changed by the cache that has the span alone, as the next
  host::Atomic<uint64_t> free;    // in the window: slots that can be handed out
  Span* next;                     // in the list of usable ones
  Span *nextOfClass, *previousOfClass;

  // Bits, 64 slots a word: which are marked by the collection under way, and which are in use.
  host::Atomic<uint64_t>& marked(uint32_t word) { return reinterpret_cast<host::Atomic<uint64_t>*>(this + 1)[word]; }
  host::Atomic<uint64_t>& allocated(uint32_t word) { return marked(bitWords + word); }

  bool headers() const { return hasPointers && sizeClass != 0 && elementBytes > kMaxBytesWithBits; }
  // One bit per word of [base, base + kPageBytes), set for pointers; only without headers.
  uint64_t* pointerBits() const { return reinterpret_cast<uint64_t*>(base + host::kPageBytes - kPointerBitBytes); }
  static constexpr size_t kPointerBitBytes = host::kPageBytes / 64;

  uint32_t slotOf(uintptr_t address) const {
    return static_cast<uint32_t>(static_cast<uint64_t>(address - base) * divisor >> 32);
  }
  uint64_t slotsOfWindow(uint32_t w) const {
    uint32_t slots = count - w * 64;
    return slots >= 64 ? ~uint64_t{0} : (uint64_t{1} << slots) - 1;
  }
  // The free slots of a window that comes after the current one.
  uint64_t freeInWindow(uint32_t w) { return ~allocated(w).relaxed() & slotsOfWindow(w); }
  // Slots that can still be handed out. For the owner.
  uint32_t countFree() {
    uint32_t n = static_cast<uint32_t>(std::popcount(free.relaxed()));
    for (uint32_t w = window.relaxed() + 1; w < bitWords; w++) n += static_cast<uint32_t>(std::popcount(freeInWindow(w)));
    return n;
  }
};
static_assert(sizeof(Span) % 8 == 0);

// By page number of the page heap.
extern host::Atomic<Span*>* spanOfPage;

inline Span* spanAt(uintptr_t address) {
  size_t page = host::pageHeap.pageOf(reinterpret_cast<const void*>(address));
  return page < host::pageHeap.pageCount() ? spanOfPage[page].load() : nullptr;
}

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

}  // namespace millrace::gc
