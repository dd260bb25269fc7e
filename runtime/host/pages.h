// Where all memory at run time comes from: runs of pages between the program's data and the end of memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/host/lock.h"

namespace millrace::host {

inline constexpr size_t kPageShift = 13;
inline constexpr size_t kPageBytes = size_t{1} << kPageShift;

// Memory up to the frontier has been handed out at least once; beyond it, it is untouched and zero. Runs that came back
// are merged with free neighbours and kept in lists by length: the list's links lie in the free pages themselves, and one
// byte per page tells where a free run begins and ends.
class PageHeap {
 public:
  // Takes [begin, end). Forgets everything it had before. Memory must be zero.
  void start(uintptr_t begin, uintptr_t end);

  struct Run {
    void* address;  // null: memory is exhausted
    bool zeroed;
  };
  Run allocate(size_t pages) EXCLUDES(lock_);
  // Called when there is no such run, without the lock: may give pages back, and tells whether it did.
  bool (*reclaim)(size_t pages) = nullptr;
  // Called after runs are handed out while isLow(), perhaps with locks held.
  void (*runsLow)() = nullptr;
  void free(void* address, size_t pages) EXCLUDES(lock_);

  // Pages are numbered from 0; pageCount() bounds them all.
  size_t pageCount() const { return pageCount_; }
  size_t pagesLeft() const { return pageCount_ - usedPages_.relaxed(); }
  // So little is left that it could be gone before whoever can give memory back has heard of it.
  bool isLow() const { return pagesLeft() < pageCount_ / 32 + kLeastLeft; }
  size_t pageOf(const void* address) const { return (reinterpret_cast<uintptr_t>(address) - base_) >> kPageShift; }
  bool contains(const void* address) const { return pageOf(address) < pageCount_; }
  // Bytes handed out now.
  size_t bytesInUse() const { return usedPages_.relaxed() * kPageBytes; }

 private:
  // In the first page of a free run; the last one has `pages` too.
  struct FreeRun {
    FreeRun *next, *previous;
    size_t pages;
  };
  static constexpr uint8_t kFirst = 1, kLast = 2;  // marks of a free run's ends
  static constexpr size_t kLeastLeft = 64;
  static constexpr size_t kExactBins = 32;         // bin n holds runs of n pages, bin 0 all longer ones

  FreeRun* at(size_t page) const { return reinterpret_cast<FreeRun*>(base_ + (page << kPageShift)); }
  void insert(size_t page, size_t pages) REQUIRES(lock_);
  void remove(size_t page) REQUIRES(lock_);
  FreeRun* findFree(size_t pages) REQUIRES(lock_);
  Run tryAllocate(size_t pages) EXCLUDES(lock_);

  uintptr_t base_ = 0;
  size_t pageCount_ = 0;
  Lock lock_;
  size_t frontier_ GUARDED_BY(lock_) = 0;
  uint8_t* marks_ GUARDED_BY(lock_) = nullptr;
  FreeRun* bins_[kExactBins] GUARDED_BY(lock_) = {};
  Atomic<size_t> usedPages_;
};

extern PageHeap pageHeap;

}  // namespace millrace::host
