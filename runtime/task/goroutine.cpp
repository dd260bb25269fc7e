// Making, reusing and finding goroutines.
#include "runtime/task/goroutine.h"

#include "runtime/host/console.h"

namespace millrace::task {

namespace {

// How many move between a worker and the common store at once. A worker keeps twice as many, so that a program that starts a
// thousand, waits for them and starts the next finds them at hand: with 32 a start took a seventh longer.
constexpr uint32_t kGoroutineBatch = 512;
constexpr uint64_t kIdBatch = 64;

constexpr size_t kSlabHeader = kCacheLine;
constexpr size_t kPerSlab = (host::kPageBytes - kSlabHeader) / sizeof(Goroutine);

struct FreeGoroutines {
  host::Lock lock;
  Goroutine* free GUARDED_BY(lock) = nullptr;
  uint64_t nextId GUARDED_BY(lock) = 1;
};
FreeGoroutines store;
host::Atomic<Slab*> slabs;

Goroutine* goroutinesOf(Slab* slab) {
  return reinterpret_cast<Goroutine*>(reinterpret_cast<char*>(slab) + kSlabHeader);
}

}  // namespace

const char* waitReasonText(WaitReason reason) {
  static constexpr const char* kTexts[] = {
      "running", "chan receive", "chan send", "chan receive (nil chan)", "chan send (nil chan)",
      "select", "select (no cases)", "sleep", "semacquire", "sync.Mutex.Lock", "sync.RWMutex.RLock", "sync.RWMutex.Lock",
      "sync.WaitGroup.Wait", "sync.WaitGroup.Wait (durable)", "coroutine", "sync.Cond.Wait", "IO wait", "wait for GC cycle",
      "chan receive (durable)", "chan send (durable)", "select (durable)", "synctest.Run", "synctest.Wait",
      "syscall",  // where Go waits for signals
  };
  return kTexts[static_cast<uint32_t>(reason)];
}

void startGoroutines() NO_THREAD_SAFETY_ANALYSIS {
  store.free = nullptr;
  store.nextId = 1;
  slabs.store(nullptr);
}

void GoroutineCache::takeIds() {
  host::Guard guard(store.lock);
  nextId_ = store.nextId;
  idsEnd_ = store.nextId += kIdBatch;
}

void GoroutineCache::disregard(Goroutine& goroutine) {
  balance_.add(-(goroutine.createdAt != kRuntimesOwn));
  goroutine.createdAt = kRuntimesOwn;
}

void GoroutineCache::free(Goroutine* goroutine, BlockCache& blocks) {
  balance_.add(-(goroutine->createdAt != kRuntimesOwn));
  goroutine->state.setRelaxed(State::Free);
  if (goroutine->frames) {
    blocks.free(goroutine->frames, goroutine->frameCapacity);
    goroutine->frames = nullptr, goroutine->frameCapacity = 0;
  }
  if (goroutine->stage != goroutine->ownStage) [[unlikely]] {
    blocks.free(goroutine->stage, goroutine->stageBytes);
    goroutine->stage = goroutine->ownStage, goroutine->stageBytes = abi::kStageBytes;
  }
  goroutine->next = free_;
  free_ = goroutine;
  if (++count_ >= 2 * kGoroutineBatch + kPerSlab) [[unlikely]] giveBack(kGoroutineBatch);
}

void GoroutineCache::flush() { giveBack(count_); }

void GoroutineCache::refill() {
  {
    host::Guard guard(store.lock);
    while (store.free && count_ < kGoroutineBatch) {
      Goroutine* goroutine = store.free;
      store.free = goroutine->next;
      goroutine->next = free_;
      free_ = goroutine;
      count_++;
    }
  }
  if (free_) return;
  host::PageHeap::Run run = host::pageHeap.allocate(1);
  if (!run.address) host::outOfMemory(host::kPageBytes);
  Slab* slab = static_cast<Slab*>(run.address);
  Goroutine* first = goroutinesOf(slab);
  for (size_t i = kPerSlab; i-- > 0;) {
    Goroutine* goroutine = first + i;
    goroutine->state.setRelaxed(State::Free);
    goroutine->frames = nullptr, goroutine->frameCapacity = 0;
    goroutine->stage = goroutine->ownStage, goroutine->stageBytes = abi::kStageBytes;
    goroutine->parts = nullptr, goroutine->stackWeight = 0;
    goroutine->panics = nullptr;
    goroutine->next = free_;
    free_ = goroutine;
    count_++;
  }
  slab->next = slabs.load();
  while (!slabs.compareExchange(slab->next, slab)) {
  }
}

void GoroutineCache::giveBack(uint32_t howMany) {
  if (howMany == 0) return;
  Goroutine* first = free_;
  Goroutine* last = first;
  for (uint32_t i = 1; i < howMany; i++) last = last->next;
  free_ = last->next;
  count_ -= howMany;
  host::Guard guard(store.lock);
  last->next = store.free;
  store.free = first;
}

Slab* firstSlab() { return slabs.load(); }

void forEachGoroutineIn(Slab* slab, void (*visit)(Goroutine&, void*), void* context) {
  Goroutine* goroutines = goroutinesOf(slab);
  for (size_t i = 0; i < kPerSlab; i++) {
    if (goroutines[i].state.relaxed() != State::Free) visit(goroutines[i], context);
  }
}

void forEachGoroutine(void (*visit)(Goroutine&, void*), void* context) {
  for (Slab* slab = slabs.load(); slab; slab = slab->next) forEachGoroutineIn(slab, visit, context);
}

void growStage(Goroutine& goroutine, size_t bytes, BlockCache& blocks) {
  if (bytes <= goroutine.stageBytes) return;
  if (goroutine.stageBytes > abi::kStageBytes) blocks.free(goroutine.stage, goroutine.stageBytes);
  goroutine.stageBytes = static_cast<uint32_t>(blockBytes(bytes));
  goroutine.stage = blocks.allocate(goroutine.stageBytes);
}

}  // namespace millrace::task
