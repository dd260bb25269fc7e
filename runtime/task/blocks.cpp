// Blocks: a worker's lists and the common store behind them.
#include "runtime/task/blocks.h"

#include "runtime/host/console.h"

namespace millrace::task {

namespace {

// What moves between a worker and the store at once. A worker keeps up to two batches.
constexpr uint32_t batchOf(uint32_t blockClassOf) { return blockClassOf < 4 ? 32 : 4; }

struct FreeBlocks {
  host::Lock lock;
  Block* first GUARDED_BY(lock) = nullptr;
  uint32_t count GUARDED_BY(lock) = 0;
};
FreeBlocks stores[kBlockClasses];

}  // namespace

void startBlocks() NO_THREAD_SAFETY_ANALYSIS {
  for (FreeBlocks& store : stores) store.first = nullptr, store.count = 0;
}

void* BlockCache::allocate(size_t bytes) {
  balance_.add(1);
  uint32_t blockClassOf = blockClass(bytes);
  if (blockClassOf == kBlockClasses) {
    void* pages = host::pageHeap.allocate(blockBytes(bytes) / host::kPageBytes).address;
    if (!pages) host::outOfMemory(bytes);
    return pages;
  }
  List& list = lists_[blockClassOf];
  if (!list.first) [[unlikely]] refill(blockClassOf);
  Block* block = list.first;
  list.first = block->next;
  list.count--;
  return block;
}

void BlockCache::free(void* memory, size_t bytes) {
  balance_.add(-1);
  uint32_t blockClassOf = blockClass(bytes);
  if (blockClassOf == kBlockClasses) return host::pageHeap.free(memory, blockBytes(bytes) / host::kPageBytes);
  List& list = lists_[blockClassOf];
  Block* block = static_cast<Block*>(memory);
  block->next = list.first;
  list.first = block;
  if (++list.count >= 2 * batchOf(blockClassOf)) [[unlikely]] giveBack(blockClassOf, batchOf(blockClassOf));
}

void BlockCache::flush() {
  for (uint32_t i = 0; i < kBlockClasses; i++) giveBack(i, lists_[i].count);
}

void BlockCache::refill(uint32_t blockClassOf) {
  List& list = lists_[blockClassOf];
  {
    FreeBlocks& store = stores[blockClassOf];
    host::Guard guard(store.lock);
    while (store.first && list.count < batchOf(blockClassOf)) {
      Block* block = store.first;
      store.first = block->next;
      store.count--;
      block->next = list.first;
      list.first = block;
      list.count++;
    }
  }
  if (list.first) return;
  char* page = static_cast<char*>(host::pageHeap.allocate(1).address);
  if (!page) {
    if (list.first) return;  // came back while memory was looked for
    host::outOfMemory(kSmallestBlock << blockClassOf);
  }
  size_t bytes = kSmallestBlock << blockClassOf;
  for (size_t at = host::kPageBytes; at >= bytes; at -= bytes) {  // so that the list begins at the page's start
    Block* block = reinterpret_cast<Block*>(page + at - bytes);
    block->next = list.first;
    list.first = block;
    list.count++;
  }
}

void BlockCache::giveBack(uint32_t blockClassOf, uint32_t howMany) {
  List& list = lists_[blockClassOf];
  if (howMany == 0) return;
  Block* first = list.first;
  Block* last = first;
  for (uint32_t i = 1; i < howMany; i++) last = last->next;
  list.first = last->next;
  list.count -= howMany;
  FreeBlocks& store = stores[blockClassOf];
  host::Guard guard(store.lock);
  last->next = store.first;
  store.first = first;
  store.count += howMany;
}

}  // namespace millrace::task
