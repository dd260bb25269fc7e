// The collector's cycles: when one begins, how fast it must get on, what it finds in the end.
//
// A cycle begins when so much has been allocated since the last one that the heap has grown by GOGC percent, or would soon
// fill the memory; it marks (see mark.h) while the program runs; then slots are swept when they are wanted (see heap.h).
// Stopping the world, and who marks when, are the scheduler's; see sched/world.h.
#pragma once

#include "runtime/abi/mem-stats.h"
#include "runtime/gc/heap.h"

namespace millrace::gc {

struct Collector {
  // Both change only while the world is stopped.
  host::Atomic<uint32_t> marking;
  uint32_t cycle = 0;  // the one under way, or the last one

  host::Atomic<uint32_t> wanted;    // a cycle is to begin
  host::Atomic<uint32_t> finished;  // cycles, ever
  host::Atomic<uint64_t> heapLive;  // bytes of objects marked by the last cycle and allocated since
  host::Atomic<uint64_t> trigger;   // heapLive at which the next cycle begins
  host::Atomic<uint32_t> assistRatio;  // bytes to be looked at for 16 bytes allocated
  host::Atomic<int64_t> credit;  // bytes that were looked at by who owed nothing, and that nobody has been let off for

  bool hasBarriers = false;  // the program tells what it overwrites
  Roots roots{};

  // GOGC; negative: off. The soft limit of all memory, debug.SetMemoryLimit's.
  int32_t percent = 100;
  uint64_t memoryLimit = INT64_MAX;

  // Figures, changed with the world stopped.
  host::Atomic<uint64_t> marked;  // bytes that the last cycle marked
  uint64_t drained = 0;           // bytes that it looked at
  uint64_t goal = 0;
  host::Atomic<uint64_t> others;  // bytes in use outside the heap when it had ended, or a setting was changed
  uint32_t forced = 0;  // cycles that began because runtime.GC was called
  int64_t pauseTotalNs = 0, lastEndNs = 0;
  static constexpr uint32_t kPauses = 256;
  // Of the last cycles, each one's stops together: at (cycle + 255) % 256. The end by the wall clock.
  int64_t pauseNs[kPauses], pauseEndNs[kPauses];
};
extern Collector collector;

inline bool isMarking() { return collector.marking.relaxed() != 0; }

// Forgets everything, after startHeap.
void startCollector();
// What the program says of itself; before it runs.
void describeProgram(const Roots& roots, bool hasBarriers);

// ---- with the world stopped

// holdsBack: see beginMarking.
void beginCycle(Cache* const* caches, size_t count, bool holdsBack = false);
// Everything that is reachable has been marked.
void endCycle(Cache* const* caches, size_t count);
void notePause(int64_t ns);

// ---- by those who allocate

// A cache has taken over so many bytes to hand them out. May mark for a while.
void noteAllocation(Cache& cache, uint64_t bytes);
// As Marker::drain, for the good of those that allocate.
inline bool drainForOthers(Marker& marker, int64_t bytes) {
  bool done = marker.drain(bytes);
  collector.credit.fetchAdd(marker.lastDrained());
  return done;
}
inline void noteUnused(uint64_t bytes) { collector.heapLive.fetchAdd(-bytes); }
// No pages are left: gets some, or ends the program.
host::PageHeap::Run lastResort(size_t pages, task::BlockCache& blocks);

// A cycle shall begin soon.
void request();
// Little memory is left: shall a cycle begin now, because enough has been taken since the last one, or the one under way end?
// Then all workers are to attend. From any thread.
bool noteLowMemory();
// debug.SetGCPercent, debug.SetMemoryLimit: the former values. A negative limit only asks.
int32_t setPercent(int32_t percent);
uint64_t setMemoryLimit(int64_t limit);

void readFigures(abi::MemStats& stats);

namespace client {
// The calling worker shall come to its loop, where cycles begin and end.
void attentionWanted();
// Marking is under way and memory exhausted: ends the cycle now. False: it is not.
bool finishCycleNow();
}  // namespace client

}  // namespace millrace::gc
