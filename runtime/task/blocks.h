// Memory for the runtime's own small things (saved frames, grown stages, panic records): blocks of a few sizes, taken from
// and given back to the worker at hand, zeroed by nobody, never moved, outside what the collector sweeps.
#pragma once

#include "runtime/host/pages.h"

namespace millrace::task {

inline constexpr size_t kSmallestBlock = 32;
inline constexpr size_t kBlockClasses = 8;  // 32 bytes to 4 kB; larger ones are runs of pages

struct Block {
  Block* next;
};

// The class of the smallest block of at least `bytes`; kBlockClasses when that is a run of pages.
inline uint32_t blockClass(size_t bytes) {
  if (bytes <= kSmallestBlock) return 0;
  if (bytes > kSmallestBlock << (kBlockClasses - 1)) return kBlockClasses;
  return 32 - static_cast<uint32_t>(__builtin_clz(static_cast<uint32_t>(bytes - 1))) - 5;
}
inline size_t blockBytes(size_t bytes) {
  uint32_t blockClassOf = blockClass(bytes);
  if (blockClassOf < kBlockClasses) return kSmallestBlock << blockClassOf;
  return (bytes + host::kPageBytes - 1) & ~(host::kPageBytes - 1);
}

// A worker's blocks. When it runs out it takes a batch from all workers' common store, when it has many it gives one back:
// goroutines start on one worker and end on another.
class BlockCache {
 public:
  // At least `bytes`; the whole of blockBytes(bytes) may be used. Ends the program when memory is exhausted.
  void* allocate(size_t bytes);
  // `bytes` as given to allocate.
  void free(void* block, size_t bytes);
  // Gives everything back to the common store.
  void flush();

  // Blocks allocated less those freed here; the sum over all workers is what is in use.
  int64_t balance() const { return balance_.read(); }

 private:
  struct List {
    Block* first = nullptr;
    uint32_t count = 0;
  };
  void refill(uint32_t blockClassOf);
  void giveBack(uint32_t blockClassOf, uint32_t howMany);

  List lists_[kBlockClasses];
  host::OwnedCounter<int64_t> balance_;
};

// Forgets the common store; for a new start.
void startBlocks();

}  // namespace millrace::task
