// Go's runtime.MemStats, field by field.
#pragma once

#include <cstdint>

namespace millrace::abi {

struct MemStats {
  uint64_t alloc, totalAlloc, sys, lookups, mallocs, frees;
  uint64_t heapAlloc, heapSys, heapIdle, heapInUse, heapReleased, heapObjects;
  uint64_t stackInUse, stackSys, spanInUse, spanSys, cacheInUse, cacheSys, bucketSys, collectorSys, otherSys;
  uint64_t nextCycle, lastCycle, pauseTotalNs;
  uint64_t pauseNs[256], pauseEnd[256];  // of the last cycles, at (cycle + 255) % 256
  uint32_t cycles, forcedCycles;
  double cpuFraction;
  bool isEnabled, isDebug;
  struct {
    uint32_t size;
    uint64_t mallocs, frees;
  } bySize[61];
};
static_assert(sizeof(MemStats) == 24 * 8 + 2 * 256 * 8 + 8 + 8 + 8 + 61 * 24);

}  // namespace millrace::abi
