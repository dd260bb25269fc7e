// Spans: making them, allocating from them, finding objects in them.
#include "runtime/gc/heap.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/host/console.h"

namespace millrace::gc {

uint64_t zeroSized[2];

namespace {

// Spans of one class that no worker has and that may have free slots.
struct Central {
  host::Lock lock;
  Span* usable GUARDED_BY(lock) = nullptr;
};
Central centrals[kSizeClasses][2];

host::Lock allSpansLock;
Span* allSpans GUARDED_BY(allSpansLock) = nullptr;
uint64_t allSpanPages GUARDED_BY(allSpansLock) = 0;

Span** spanOfPage;  // by page number

void registerSpan(Span* span) {
  size_t first = host::pageHeap.pageOf(reinterpret_cast<void*>(span->base));
  for (size_t i = 0; i < span->pages; i++) spanOfPage[first + i] = span;
  host::Guard guard(allSpansLock);
  span->nextOfAll = allSpans;
  allSpans = span;
  allSpanPages += span->pages;
}

Span* newSpan(size_t pages, uint32_t sizeClassOf, bool hasPointers, task::BlockCache& blocks) {
  host::PageHeap::Run run = host::pageHeap.allocate(pages);
  if (!run.address) host::outOfMemory(pages * host::kPageBytes);
  uint32_t elementBytes = sizeClassOf ? kClassBytes[sizeClassOf] : static_cast<uint32_t>(pages * host::kPageBytes);
  size_t usable = pages * host::kPageBytes;
  if (hasPointers && sizeClassOf && elementBytes <= kMaxBytesWithBits) usable -= Span::kPointerBitBytes;
  uint32_t count = static_cast<uint32_t>(usable / elementBytes);
  uint32_t bitWords = (count + 63) / 64;
  size_t recordBytes = sizeof(Span) + 2 * bitWords * sizeof(uint64_t);
  Span* span = static_cast<Span*>(blocks.allocate(recordBytes));
  std::memset(static_cast<void*>(span), 0, recordBytes);
  span->base = reinterpret_cast<uintptr_t>(run.address);
  span->elementBytes = elementBytes;
  span->count = count;
  span->pages = static_cast<uint32_t>(pages);
  span->sizeClass = static_cast<uint8_t>(sizeClassOf);
  span->hasPointers = hasPointers;
  span->needsZero = !run.zeroed;
  span->bitWords = bitWords;
  if (span->needsZero && usable != pages * host::kPageBytes) {
    std::memset(span->pointerBits(), 0, Span::kPointerBitBytes);
  }
  return span;
}

// The slots of window `w` that may be handed out.
uint64_t freeInWindow(Span* span, uint32_t w) {
  uint64_t free = ~span->allocated()[w];
  uint32_t slots = span->count - w * 64;
  return slots >= 64 ? free : free & ((uint64_t{1} << slots) - 1);
}

// The first 64 pointer bits of a type, whose pointers all lie in its first 64 words.
uint64_t pointerPattern(const abi::Type& type) {
  uint64_t bits = 0;
  size_t bytes = static_cast<size_t>(type.pointerBytes / 8 + 7) / 8;
  for (size_t i = 0; i < bytes; i++) bits |= uint64_t{type.gcData.pointer[i]} << (i * 8);
  return bits;
}

// Notes where the pointers of a new object of up to 64 words are.
void setPointerBits(Span* span, uintptr_t object, const abi::Type& type, size_t count) {
  uint64_t pattern = pointerPattern(type);
  uint32_t typeWords = static_cast<uint32_t>(type.size / 8);
  uint64_t bits = pattern;
  for (size_t i = 1; i < count; i++) bits |= pattern << (i * typeWords);
  uint32_t words = span->elementBytes / 8;
  uint64_t mask = words == 64 ? ~uint64_t{0} : (uint64_t{1} << words) - 1;
  uint32_t at = static_cast<uint32_t>(object - span->base) / 8, shift = at % 64;
  uint64_t* target = span->pointerBits() + at / 64;
  target[0] = (target[0] & ~(mask << shift)) | (bits << shift);
  if (shift + words > 64) {
    uint32_t done = 64 - shift;
    target[1] = (target[1] & ~(mask >> done)) | (bits >> done);
  }
}

}  // namespace

void startHeap() NO_THREAD_SAFETY_ANALYSIS {
  for (auto& pair : centrals) {
    for (Central& central : pair) central.usable = nullptr;
  }
  allSpans = nullptr;
  allSpanPages = 0;
  size_t bytes = host::pageHeap.pageCount() * sizeof(Span*);
  host::PageHeap::Run run = host::pageHeap.allocate((bytes + host::kPageBytes - 1) / host::kPageBytes);
  if (!run.address) host::outOfMemory(bytes);
  ENSURE(run.zeroed);
  spanOfPage = static_cast<Span**>(run.address);
}

inline void* Cache::take(uint32_t sizeClassOf, bool hasPointers) {
  Span* span = spans_[sizeClassOf][hasPointers];
  if (!span || !span->free) [[unlikely]] return takeSlow(sizeClassOf, hasPointers);
  uint32_t slot = span->window * 64 + static_cast<uint32_t>(__builtin_ctzll(span->free));
  span->free &= span->free - 1;
  return reinterpret_cast<void*>(span->base + slot * span->elementBytes);
}

void* Cache::takeSlow(uint32_t sizeClassOf, bool hasPointers) {
  Span*& current = spans_[sizeClassOf][hasPointers];
  for (;;) {
    if (current) {
      while (!current->free && current->window + 1 < current->bitWords) {
        current->window++;
        current->free = freeInWindow(current, current->window);
      }
      if (current->free) return take(sizeClassOf, hasPointers);
      current->inCache = false;  // full: the collector will find it among all spans
    }
    Central& central = centrals[sizeClassOf][hasPointers];
    {
      host::Guard guard(central.lock);
      current = central.usable;
      if (current) central.usable = current->next;
    }
    if (!current) {
      current = newSpan(kClassPages[sizeClassOf], sizeClassOf, hasPointers, *blocks);
      current->free = freeInWindow(current, 0);
      registerSpan(current);
    }
    current->inCache = true;
  }
}

void* Cache::allocateBytes(size_t bytes) {
  if (bytes > kMaxSmallBytes) return allocateLarge(bytes, nullptr);
  uint32_t sizeClassOf = sizeClass(bytes);
  void* object = take(sizeClassOf, false);
  if (spans_[sizeClassOf][0]->needsZero) std::memset(object, 0, kClassBytes[sizeClassOf]);
  return object;
}

void* Cache::allocate(const abi::Type& type, size_t count, size_t bytes) {
  if (type.pointerBytes == 0) return allocateBytes(bytes);
  if (bytes <= kMaxBytesWithBits) {
    uint32_t sizeClassOf = sizeClass(bytes);
    void* object = take(sizeClassOf, true);
    Span* span = spans_[sizeClassOf][1];
    if (span->needsZero) std::memset(object, 0, span->elementBytes);
    setPointerBits(span, reinterpret_cast<uintptr_t>(object), type, count);
    return object;
  }
  if (bytes > kMaxSmallBytes - kHeaderBytes) return allocateLarge(bytes, &type);
  uint32_t sizeClassOf = sizeClass(bytes + kHeaderBytes);
  char* object = static_cast<char*>(take(sizeClassOf, true));
  if (spans_[sizeClassOf][1]->needsZero) std::memset(object, 0, kClassBytes[sizeClassOf]);
  *reinterpret_cast<const abi::Type**>(object) = &type;
  return object + kHeaderBytes;
}

void* Cache::allocateLarge(size_t bytes, const abi::Type* type) {
  size_t pages = (bytes + host::kPageBytes - 1) / host::kPageBytes;
  if (pages * host::kPageBytes < bytes || pages > host::pageHeap.pageCount()) host::outOfMemory(bytes);
  Span* span = newSpan(pages, 0, type != nullptr, *blocks);
  span->type = type;
  span->allocated()[0] = 1;
  void* object = reinterpret_cast<void*>(span->base);
  if (span->needsZero) std::memset(object, 0, bytes);
  registerSpan(span);
  return object;
}

void Cache::flush() {
  for (uint32_t sizeClassOf = 0; sizeClassOf < kSizeClasses; sizeClassOf++) {
    for (int hasPointers = 0; hasPointers < 2; hasPointers++) {
      Span*& span = spans_[sizeClassOf][hasPointers];
      if (!span) continue;
      span->inCache = false;
      Central& central = centrals[sizeClassOf][hasPointers];
      host::Guard guard(central.lock);
      span->next = central.usable;
      central.usable = span;
      span = nullptr;
    }
  }
}

Object findObject(const void* address) {
  size_t page = host::pageHeap.pageOf(address);
  if (page >= host::pageHeap.pageCount()) return {};
  Span* span = spanOfPage[page];
  if (!span) return {};
  uint32_t slot = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(address) - span->base) / span->elementBytes;
  if (slot >= span->count) return {};  // the unused end of the span, or its pointer bits
  size_t header = span->headers() ? kHeaderBytes : 0;
  return {span, slot, span->base + slot * span->elementBytes + header, span->elementBytes - header};
}

bool isAllocated(const Object& object) {
  Span* span = object.span;
  uint64_t bit = uint64_t{1} << (object.slot % 64);
  uint32_t window = object.slot / 64;
  if (span->sizeClass == 0) return true;
  if (window < span->window) return true;  // everything before the window has been handed out
  if (window == span->window) return !(span->free & bit);
  return span->allocated()[window] & bit;
}

bool holdsPointer(const Object& object, size_t offset) {
  Span* span = object.span;
  if (!span->hasPointers) return false;
  const abi::Type* type = span->type;
  if (span->sizeClass != 0) {
    if (!span->headers()) {
      size_t word = (object.begin - span->base + offset) / 8;
      return span->pointerBits()[word / 64] >> (word % 64) & 1;
    }
    type = *reinterpret_cast<const abi::Type**>(object.begin - kHeaderBytes);
  }
  size_t within = offset % static_cast<size_t>(type->size);
  return within < type->pointerBytes && (type->gcData.pointer[within / 64] >> (within / 8 % 8) & 1);
}

uint64_t heapBytes() {
  host::Guard guard(allSpansLock);
  return allSpanPages * host::kPageBytes;
}

}  // namespace millrace::gc
