// A hash table of what is attached to objects, by the object's address, and the queue of calls that are due.
#include "runtime/gc/specials.h"

#include <utility>

#include "runtime/base/check.h"
#include "runtime/gc/collector.h"
#include "runtime/host/console.h"
#include "runtime/host/lock.h"

namespace millrace::gc {

namespace {

struct Special {
  Special* next;      // in the bucket, or in the queue
  uintptr_t object;   // where it begins; 0: not in the heap
  uintptr_t pointer;  // what was attached to: a weak pointer may point into an object
  void* call;         // a closure; of a weak pointer its handle
  int64_t number;
  SpecialKind kind;
  bool isDead;        // while they are settled
};

// Buckets looked at in one part of a scan.
constexpr size_t kPart = 256;

struct Table {
  host::Lock lock;
  Special** buckets GUARDED_BY(lock) = nullptr;
  size_t pages GUARDED_BY(lock) = 0, count GUARDED_BY(lock) = 0;
  size_t nextToScan GUARDED_BY(lock) = 0;
  int64_t lastNumber GUARDED_BY(lock) = 0;

  Special *firstDue GUARDED_BY(lock) = nullptr, *lastDue GUARDED_BY(lock) = nullptr;
  void* caller GUARDED_BY(lock) = nullptr;
  host::Atomic<uint32_t> callerRuns, callerCalls, callerWanted;
};
Table table;

size_t bucketCount() REQUIRES(table.lock) { return table.pages * (host::kPageBytes / sizeof(Special*)); }

Special*& bucketOf(uintptr_t address) REQUIRES(table.lock) {
  uint64_t hash = static_cast<uint64_t>(address) * 0x9e3779b97f4a7c15;
  return table.buckets[(hash >> 32) % bucketCount()];
}

uintptr_t keyOf(const Special& special) { return special.object ? special.object : special.pointer; }

// Twice the buckets, or the first ones. Not while a scan goes from one to the next.
void grow() REQUIRES(table.lock) {
  size_t oldPages = table.pages, oldCount = bucketCount();
  size_t pages = oldPages ? oldPages * 2 : 1;
  host::PageHeap::Run run = host::pageHeap.allocate(pages);
  if (!run.address) {
    if (!oldPages) host::outOfMemory(pages * host::kPageBytes);
    return;
  }
  Special** old = std::exchange(table.buckets, static_cast<Special**>(run.address));
  table.pages = pages;
  for (size_t i = 0; i < bucketCount(); i++) table.buckets[i] = nullptr;
  for (size_t i = 0; i < oldCount; i++) {
    for (Special* special = old[i]; special;) {
      Special* next = special->next;
      Special*& bucket = bucketOf(keyOf(*special));
      special->next = bucket;
      bucket = special;
      special = next;
    }
  }
  if (oldPages) host::pageHeap.free(old, oldPages);
}

Special* insert(const Special& values, task::BlockCache& blocks) REQUIRES(table.lock) {
  if (!table.pages || (table.count > 2 * bucketCount() && !isMarking())) grow();
  Special* special = static_cast<Special*>(blocks.allocate(sizeof(Special)));
  *special = values;
  special->number = ++table.lastNumber;
  Special*& bucket = bucketOf(keyOf(*special));
  special->next = bucket;
  bucket = special;
  table.count++;
  return special;
}

template <typename Predicate>
Special* find(uintptr_t key, Predicate&& matches) REQUIRES(table.lock) {
  if (!table.pages) return nullptr;
  for (Special* special = bucketOf(key); special; special = special->next) {
    if (keyOf(*special) == key && matches(*special)) return special;
  }
  return nullptr;
}

void remove(Special* special, task::BlockCache& blocks) REQUIRES(table.lock) {
  Special** at = &bucketOf(keyOf(*special));
  while (*at != special) at = &(*at)->next;
  *at = special->next;
  table.count--;
  blocks.free(special, sizeof(Special));
}

// The object an address lies in, if it is one in use.
Object liveObject(const void* pointer) {
  Object object = findObject(pointer);
  if (object.span && !isAllocated(object)) object.span = nullptr;
  return object;
}

host::Atomic<uint64_t>& marksOf(const Object& object) { return object.span->marked(object.slot / 64); }
uint64_t bitOf(const Object& object) { return uint64_t{1} << (object.slot % 64); }

}  // namespace

int64_t addSpecial(SpecialKind kind, const void* pointer, void* call, task::BlockCache& blocks) {
  Object object = liveObject(pointer);
  if (!object.span) return kNotInHeap;
  bool isFinalizer = kind == SpecialKind::Finalizer;
  if (isFinalizer && object.begin != reinterpret_cast<uintptr_t>(pointer)) return kNotAtBeginning;
  host::Guard guard(table.lock);
  if (isFinalizer && find(object.begin, [](const Special& s) { return s.kind == SpecialKind::Finalizer; })) {
    return kHasFinalizer;
  }
  return insert({nullptr, object.begin, object.begin, call, 0, kind, false}, blocks)->number;
}

void removeFinalizer(const void* object, task::BlockCache& blocks) {
  host::Guard guard(table.lock);
  Special* special = find(reinterpret_cast<uintptr_t>(object), [](const Special& s) { return s.kind == SpecialKind::Finalizer; });
  if (special) remove(special, blocks);
}

void removeCleanup(const void* pointer, int64_t number, task::BlockCache& blocks) {
  Object object = liveObject(pointer);
  if (!object.span) return;
  host::Guard guard(table.lock);
  Special* special = find(object.begin, [&](const Special& s) { return s.kind == SpecialKind::Cleanup && s.number == number; });
  if (special) remove(special, blocks);
}

void* weakHandle(void* pointer, Cache& heap) {
  uintptr_t address = reinterpret_cast<uintptr_t>(pointer);
  Object object = liveObject(pointer);
  uintptr_t begin = object.span ? object.begin : 0;
  const auto isSame = [&](const Special& s) { return s.kind == SpecialKind::Weak && s.pointer == address; };
  {
    host::Guard guard(table.lock);
    if (Special* known = find(begin ? begin : address, isSame)) {
      if (isMarking()) heap.marker.shadePointer(known->call);
      return known->call;
    }
  }
  void* handle = heap.allocateBytes(8);
  *static_cast<uint64_t*>(handle) = address;
  host::Guard guard(table.lock);
  if (Special* known = find(begin ? begin : address, isSame)) {  // somebody was quicker
    if (isMarking()) heap.marker.shadePointer(known->call);
    return known->call;
  }
  insert({nullptr, begin, address, handle, 0, SpecialKind::Weak, false}, *heap.blocks);
  return handle;
}

void* weakTarget(const void* handle, Marker& marker) {
  void* target = reinterpret_cast<void*>(static_cast<uintptr_t>(*static_cast<const uint64_t*>(handle)));
  // It may not have been reachable when marking began.
  if (target && isMarking()) marker.shadePointer(target);
  return target;
}

void setCaller(void* closure) {
  host::Guard guard(table.lock);
  table.caller = closure;
}

DueCall takeDue(Marker& marker, task::BlockCache& blocks) {
  host::Guard guard(table.lock);
  Special* special = table.firstDue;
  table.callerCalls.store(special ? 1 : 0);
  if (!special) {
    table.callerRuns.store(0);
    return {nullptr, nullptr};
  }
  table.firstDue = special->next;
  DueCall due{special->call, special->kind == SpecialKind::Finalizer ? reinterpret_cast<void*>(special->object) : nullptr};
  blocks.free(special, sizeof(Special));
  if (isMarking()) {  // the queue may not have been scanned yet
    marker.shadePointer(due.call);
    marker.shadePointer(due.object);
  }
  return due;
}

bool isCallerWanted() { return table.callerWanted.relaxed() != 0; }
bool areCallsDue() { return table.callerRuns.load() != 0; }
bool isCalling() { return table.callerCalls.load() != 0; }

void* takeWantedCaller() {
  if (!isCallerWanted() || !table.callerWanted.exchange(0)) return nullptr;
  host::Guard guard(table.lock);
  return table.caller;
}

// ------------------------------------------------------------------------------------------------- for the collector

void startSpecials() NO_THREAD_SAFETY_ANALYSIS {
  table.buckets = nullptr;
  table.pages = table.count = table.nextToScan = 0;
  table.lastNumber = 0;
  table.firstDue = table.lastDue = nullptr;
  table.caller = nullptr;
  table.callerRuns.store(0);
  table.callerCalls.store(0);
  table.callerWanted.store(0);
}

bool scanSpecials(Marker& marker, bool isFirst) {
  host::Guard guard(table.lock);
  if (isFirst) {
    table.nextToScan = 0;
    marker.shadePointer(table.caller);
    for (Special* due = table.firstDue; due; due = due->next) {
      marker.shadePointer(due->call);
      if (due->kind == SpecialKind::Finalizer) marker.shadePointer(reinterpret_cast<void*>(due->object));
    }
  }
  size_t end = table.nextToScan + kPart;
  if (end > bucketCount()) end = bucketCount();
  for (size_t i = table.nextToScan; i < end; i++) {
    for (Special* special = table.buckets[i]; special; special = special->next) {
      marker.shadePointer(special->call);
      if (special->kind == SpecialKind::Finalizer) marker.lookInto(reinterpret_cast<void*>(special->object));
    }
  }
  table.nextToScan = end;
  return end < bucketCount();
}

uint64_t settleSpecials(task::BlockCache& blocks) {
  host::Guard guard(table.lock);
  uint64_t revivedBytes = 0;
  for (size_t i = 0; i < bucketCount(); i++) {
    bool anyDead = false;
    for (Special* special = table.buckets[i]; special; special = special->next) {
      special->isDead = false;
      if (!special->object) continue;
      Object object = findObject(reinterpret_cast<void*>(special->object));
      special->isDead = !(marksOf(object).relaxed() & bitOf(object));
      anyDead |= special->isDead;
    }
    if (!anyDead) continue;
    // First those that live on are marked, so that what else is attached to them can see it.
    for (Special* special = table.buckets[i]; special; special = special->next) {
      if (!special->isDead || special->kind != SpecialKind::Finalizer) continue;
      Object object = findObject(reinterpret_cast<void*>(special->object));
      marksOf(object).fetchOr(bitOf(object));
      revivedBytes += object.span->elementBytes;
    }
    for (Special** at = &table.buckets[i]; *at;) {
      Special* special = *at;
      bool goes = special->isDead;
      if (goes && special->kind == SpecialKind::Cleanup) {
        Object object = findObject(reinterpret_cast<void*>(special->object));
        goes = !(marksOf(object).relaxed() & bitOf(object));
      }
      if (!goes) {
        at = &special->next;
        continue;
      }
      *at = special->next;
      table.count--;
      if (special->kind == SpecialKind::Weak) {
        *static_cast<uint64_t*>(special->call) = 0;
        blocks.free(special, sizeof(Special));
        continue;
      }
      special->next = nullptr;
      (table.firstDue ? table.lastDue->next : table.firstDue) = special;
      table.lastDue = special;
    }
  }
  if (table.caller && table.firstDue && !table.callerRuns.load()) {
    table.callerRuns.store(1);
    table.callerWanted.store(1);
  }
  return revivedBytes;
}

}  // namespace millrace::gc
