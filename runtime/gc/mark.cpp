// Queues of objects, looking into objects, and roots.
#include "runtime/gc/mark.h"

#include <utility>

#include "runtime/base/check.h"
#include "runtime/gc/heap.h"
#include "runtime/gc/specials.h"
#include "runtime/host/machine.h"

namespace millrace::gc {

struct MarkChunk {
  MarkChunk* next;
  size_t count;
  static constexpr size_t kCapacity = (host::kPageBytes - 2 * sizeof(size_t)) / sizeof(uintptr_t);
  uintptr_t objects[kCapacity];
};
static_assert(sizeof(MarkChunk) == host::kPageBytes);

namespace {

// A part of a large object that is looked into at once.
constexpr size_t kPartBytes = 128 * 1024;
constexpr size_t kRootPartBytes = 32 * 1024;
// What looking at goroutines of one slab costs, besides their frames: as much as so many bytes of objects.
constexpr int64_t kSlabCost = 512;
// Objects after which a marker looks whether others have nothing to do, and how many it shares with those that are awake, or
// wakes somebody for.
constexpr uint32_t kShareInterval = 128;
constexpr size_t kShareLeast = 2, kShareLeastWaking = 32;

struct Work {
  host::Lock lock;
  MarkChunk* full GUARDED_BY(lock) = nullptr;
  MarkChunk* empty GUARDED_BY(lock) = nullptr;
  host::Atomic<uint32_t> fullCount;
  // Markers that may be about to queue something; above 32 bits, how often one has begun.
  host::Atomic<uint64_t> active;
  host::Atomic<uint32_t> overflow;  // something marked was not queued
  host::Atomic<uint32_t> hungry;    // somebody has come for work since it was last shared, and there was none
  uint32_t cycle;
  bool holdsBack;

  Roots roots;
  uint32_t rootParts;
  host::Atomic<uint32_t> nextRootPart;
  host::Atomic<task::Slab*> nextSlab;
  host::Atomic<uint32_t> otherRoots;  // see OtherRoots
  bool specialsLeft, isFirstOfOthers;  // of whoever has them in hands
};
Work work;

// States of Work::otherRoots: not begun, begun, in somebody's hands, done.
enum OtherRoots : uint32_t { kNotBegun, kBegun, kTaken, kDone };

MarkChunk* takeChunk() {
  {
    host::Guard guard(work.lock);
    if (MarkChunk* chunk = work.empty) {
      work.empty = chunk->next;
      chunk->count = 0;
      return chunk;
    }
  }
  MarkChunk* chunk = static_cast<MarkChunk*>(host::pageHeap.allocate(1).address);
  if (chunk) chunk->count = 0;
  return chunk;
}

void putFull(MarkChunk* chunk) {
  host::Guard guard(work.lock);
  chunk->next = work.full;
  work.full = chunk;
  work.fullCount.store(work.fullCount.relaxed() + 1);
}

void putEmpty(MarkChunk* chunk) {
  host::Guard guard(work.lock);
  chunk->next = work.empty;
  work.empty = chunk;
}

MarkChunk* takeFull() {
  if (work.fullCount.load() == 0) return nullptr;
  host::Guard guard(work.lock);
  MarkChunk* chunk = work.full;
  if (!chunk) return nullptr;
  work.full = chunk->next;
  work.fullCount.store(work.fullCount.relaxed() - 1);
  return chunk;
}

uint32_t partsOf(const abi::DataRange& range) {
  size_t bytes = reinterpret_cast<uintptr_t>(range.end.pointer) - reinterpret_cast<uintptr_t>(range.begin.pointer);
  return static_cast<uint32_t>((bytes + kRootPartBytes - 1) / kRootPartBytes);
}

// Memory that goroutines write while it is read. Whether the old or the new value is read does not matter: that is what
// shading the old ones is for. Words never tear.
template <typename T>
__attribute__((no_sanitize("thread"))) T peek(const void* address) {
  return *static_cast<const volatile T*>(address);
}
#if defined(__wasm__)
uintptr_t peekSlot(const void* slot) { return peek<uint32_t>(slot); }
#else
// Pointers have 48 bits: the rest of the word may hold something else.
uintptr_t peekSlot(const void* slot) { return peek<uint64_t>(slot) & ((uint64_t{1} << 48) - 1); }
#endif

void scanGoroutine(task::Goroutine& goroutine, Marker& marker) {
  const auto& start = goroutine.start;
  if (goroutine.entry == &start.closure) marker.shadeSlots(start.captured, &start + 1);
  else marker.shadePointer(goroutine.entry);
  if (goroutine.hasLabels) [[unlikely]] marker.shadePointer(goroutine.labels);
  if (goroutine.reason.relaxed() != task::WaitReason::None) {
    const char* stage = static_cast<const char*>(goroutine.stage.pointer);
    marker.shadeSlots(stage, stage + goroutine.stageBytes);
    marker.shadeWords(&goroutine.waiter, &goroutine.waiter + 1);
  }
  client::scanGoroutine(goroutine, marker);
}

// It waits for somebody who has the channel, or whatever it is, in hands.
bool waitsForObject(const task::Goroutine& goroutine) {
  if (goroutine.state.load() != task::State::Parked) return false;
  switch (goroutine.reason.relaxed()) {
    case task::WaitReason::ChanReceive:
    case task::WaitReason::ChanSend:
    case task::WaitReason::ChanReceiveNil:
    case task::WaitReason::ChanSendNil:
    case task::WaitReason::Select:
    case task::WaitReason::SelectNoCases:
    case task::WaitReason::Semacquire:
    case task::WaitReason::MutexLock:
    case task::WaitReason::RWMutexRLock:
    case task::WaitReason::RWMutexLock:
    case task::WaitReason::WaitGroupWait:
    case task::WaitReason::CondWait:
    case task::WaitReason::WaitGroupWaitDurable:
    case task::WaitReason::ChanReceiveDurable:
    case task::WaitReason::ChanSendDurable:
    case task::WaitReason::SelectDurable:
    case task::WaitReason::Coroutine: return true;
    case task::WaitReason::None:
    case task::WaitReason::Sleep:
    case task::WaitReason::InputOutput:
    case task::WaitReason::CollectorCycle:
    case task::WaitReason::SynctestRun:
    case task::WaitReason::SynctestWait:
    case task::WaitReason::Signal: return false;
  }
  UNREACHABLE();
}

// What is not in the heap is a variable's, and always reachable.
bool isReachable(const void* pointer) {
  if (!pointer) return false;
  Object object = findObject(pointer);
  return !object.span || (object.span->marked(object.slot / 64).relaxed() >> (object.slot % 64) & 1);
}

// Of a goroutine that waits for objects: is one of them reachable?
bool mayBeWoken(const task::Goroutine& goroutine) {
  switch (goroutine.reason.relaxed()) {
    case task::WaitReason::ChanReceiveNil:
    case task::WaitReason::ChanSendNil:
    case task::WaitReason::SelectNoCases: return false;
    case task::WaitReason::Select:
    case task::WaitReason::SelectDurable:
      for (uint32_t i = 0; i < goroutine.caseCount; i++) {
        if (isReachable(goroutine.cases[i].chan.pointer)) return true;
      }
      return false;
    default: return isReachable(goroutine.waiter.channel.pointer);
  }
}

}  // namespace

// -------------------------------------------------------------------------------------------------------- the queue

void Marker::push(uintptr_t object) {
  if (!chunk_ || chunk_->count == MarkChunk::kCapacity) [[unlikely]] {
    if (spare_ && spare_->count < MarkChunk::kCapacity) {
      std::swap(chunk_, spare_);
    } else {
      MarkChunk* fresh = takeChunk();
      if (!fresh) {
        work.overflow.store(1);
        return;
      }
      if (spare_) {
        putFull(spare_);
        if (client::helpWanted()) client::offerHelp();
      }
      spare_ = chunk_;
      chunk_ = fresh;
    }
  }
  chunk_->objects[chunk_->count++] = object;
}

uintptr_t Marker::pop() {
  if (!chunk_ || chunk_->count == 0) [[unlikely]] {
    if (spare_ && spare_->count > 0) {
      std::swap(chunk_, spare_);
    } else {
      MarkChunk* full = takeFull();
      if (!full) return 0;
      if (chunk_) putEmpty(chunk_);
      chunk_ = full;
    }
  }
  return chunk_->objects[--chunk_->count];
}

bool Marker::isEmpty() const { return (!chunk_ || chunk_->count == 0) && (!spare_ || spare_->count == 0); }

void Marker::flush() {
  for (MarkChunk** chunk : {&chunk_, &spare_}) {
    if (!*chunk) continue;
    if ((*chunk)->count > 0) putFull(*chunk);
    else putEmpty(*chunk);
    *chunk = nullptr;
  }
}

// Gives half of what is queued here to whoever has nothing: every other object, for of a tree those that have waited longest
// lead to most.
void Marker::share() {
  if (!chunk_ || chunk_->count < kShareLeast || work.fullCount.relaxed() != 0) return;
  bool isHungry = work.hungry.relaxed();
  if (!isHungry && (chunk_->count < kShareLeastWaking || !client::helpWanted())) return;
  MarkChunk* other = spare_ && spare_->count == 0 ? spare_ : takeChunk();
  if (!other) return;
  if (other == spare_) spare_ = nullptr;
  size_t count = std::exchange(chunk_->count, 0);
  for (size_t i = 0; i < count; i++) {
    MarkChunk* to = i % 2 ? chunk_ : other;
    to->objects[to->count++] = chunk_->objects[i];
  }
  putFull(other);
  if (isHungry) work.hungry.setRelaxed(0);
  else client::offerHelp();
}

uint64_t Marker::takeMarkedBytes() { return std::exchange(markedBytes_, 0); }
uint64_t Marker::takeDrainedBytes() { return std::exchange(drainedBytes_, 0); }

// ---------------------------------------------------------------------------------------------------------- marking

namespace {

// Is an unmarked slot in use? Slots of the current window that are free would be marked.
bool isInUse(Span* span, uint32_t slot) {
  uint32_t word = slot / 64, window = span->window.load();
  return (window != kNoWindow && word <= window) || span->allocated(word).relaxed() >> (slot % 64) & 1;
}

}  // namespace

// The word may be anything: what compiled code keeps in a frame, and a slot whose type says pointer may hold a number where
// the runtime keeps one (a map's iterator).
inline void Marker::mark(uintptr_t word) {
  Span* span = spanAt(word);
  if (!span) return;
  uint32_t slot = span->slotOf(word);
  if (slot >= span->count) [[unlikely]] return;
  host::Atomic<uint64_t>& marks = span->marked(slot / 64);
  uint64_t bit = uint64_t{1} << (slot % 64);
  if (marks.relaxed() & bit) return;
  if (!isInUse(span, slot)) return;
  if (marks.fetchOr(bit) & bit) return;
  markedBytes_ += span->elementBytes;
  if (span->hasPointers) push(span->base + slot * span->elementBytes);
}

void Marker::shadePointer(const void* pointer) { mark(reinterpret_cast<uintptr_t>(pointer)); }

void Marker::shadeWords(const void* begin, const void* end) {
  left_ -= static_cast<const char*>(end) - static_cast<const char*>(begin);
  for (const char* at = static_cast<const char*>(begin); at + sizeof(uintptr_t) <= end; at += sizeof(uintptr_t)) {
    mark(peek<uintptr_t>(at));
  }
}

void Marker::shadeSlots(const void* begin, const void* end) {
  for (const char* at = static_cast<const char*>(begin); at + 8 <= end; at += 8) mark(peekSlot(at));
}

void Marker::shadeRange(const void* begin, size_t bytes) {
  const char* at = static_cast<const char*>(begin);
  if (bytes == 8) return mark(peekSlot(at));
  Object object = findObject(begin);
  if (!object.span) return shadeSlots(at, at + bytes);
  if (!object.span->hasPointers) return;
  size_t offset = reinterpret_cast<uintptr_t>(begin) - object.begin;
  for (size_t i = 0; i < bytes; i += 8) {
    if (holdsPointer(object, offset + i)) mark(peekSlot(at + i));
  }
}

// The words of [from, to) in an array of `type` that begins at `begin`.
void Marker::scanTyped(const char* begin, const char* from, const char* to, const abi::Type& type) {
  size_t size = static_cast<size_t>(type.size), pointerBytes = static_cast<size_t>(type.pointerBytes);
  const uint8_t* bits = type.gcData;
  if (size == 8) {
    for (; from < to; from += 8) mark(peekSlot(from));
    return;
  }
  size_t within = static_cast<size_t>(from - begin) % size;
  for (const char* element = from - within; element < to; element += size, within = 0) {
    for (size_t at = within; at < pointerBytes && element + at < to; at += 8) {
      uint32_t rest = bits[at / 64] >> (at / 8 % 8);
      if (rest == 0) at |= 56;  // nothing more in this byte
      else if (rest & 1) mark(peekSlot(element + at));
    }
  }
}

inline void Marker::scanObject(uintptr_t object) {
  Span* span = spanAt(object);
  const char* begin = reinterpret_cast<const char*>(object);
  if (span->sizeClass == 0) {  // large: in parts, which are queued when the first one comes
    const char* start = reinterpret_cast<const char*>(span->base);
    size_t offset = static_cast<size_t>(begin - start), bytes = span->elementBytes;
    if (offset == 0) {
      for (size_t part = kPartBytes; part < bytes; part += kPartBytes) push(span->base + part);
    }
    size_t end = bytes - offset > kPartBytes ? offset + kPartBytes : bytes;
    left_ -= static_cast<int64_t>(end - offset);
    return scanTyped(start, begin, start + end, *span->type);
  }
  left_ -= span->elementBytes + 16;
  if (span->headers()) {
    const abi::Type* type = *reinterpret_cast<const abi::Type* const*>(object);
    if (!type) return;  // being allocated
    return scanTyped(begin + kHeaderBytes, begin + kHeaderBytes, begin + span->elementBytes, *type);
  }
  size_t word = (object - span->base) / 8, words = span->elementBytes / 8;
  const uint64_t* bits = span->pointerBits();
  while (words > 0) {
    size_t shift = word % 64, here = 64 - shift < words ? 64 - shift : words;
    uint64_t set = peek<uint64_t>(bits + word / 64) >> shift;
    if (here < 64) set &= (uint64_t{1} << here) - 1;
    for (; set; set &= set - 1) mark(peekSlot(begin + std::countr_zero(set) * 8));
    begin += here * 8, word += here, words -= here;
  }
}

void Marker::lookInto(const void* pointer) {
  Object object = findObject(pointer);
  if (!object.span->hasPointers) return;
  if (object.span->sizeClass != 0) return scanObject(object.span->base + object.slot * object.span->elementBytes);
  // Its parts are not queued: what is not marked could not be found again if there were no room for them.
  const char* begin = reinterpret_cast<const char*>(object.begin);
  left_ -= static_cast<int64_t>(object.bytes);
  scanTyped(begin, begin, begin + object.bytes, *object.span->type);
}

bool Marker::drain(int64_t bytes) {
  work.active.fetchAdd(uint64_t{1} << 32 | 1);
  budget_ = left_ = bytes;
  uint32_t untilShare = kShareInterval;
  bool more = true;
  while (more && left_ > 0) {
    if (uintptr_t object = pop()) {
      scanObject(object);
      if (--untilShare == 0) untilShare = kShareInterval, share();
    } else {
      more = scanRoots();
    }
  }
  if (more) flush();
  drainedBytes_ += static_cast<uint64_t>(lastDrained());
  uint32_t active = static_cast<uint32_t>(work.active.fetchAdd(-uint64_t{1}));
  if (!more && active > 1 && !work.hungry.relaxed()) work.hungry.setRelaxed(1);
  return !more;
}

// Chunks were lacking: everything marked may have been left out. The world is stopped.
void finishOverflow(Marker& marker) {
  while (work.overflow.exchange(0)) {
    forEachSpan(
        [](Span* span, void* context) {
          if (!span->hasPointers) return;
          Marker& marker = *static_cast<Marker*>(context);
          for (uint32_t slot = 0; slot < span->count; slot++) {
            if (!(span->marked(slot / 64).relaxed() >> (slot % 64) & 1)) continue;
            marker.scanObject(span->base + slot * span->elementBytes);
            marker.drain(INT64_MAX);
          }
        },
        &marker);
  }
}

// ------------------------------------------------------------------------------------------------------------ roots

// One part of the roots. False: none is left.
bool Marker::scanRoots() {
  if (work.nextRootPart.load() < work.rootParts) {
    uint32_t part = work.nextRootPart.fetchAdd(1);
    for (int64_t i = 0; part < work.rootParts && i < work.roots.rangeCount; i++) {
      const abi::DataRange& range = work.roots.ranges[i];
      uint32_t parts = partsOf(range);
      if (part >= parts) {
        part -= parts;
        continue;
      }
      const char* begin = static_cast<const char*>(range.begin.pointer) + part * kRootPartBytes;
      const char* end = static_cast<const char*>(range.end.pointer);
      if (static_cast<size_t>(end - begin) > kRootPartBytes) end = begin + kRootPartBytes;
      left_ -= end - begin;
      shadeSlots(begin, end);
      break;
    }
    return true;
  }
  if (task::Slab* slab = work.nextSlab.load()) {
    if (work.nextSlab.compareExchange(slab, slab->next)) {
      task::forEachGoroutineIn(
          slab,
          [](task::Goroutine& goroutine, void* marker) {
            if (work.holdsBack && waitsForObject(goroutine)) return;
            scanBeforeRun(goroutine, *static_cast<Marker*>(marker));
          },
          this);
      left_ -= kSlabCost;
    }
    return true;
  }
  uint32_t others = work.otherRoots.load();
  if ((others == kNotBegun || others == kBegun) && work.otherRoots.compareExchange(others, kTaken)) {
    bool more = true;
    if (work.specialsLeft) {
      work.specialsLeft = scanSpecials(*this, others == kNotBegun);
      work.isFirstOfOthers = true;
    } else {
      more = client::scanOtherRoots(*this, std::exchange(work.isFirstOfOthers, false));
    }
    left_ -= host::kPageBytes;
    work.otherRoots.store(more ? kBegun : kDone);
    return true;
  }
  return false;
}

void scanBeforeRun(task::Goroutine& goroutine, Marker& marker) {
  uint32_t scanned = work.cycle * 2, claimed = scanned - 1;
  uint32_t seen = goroutine.scannedIn.load();
  while (seen != scanned) {
    if (seen == claimed) {  // somebody is at it
      host::relax();
      seen = goroutine.scannedIn.load();
    } else if (goroutine.scannedIn.compareExchange(seen, claimed)) {
      scanGoroutine(goroutine, marker);
      goroutine.scannedIn.store(scanned);
      return;
    }
  }
}

uint32_t scannedNow() { return work.cycle * 2; }

// --------------------------------------------------------------------------------------------------- beginning, end

void startMarking() NO_THREAD_SAFETY_ANALYSIS {
  work.full = work.empty = nullptr;
  work.fullCount.store(0);
  work.active.store(0);
  work.overflow.store(0);
  work.hungry.store(0);
  work.cycle = 0;
  work.rootParts = 0;
  work.nextRootPart.store(0);
  work.nextSlab.store(nullptr);
  work.otherRoots.store(kDone);
}

void beginMarking(uint32_t cycle, const Roots& roots, bool holdsBack) {
  ENSURE(nothingLeft());
  work.cycle = cycle;
  work.holdsBack = holdsBack;
  work.roots = roots;
  work.rootParts = 0;
  for (int64_t i = 0; i < roots.rangeCount; i++) work.rootParts += partsOf(roots.ranges[i]);
  work.nextRootPart.store(0);
  work.nextSlab.store(task::firstSlab());
  work.specialsLeft = true;
  work.otherRoots.store(kNotBegun);
}

bool isHoldingBack() { return work.holdsBack; }

bool isMarked(const void* pointer) {
  Object object = findObject(pointer);
  return !object.span || (object.span->marked(object.slot / 64).relaxed() >> (object.slot % 64) & 1);
}

bool isLeaked(const task::Goroutine& goroutine) {
  return waitsForObject(goroutine) && goroutine.scannedIn.load() != scannedNow();
}

bool shadeAwakable(Marker& marker) {
  struct Context {
    Marker& marker;
    bool any;
  } context{marker, false};
  task::forEachGoroutine(
      [](task::Goroutine& goroutine, void* pointer) {
        if (!isLeaked(goroutine) || !mayBeWoken(goroutine)) return;
        Context& context = *static_cast<Context*>(pointer);
        context.any = true;
        scanBeforeRun(goroutine, context.marker);
      },
      &context);
  return context.any;
}

bool hasWork() {
  uint32_t others = work.otherRoots.load();
  return work.fullCount.load() > 0 || work.nextRootPart.load() < work.rootParts || work.nextSlab.load() ||
         others == kNotBegun || others == kBegun;
}

// Nobody was at it when there was no work, and nobody has begun meanwhile.
bool looksFinished() {
  uint64_t before = work.active.load();
  return static_cast<uint32_t>(before) == 0 && !hasWork() && work.active.load() == before;
}

bool nothingLeft() { return looksFinished() && work.otherRoots.load() == kDone && work.overflow.load() == 0; }

void endMarking() {
  MarkChunk* chunk;
  {
    host::Guard guard(work.lock);
    chunk = work.empty;
    work.empty = nullptr;
  }
  while (chunk) {
    MarkChunk* next = chunk->next;
    host::pageHeap.free(chunk, 1);
    chunk = next;
  }
}

}  // namespace millrace::gc
