// What runtime.ReadMemStats tells. Nothing is stopped for it: of what other workers are just doing a little may be missing.
#include "runtime/gc/collector.h"

namespace millrace::gc {

void readFigures(abi::MemStats& stats) {
  stats = {};
  HeapFigures figures = heapFigures();
  for (uint32_t i = 0; i < kSizeClasses; i++) {
    uint64_t allocated = figures.allocated[i], freed = figures.freed[i], bytes = kClassBytes[i];
    stats.mallocs += allocated;
    stats.frees += freed;
    stats.totalAlloc += allocated * bytes;
    stats.alloc += (allocated - freed) * bytes;
    if (i >= sizeof stats.bySize / sizeof stats.bySize[0]) continue;
    stats.bySize[i].size = kClassBytes[i];
    if (i == 0) continue;  // large objects have no class of their own
    stats.bySize[i].mallocs = allocated;
    stats.bySize[i].frees = freed;
  }
  stats.totalAlloc += figures.largeAllocatedBytes;
  stats.alloc += figures.largeAllocatedBytes - figures.largeFreedBytes;
  stats.heapAlloc = stats.alloc;
  stats.heapObjects = stats.mallocs - stats.frees;
  // Memory is the program's from the beginning; what no part of the runtime has taken counts as not obtained.
  stats.sys = host::pageHeap.bytesInUse();
  stats.heapInUse = stats.heapSys = figures.spanBytes;
  stats.stackInUse = stats.stackSys = stats.sys > figures.spanBytes ? stats.sys - figures.spanBytes : 0;
  stats.nextCycle = collector.percent < 0 ? UINT64_MAX : collector.goal;
  stats.lastCycle = static_cast<uint64_t>(collector.lastEndNs);
  stats.pauseTotalNs = static_cast<uint64_t>(collector.pauseTotalNs);
  stats.cycles = collector.finished.load();
  stats.forcedCycles = collector.forced;
  for (uint32_t i = 0; i < Collector::kPauses; i++) {
    stats.pauseNs[i] = static_cast<uint64_t>(collector.pauseNs[i]);
    stats.pauseEnd[i] = static_cast<uint64_t>(collector.pauseEndNs[i]);
  }
  stats.isEnabled = true;
}

}  // namespace millrace::gc
