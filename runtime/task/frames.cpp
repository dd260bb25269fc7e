// Cutting a stack into parts, and taking them up.
#include "runtime/task/frames.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/check.h"

namespace millrace::task {

namespace {

// The `count` frames [begin, end) become a part; behind them goes on a function with a frame of site `next`.
void cutOff(Goroutine& goroutine, const char* begin, const char* end, size_t count, const abi::SiteRecord& next,
            BlockCache& blocks) {
  size_t frameBytes = static_cast<size_t>(end - begin);
  size_t bytes = sizeof(StackPart) + next.frameBytes + frameBytes;
  StackPart* part = static_cast<StackPart*>(blocks.allocate(bytes));
  part->older = goroutine.parts;
  part->blockBytes = static_cast<uint32_t>(blockBytes(bytes));
  part->resumer = next.resumer, part->code = next.code, part->returned = next.returned;
  part->roomBytes = next.frameBytes;
  part->frameBytes = static_cast<uint32_t>(frameBytes);
  std::memcpy(part->frames(), begin, frameBytes);
  goroutine.parts = part;
  // Of a part that is cut short, its block is what counts.
  part->weight = static_cast<uint32_t>(std::max<size_t>(frameBytes + count * kFrameWeight, part->blockBytes));
  goroutine.stackWeight += part->weight;
}

}  // namespace

char* cutStack(Goroutine& goroutine, char* begin, char* end, const abi::ProgramHeader* program, size_t partBytes,
               BlockCache& blocks) {
  char* partEnd = end;
  size_t count = 0;
  for (char* at = end; at > begin;) {
    const abi::SiteRecord& site = siteOf(at, program);
    size_t withThis = static_cast<size_t>(partEnd - at) + 2 * size_t{site.frameBytes};  // and room for one more
    if (site.code && at != partEnd && withThis > partBytes) {
      cutOff(goroutine, at, partEnd, count, site, blocks);
      partEnd = at, count = 0;
    }
    count++;
    at -= site.frameBytes;
    ENSURE(at >= begin && site.frameBytes > 0);
  }
  return partEnd;
}

void takeUpPart(Goroutine& goroutine, BlockCache& blocks) {
  StackPart* part = goroutine.parts;
  goroutine.parts = part->older;
  goroutine.stackWeight -= part->weight;
  uint64_t returned = part->returned;
  std::memcpy(part->frames() - 8, &returned, 8);
  if (goroutine.frames) blocks.free(goroutine.frames, goroutine.frameCapacity);
  goroutine.frames = reinterpret_cast<char*>(part);
  goroutine.frameCapacity = part->blockBytes;
  goroutine.saved.top = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(part->end()));
}

}  // namespace millrace::task
