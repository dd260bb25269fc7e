// Spans of a class, allocating from them, sweeping them.
#include "runtime/gc/heap.h"

#include <cstring>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/gc/collector.h"
#include "runtime/host/console.h"

namespace millrace::gc {

uint64_t zeroSized[2];

namespace {

// All spans of one class: first those that have been swept, then, from `unswept` on, those that have not.
struct SpanClass {
  host::Lock lock;
  Span* all GUARDED_BY(lock) = nullptr;
  Span* unswept GUARDED_BY(lock) = nullptr;
  Span* usable GUARDED_BY(lock) = nullptr;  // swept, in no cache, and may have free slots
  uint64_t allocated GUARDED_BY(lock) = 0, freed GUARDED_BY(lock) = 0;
};
SpanClass classes[kSizeClasses][2];

host::Atomic<uint32_t> spanCount, unsweptCount;
host::Atomic<uint64_t> spanPages, largeAllocatedBytes, largeFreedBytes;
host::Atomic<uint32_t> nextToSweep;  // a class, where somebody with time begins to look

// More are not swept to find one free slot: a new span costs less.
constexpr int kSweepTries = 16;

SpanClass& classOf(const Span* span) { return classes[span->sizeClass][span->hasPointers]; }

size_t recordBytes(uint32_t bitWords) { return sizeof(Span) + 2 * bitWords * sizeof(uint64_t); }

void setSpanOfPages(Span* span, Span* value) {
  size_t first = host::pageHeap.pageOf(reinterpret_cast<void*>(span->base));
  for (size_t i = 0; i < span->pages; i++) spanOfPage[first + i].store(value);
}

void registerSpan(Span* span) {
  {
    SpanClass& spans = classOf(span);
    host::Guard guard(spans.lock);
    span->previousOfClass = nullptr;
    span->nextOfClass = spans.all;
    if (spans.all) spans.all->previousOfClass = span;
    spans.all = span;
    if (span->sizeClass == 0) spans.allocated++;
  }
  setSpanOfPages(span, span);
  spanCount.fetchAdd(1);
  spanPages.fetchAdd(span->pages);
}

// Gives a span's pages back. Nobody has it.
void dropSpan(Span* span, task::BlockCache& blocks) {
  setSpanOfPages(span, nullptr);
  {
    SpanClass& spans = classOf(span);
    host::Guard guard(spans.lock);
    (span->previousOfClass ? span->previousOfClass->nextOfClass : spans.all) = span->nextOfClass;
    if (span->nextOfClass) span->nextOfClass->previousOfClass = span->previousOfClass;
  }
  spanCount.fetchAdd(-1u);
  spanPages.fetchAdd(-uint64_t{span->pages});
  host::pageHeap.free(reinterpret_cast<void*>(span->base), span->pages);
  blocks.free(span, recordBytes(span->bitWords));
}

// Makes the marks of a span the record of what is in use. Tells whether anything is.
bool sweep(Span* span) {
  uint32_t live = 0;
  for (uint32_t w = 0; w < span->bitWords; w++) {
    uint64_t marked = span->marked(w).relaxed();
    span->allocated(w).setRelaxed(marked);
    span->marked(w).setRelaxed(0);
    live += static_cast<uint32_t>(std::popcount(marked));
  }
  uint32_t freed = span->used - live;
  if (freed > 0) {
    span->needsZero = true;
    SpanClass& spans = classOf(span);
    if (span->sizeClass == 0) largeFreedBytes.fetchAdd(span->elementBytes);
    host::Guard guard(spans.lock);
    spans.freed += freed;
  }
  span->used = live;
  return live != 0;
}

// A span of the class that waits to be swept, which is the caller's to do; null: none.
Span* claimUnswept(SpanClass& spans) {
  host::Guard guard(spans.lock);
  Span* span = spans.unswept;
  if (span) spans.unswept = span->nextOfClass;
  return span;
}

void makeUsable(Span* span) {
  SpanClass& spans = classOf(span);
  host::Guard guard(spans.lock);
  span->next = spans.usable;
  spans.usable = span;
}

Span* newSpan(size_t pages, uint32_t sizeClassOf, bool hasPointers, task::BlockCache& blocks) {
  host::PageHeap::Run run = host::pageHeap.allocate(pages);
  if (!run.address) run = lastResort(pages, blocks);
  uint32_t elementBytes = sizeClassOf ? kClassBytes[sizeClassOf] : static_cast<uint32_t>(pages * host::kPageBytes);
  size_t usable = pages * host::kPageBytes;
  if (hasPointers && sizeClassOf && elementBytes <= kMaxBytesWithBits) usable -= Span::kPointerBitBytes;
  uint32_t count = static_cast<uint32_t>(usable / elementBytes);
  uint32_t bitWords = (count + 63) / 64;
  Span* span = static_cast<Span*>(blocks.allocate(recordBytes(bitWords)));
  std::memset(static_cast<void*>(span), 0, recordBytes(bitWords));
  span->base = reinterpret_cast<uintptr_t>(run.address);
  span->elementBytes = elementBytes;
  span->count = count;
  span->divisor = sizeClassOf ? static_cast<uint32_t>(((uint64_t{1} << 32) + elementBytes - 1) / elementBytes) : 0;
  span->pages = static_cast<uint32_t>(pages);
  span->sizeClass = static_cast<uint8_t>(sizeClassOf);
  span->hasPointers = hasPointers;
  span->needsZero = !run.zeroed;
  span->bitWords = bitWords;
  span->window.setRelaxed(kNoWindow);
  if (span->needsZero && usable != pages * host::kPageBytes) {
    std::memset(span->pointerBits(), 0, Span::kPointerBitBytes);
  }
  return span;
}

// The first 64 pointer bits of a type, whose pointers all lie in its first 64 words.
inline uint64_t pointerPattern(const abi::Type& type) {
  uint64_t bits = 0;
  size_t bytes = static_cast<size_t>(type.pointerBytes / 8 + 7) / 8;
  for (size_t i = 0; i < bytes; i++) bits |= uint64_t{type.gcData.pointer[i]} << (i * 8);
  return bits;
}

// Notes where the pointers of a new object of up to 64 words are. Markers may look at its neighbours' bits meanwhile.
inline void setPointerBits(Span* span, uintptr_t object, const abi::Type& type, size_t count) {
  uint64_t pattern = pointerPattern(type);
  uint32_t typeWords = static_cast<uint32_t>(type.size / 8);
  uint64_t bits = pattern;
  for (size_t i = 1; i < count; i++) bits |= pattern << (i * typeWords);
  uint32_t words = span->elementBytes / 8;
  uint64_t mask = words == 64 ? ~uint64_t{0} : (uint64_t{1} << words) - 1;
  uint32_t at = static_cast<uint32_t>(object - span->base) / 8, shift = at % 64;
  auto* target = reinterpret_cast<host::Atomic<uint64_t>*>(span->pointerBits()) + at / 64;
  target[0].setRelaxed((target[0].relaxed() & ~(mask << shift)) | (bits << shift));
  if (shift + words > 64) {
    uint32_t done = 64 - shift;
    target[1].setRelaxed((target[1].relaxed() & ~(mask >> done)) | (bits >> done));
  }
}

}  // namespace

void startHeap() NO_THREAD_SAFETY_ANALYSIS {
  for (auto& pair : classes) {
    for (SpanClass& spans : pair) {
      spans.all = spans.unswept = spans.usable = nullptr;
      spans.allocated = spans.freed = 0;
    }
  }
  spanCount.store(0), unsweptCount.store(0), spanPages.store(0);
  largeAllocatedBytes.store(0), largeFreedBytes.store(0);
  size_t bytes = host::pageHeap.pageCount() * sizeof(Span*);
  host::PageHeap::Run run = host::pageHeap.allocate((bytes + host::kPageBytes - 1) / host::kPageBytes);
  if (!run.address) host::outOfMemory(bytes);
  ENSURE(run.zeroed);
  spanOfPage = static_cast<host::Atomic<Span*>*>(run.address);
}

// ------------------------------------------------------------------------------------------------------- allocating

inline void* Cache::take(uint32_t sizeClassOf, bool hasPointers) {
  Span* span = spans_[sizeClassOf][hasPointers];
  uint64_t free = span ? span->free.relaxed() : 0;
  if (!free) [[unlikely]] return takeSlow(sizeClassOf, hasPointers);
  uint32_t slot = span->window.relaxed() * 64 + static_cast<uint32_t>(std::countr_zero(free));
  span->free.setRelaxed(free & (free - 1));
  return reinterpret_cast<void*>(span->base + slot * span->elementBytes);
}

__attribute__((noinline)) void* Cache::takeSlow(uint32_t sizeClassOf, bool hasPointers) {
  Span*& current = spans_[sizeClassOf][hasPointers];
  for (;;) {
    if (current) {
      while (!current->free.relaxed() && current->window.relaxed() + 1 < current->bitWords) {
        enterWindow(current, current->window.relaxed() + 1);
      }
      if (current->free.relaxed()) return take(sizeClassOf, hasPointers);
      release(std::exchange(current, nullptr));
    }
    Span* span = acquire(sizeClassOf, hasPointers);
    span->inCache = true;
    noteAllocation(*this, uint64_t{span->countFree()} * span->elementBytes);
    current = span;
  }
}

// Makes the free slots of a window ready to be handed out: zero, and marked if that is what new objects are.
void Cache::enterWindow(Span* span, uint32_t window) {
  uint64_t free = span->freeInWindow(window);
  if (span->needsZero) {
    for (uint64_t rest = free; rest;) {
      int first = std::countr_zero(rest), length = std::countr_one(rest >> first);
      std::memset(reinterpret_cast<void*>(span->base + (window * 64 + static_cast<uint32_t>(first)) * span->elementBytes), 0,
                  static_cast<size_t>(length) * span->elementBytes);
      rest = first + length < 64 ? rest & ~uint64_t{0} << (first + length) : 0;
    }
  }
  // A marker that sees the window takes all its slots for allocated that are not marked.
  if (isMarking() && free) {
    span->marked(window).fetchOr(free);
    marker.addMarkedBytes(int64_t{std::popcount(free)} * span->elementBytes);
  }
  span->window.store(window);
  span->free.setRelaxed(free);
}

void Cache::markWindow(Span* span) {
  uint64_t free = span->free.relaxed();
  if (!free) return;
  span->marked(span->window.relaxed()).fetchOr(free);
  marker.addMarkedBytes(int64_t{std::popcount(free)} * span->elementBytes);
}

void Cache::markWindows() {
  for (auto& pair : spans_) {
    for (Span* span : pair) {
      if (span) markWindow(span);
    }
  }
}

// The span goes back to its class. What it has not handed out is not in use.
void Cache::release(Span* span) {
  uint32_t left = span->countFree(), used = span->count - left;
  uint64_t free = span->free.relaxed();
  uint32_t window = span->window.relaxed();
  if (free && isMarking()) {
    span->marked(window).fetchAnd(~free);
    marker.addMarkedBytes(-int64_t{std::popcount(free)} * span->elementBytes);
  }
  if (window != kNoWindow) {
    for (uint32_t w = 0; w < window; w++) span->allocated(w).setRelaxed(span->slotsOfWindow(w));
    span->allocated(window).setRelaxed(span->slotsOfWindow(window) & ~free);
    span->free.setRelaxed(0);
    span->window.store(kNoWindow);  // for a marker that sees this, the bits must tell all
  }
  if (left) noteUnused(uint64_t{left} * span->elementBytes);
  span->inCache = false;
  SpanClass& spans = classOf(span);
  host::Guard guard(spans.lock);
  spans.allocated += used - span->used;
  span->used = used;
  if (left) span->next = spans.usable, spans.usable = span;
}

void Cache::flush() {
  for (auto& pair : spans_) {
    for (Span*& span : pair) {
      if (span) release(std::exchange(span, nullptr));
    }
  }
}

// A span with free slots that is in no cache.
Span* Cache::acquire(uint32_t sizeClassOf, bool hasPointers) {
  SpanClass& spans = classes[sizeClassOf][hasPointers];
  {
    host::Guard guard(spans.lock);
    if (Span* span = spans.usable) {
      spans.usable = span->next;
      return span;
    }
  }
  if (!isSwept()) {
    Span* found = nullptr;
    for (int i = 0; i < kSweepTries && !found; i++) {
      Span* span = claimUnswept(spans);
      if (!span) break;
      sweep(span);
      unsweptCount.fetchAdd(-1u);
      if (span->used < span->count) found = span;
    }
    sweepOne(*blocks);  // so that sweeping ends long before marking begins again
    if (found) return found;
  }
  Span* span = newSpan(kClassPages[sizeClassOf], sizeClassOf, hasPointers, *blocks);
  registerSpan(span);
  return span;
}

void* Cache::allocateBytes(size_t bytes) {
  if (bytes > kMaxSmallBytes) return allocateLarge(bytes, nullptr);
  return take(sizeClass(bytes), false);
}

void* Cache::allocate(const abi::Type& type, size_t count, size_t bytes) {
  if (type.pointerBytes == 0) return allocateBytes(bytes);
  if (bytes <= kMaxBytesWithBits) {
    uint32_t sizeClassOf = sizeClass(bytes);
    void* object = take(sizeClassOf, true);
    setPointerBits(spans_[sizeClassOf][1], reinterpret_cast<uintptr_t>(object), type, count);
    return object;
  }
  if (bytes > kMaxSmallBytes - kHeaderBytes) return allocateLarge(bytes, &type);
  char* object = static_cast<char*>(take(sizeClass(bytes + kHeaderBytes), true));
  *reinterpret_cast<const abi::Type**>(object) = &type;
  return object + kHeaderBytes;
}

void* Cache::allocateLarge(size_t bytes, const abi::Type* type) {
  size_t pages = (bytes + host::kPageBytes - 1) / host::kPageBytes;
  if (pages * host::kPageBytes < bytes || pages > host::pageHeap.pageCount()) host::outOfMemory(bytes);
  sweepLarge(pages, *blocks);
  noteAllocation(*this, pages * host::kPageBytes);
  Span* span = newSpan(pages, 0, type != nullptr, *blocks);
  span->type = type;
  span->used = 1;
  span->allocated(0).setRelaxed(1);
  void* object = reinterpret_cast<void*>(span->base);
  if (span->needsZero) std::memset(object, 0, bytes);
  if (isMarking()) {
    span->marked(0).setRelaxed(1);
    marker.addMarkedBytes(span->elementBytes);
  }
  largeAllocatedBytes.fetchAdd(span->elementBytes);
  registerSpan(span);
  return object;
}

// --------------------------------------------------------------------------------------------------------- sweeping

void beginSweeping() NO_THREAD_SAFETY_ANALYSIS {
  for (auto& pair : classes) {
    for (SpanClass& spans : pair) {
      spans.unswept = spans.all;
      spans.usable = nullptr;
    }
  }
  unsweptCount.store(spanCount.load());
}

bool isSwept() { return unsweptCount.load() == 0; }

namespace {

// A span that the caller has claimed. How many pages that freed.
size_t sweepAndKeep(Span* span, task::BlockCache& blocks) {
  size_t pages = 0;
  if (!sweep(span)) {
    pages = span->pages;
    dropSpan(span, blocks);
  } else if (span->used < span->count) {
    makeUsable(span);
  }
  unsweptCount.fetchAdd(-1u);
  return pages;
}

}  // namespace

bool sweepOne(task::BlockCache& blocks) {
  if (isSwept()) return false;
  for (uint32_t i = 0, first = nextToSweep.relaxed(); i < 2 * kSizeClasses; i++) {
    uint32_t at = (first + i) % (2 * kSizeClasses);
    if (Span* span = claimUnswept(classes[at / 2][at % 2])) {
      nextToSweep.setRelaxed(at);
      sweepAndKeep(span, blocks);
      return true;
    }
  }
  return false;
}

void sweepLarge(size_t pages, task::BlockCache& blocks) {
  for (SpanClass& spans : classes[0]) {
    for (size_t freed = 0; freed < pages && !isSwept();) {
      Span* span = claimUnswept(spans);
      if (!span) break;
      freed += sweepAndKeep(span, blocks);
    }
  }
}

// ---------------------------------------------------------------------------------------------------------- figures

void forEachSpan(void (*visit)(Span*, void*), void* context) {
  for (auto& pair : classes) {
    for (SpanClass& spans : pair) {
      host::Guard guard(spans.lock);
      for (Span* span = spans.all; span; span = span->nextOfClass) visit(span, context);
    }
  }
}

HeapFigures heapFigures() {
  HeapFigures figures{};
  for (uint32_t i = 0; i < kSizeClasses; i++) {
    for (SpanClass& spans : classes[i]) {
      host::Guard guard(spans.lock);
      figures.allocated[i] += spans.allocated;
      figures.freed[i] += spans.freed;
      // What caches have handed out is counted when they give the spans back.
      for (Span* span = i ? spans.all : nullptr; span; span = span->nextOfClass) {
        if (span->window.load() == kNoWindow) continue;
        uint32_t used = span->count - span->countFree();
        if (used > span->used) figures.allocated[i] += used - span->used;
      }
    }
  }
  figures.spanBytes = heapBytes();
  figures.largeAllocatedBytes = largeAllocatedBytes.load();
  figures.largeFreedBytes = largeFreedBytes.load();
  return figures;
}

uint64_t heapBytes() { return spanPages.load() * host::kPageBytes; }

}  // namespace millrace::gc
