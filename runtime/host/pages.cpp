// Finding, splitting and merging runs of pages.
#include "runtime/host/pages.h"

#include "runtime/base/check.h"

namespace millrace::host {

PageHeap pageHeap;

void PageHeap::start(uintptr_t begin, uintptr_t end) NO_THREAD_SAFETY_ANALYSIS {
  begin = (begin + kPageBytes - 1) & ~(kPageBytes - 1);
  end &= ~(kPageBytes - 1);
  ENSURE(begin < end);
  base_ = begin;
  pageCount_ = (end - begin) >> kPageShift;
  for (FreeRun*& bin : bins_) bin = nullptr;
  marks_ = reinterpret_cast<uint8_t*>(begin);
  frontier_ = (pageCount_ + kPageBytes - 1) >> kPageShift;  // the marks' own pages
  ENSURE(frontier_ < pageCount_);
  usedPages_.setRelaxed(0);
  reclaim = nullptr;
  runsLow = nullptr;
}

PageHeap::Run PageHeap::allocate(size_t pages) {
  Run run = tryAllocate(pages);
  if (!run.address && reclaim && reclaim(pages)) run = tryAllocate(pages);
  if (isLow() && runsLow) [[unlikely]] runsLow();
  return run;
}

PageHeap::Run PageHeap::tryAllocate(size_t pages) {
  Guard guard(lock_);
  if (FreeRun* run = findFree(pages)) {
    size_t first = pageOf(run), length = run->pages;
    remove(first);
    if (length > pages) insert(first + pages, length - pages);
    usedPages_.setRelaxed(usedPages_.relaxed() + pages);
    return {run, false};
  }
  if (pages > pageCount_ - frontier_) return {nullptr, false};
  void* address = at(frontier_);
  frontier_ += pages;
  usedPages_.setRelaxed(usedPages_.relaxed() + pages);
  return {address, true};
}

void PageHeap::free(void* address, size_t pages) {
  Guard guard(lock_);
  usedPages_.setRelaxed(usedPages_.relaxed() - pages);
  size_t first = pageOf(address);
  if (first > 0 && (marks_[first - 1] & kLast)) {
    size_t before = at(first - 1)->pages;
    remove(first - before);
    first -= before, pages += before;
  }
  if (size_t after = first + pages; after < frontier_ && (marks_[after] & kFirst)) {
    pages += at(after)->pages;
    remove(after);
  }
  insert(first, pages);
}

void PageHeap::insert(size_t page, size_t pages) {
  FreeRun* run = at(page);
  FreeRun*& bin = bins_[pages < kExactBins ? pages : 0];
  *run = {bin, nullptr, pages};
  if (bin) bin->previous = run;
  bin = run;
  at(page + pages - 1)->pages = pages;
  marks_[page] |= kFirst;
  marks_[page + pages - 1] |= kLast;
}

void PageHeap::remove(size_t page) {
  FreeRun* run = at(page);
  marks_[page] = 0;
  marks_[page + run->pages - 1] = 0;
  if (run->next) run->next->previous = run->previous;
  (run->previous ? run->previous->next : bins_[run->pages < kExactBins ? run->pages : 0]) = run->next;
}

// The shortest run that suffices.
PageHeap::FreeRun* PageHeap::findFree(size_t pages) {
  for (size_t length = pages; length < kExactBins; length++) {
    if (bins_[length]) return bins_[length];
  }
  FreeRun* best = nullptr;
  for (FreeRun* run = bins_[0]; run; run = run->next) {
    if (run->pages >= pages && (!best || run->pages < best->pages)) best = run;
  }
  return best;
}

}  // namespace millrace::host
