// Beginning and ending cycles, and pacing.
#include "runtime/gc/collector.h"

#include "runtime/base/check.h"
#include "runtime/gc/pools.h"
#include "runtime/gc/specials.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"

namespace millrace::gc {

Collector collector;

namespace {

// Go's: smaller heaps are not worth a cycle. For GOGC=100.
constexpr uint64_t kLeastGoal = 4 << 20;
// Of the growth up to the goal this part is left for what is allocated while marking. Workers that allocate mark in
// proportion, so that marking ends when it is used up.
constexpr uint64_t kRunwayParts = 4;
constexpr uint64_t kLeastRunway = 256 << 10;
// However full the memory is, this part of what lives is allocated before everything is marked again: a program that needs
// all memory there is dies of it soon, instead of marking for minutes on its way there.
constexpr uint64_t kLeastGrowthParts = 32;
// An assist of less costs more to begin with than it does; one of more keeps a goroutine, and what others could mark, for long.
constexpr int64_t kLeastAssist = 32 << 10, kMostAssist = 128 << 10;

// Memory in use that is not heap.
uint64_t bytesOfOthers() {
  uint64_t heap = heapBytes(), inUse = host::pageHeap.bytesInUse();
  return inUse > heap ? inUse - heap : 0;
}

uint64_t leastGrowth(uint64_t live) { return live / kLeastGrowthParts + kLeastRunway; }

// When the next cycle shall begin. World stopped, or nobody there yet; or a setting changes, and then it may be off by what
// is allocated meanwhile.
void pace() {
  uint64_t live = collector.marked.load(), goal = UINT64_MAX;
  if (collector.percent >= 0) {
    uint64_t percent = static_cast<uint64_t>(collector.percent);
    goal = live + live / 100 * percent + live % 100 * percent / 100;
    uint64_t least = kLeastGoal * percent / 100;
    if (goal < least) goal = least;
  }
  // What is not heap cannot be collected; and of the rest some is lost between objects.
  uint64_t others = bytesOfOthers();
  collector.others.store(others);
  uint64_t limit = host::pageHeap.pageCount() * host::kPageBytes;
  if (collector.memoryLimit < limit) limit = collector.memoryLimit;
  uint64_t room = limit > others ? (limit - others) / 16 * 15 : 0;
  if (goal > room) goal = room;
  if (goal < live + leastGrowth(live)) goal = live + leastGrowth(live);
  collector.goal = goal;
  uint64_t runway = collector.hasBarriers ? (goal - live) / kRunwayParts : 0;
  collector.trigger.store(goal - runway);
}

}  // namespace

void startCollector() {
  collector.marking.store(0);
  collector.cycle = 0;
  collector.wanted.store(0);
  collector.finished.store(0);
  collector.heapLive.store(0);
  collector.assistRatio.store(0);
  collector.credit.store(0);
  collector.hasBarriers = false;
  collector.roots = {};
  collector.percent = 100;
  collector.memoryLimit = INT64_MAX;
  collector.marked.store(0);
  collector.drained = 0;
  collector.forced = 0;
  collector.pauseTotalNs = collector.lastEndNs = 0;
  for (uint32_t i = 0; i < Collector::kPauses; i++) collector.pauseNs[i] = collector.pauseEndNs[i] = 0;
  startMarking();
  startSpecials();
  describePools(nullptr);
  pace();
}

void describeProgram(const Roots& roots, bool hasBarriers) {
  collector.roots = roots;
  collector.hasBarriers = hasBarriers;
  pace();
}

void beginCycle(Cache* const* caches, size_t count, bool holdsBack) {
  ENSURE(!isMarking() && isSwept());
  collector.wanted.store(0);
  collector.cycle++;
  collector.pauseNs[(collector.cycle + Collector::kPauses - 1) % Collector::kPauses] = 0;
  agePools();
  beginMarking(collector.cycle, collector.roots, holdsBack);
  collector.marking.store(1);
  for (size_t i = 0; i < count; i++) caches[i]->markWindows();
  uint64_t live = collector.heapLive.load(), runway = collector.goal > live ? collector.goal - live : 0;
  if (runway < kLeastRunway) runway = kLeastRunway;
  // What has been allocated since the last cycle is not expected to live. Frames and variables may be more than the heap.
  uint64_t work = collector.marked.load();
  if (work < collector.drained) work = collector.drained;
  uint64_t ratio = 16 * (work + kLeastRunway) / runway + 1;
  collector.assistRatio.store(static_cast<uint32_t>(ratio < 16 * 64 ? ratio : 16 * 64));
  collector.credit.store(0);
}

void endCycle(Cache* const* caches, size_t count) {
  ENSURE(nothingLeft());
  uint64_t marked = settleSpecials(*caches[0]->blocks), drained = 0;
  client::forgetUnreachable();
  for (size_t i = 0; i < count; i++) {
    caches[i]->flush();  // takes back the marks of what was not handed out
    marked += caches[i]->marker.takeMarkedBytes();
    drained += caches[i]->marker.takeDrainedBytes();
    caches[i]->assistDebt = 0;
  }
  collector.marking.store(0);
  endMarking();
  beginSweeping();
  collector.marked.store(marked);
  collector.drained = drained;
  collector.heapLive.store(marked);
  collector.lastEndNs = host::walltime();
  collector.finished.fetchAdd(1);
  pace();
}

void notePause(int64_t ns) {
  collector.pauseTotalNs += ns;
  uint32_t at = (collector.cycle + Collector::kPauses - 1) % Collector::kPauses;
  collector.pauseNs[at] += ns;
  collector.pauseEndNs[at] = host::walltime();
}

void noteAllocation(Cache& cache, uint64_t bytes) {
  uint64_t live = collector.heapLive.fetchAdd(bytes) + bytes;
  if (!isMarking()) {
    if (live >= collector.trigger.load()) [[unlikely]] request();
    return;
  }
  cache.assistDebt += static_cast<int64_t>(bytes * collector.assistRatio.relaxed() / 16);
  if (cache.assistDebt < kLeastAssist) return;
  if (int64_t credit = collector.credit.relaxed(); credit > 0) {
    if (credit > cache.assistDebt) credit = cache.assistDebt;
    collector.credit.fetchAdd(-credit);  // below zero if others take it at once
    cache.assistDebt -= credit;
    if (cache.assistDebt < kLeastAssist) return;
  }
  // What cannot be done because others have the rest in hands, and may be without a processor, stays owed.
  bool done = cache.marker.drain(cache.assistDebt < kMostAssist ? cache.assistDebt : kMostAssist);
  cache.assistDebt -= cache.marker.lastDrained();
  if (done && looksFinished()) client::attentionWanted();
}

host::PageHeap::Run lastResort(size_t pages, task::BlockCache& blocks) {
  for (;;) {
    while (sweepOne(blocks)) {
    }
    if (host::PageHeap::Run run = host::pageHeap.allocate(pages); run.address) return run;
    if (!client::finishCycleNow()) host::outOfMemory(pages * host::kPageBytes);
  }
}

void request() {
  if (collector.wanted.load() || collector.wanted.exchange(1)) return;
  client::attentionWanted();
}

bool noteLowMemory() {
  if (isMarking()) return true;
  uint64_t live = collector.marked.load(), before = live + collector.others.load();
  if (collector.heapLive.load() + bytesOfOthers() <= before + leastGrowth(live)) return false;
  return !collector.wanted.exchange(1);
}

int32_t setPercent(int32_t percent) {
  int32_t before = collector.percent;
  collector.percent = percent < 0 ? -1 : percent;
  pace();
  return before;
}

uint64_t setMemoryLimit(int64_t limit) {
  uint64_t before = collector.memoryLimit;
  if (limit >= 0) collector.memoryLimit = static_cast<uint64_t>(limit), pace();
  return before;
}

}  // namespace millrace::gc
