// The older parts of a deep stack.
//
// The problem. WebAssembly's stack is small, Go's is not; and a goroutine that parks a million calls deep must not be
// written and read whole each time.
//
// What is always true. In memory frames lie one after the other, the innermost lowest, and each ends with the number of
// its site. Goroutine::frames has the newest ones, which are taken up when the goroutine goes on; older ones lie in parts.
// Between two parts, and between the newest part and `frames`, the stack was cut before a function that compiled code can
// take up by itself (SiteRecord::code): the part begins with room for a frame of it, for its results when it returns.
//
// The idea. What was unwound is cut at once into parts of about a block each. So every frame is cut off once and taken up
// again once, to return into it; and a goroutine that waits deep down moves no more than a block each time.
#pragma once

#include "runtime/base/check.h"
#include "runtime/task/goroutine.h"

namespace millrace::task {

struct StackPart {
  StackPart* older;
  uint32_t blockBytes;               // of the block that this is the beginning of
  uint32_t weight;                   // what it adds to Goroutine::stackWeight
  uint32_t resumer, code, returned;  // SiteRecord's, of the function in whose call this part's innermost frame is
  uint32_t roomBytes;                // a frame of that function
  uint32_t frameBytes;               // all frames of the part

  char* room() { return reinterpret_cast<char*>(this + 1); }
  char* frames() { return room() + roomBytes; }
  char* end() { return frames() + frameBytes; }
};

// How much of a stack is a part, as a rule: fills a block.
inline constexpr size_t kPartBytes = 4096 - sizeof(StackPart);

// What a frame weighs beyond its bytes: with it a stack weighs about as much as Go's would, whose frames hold return
// addresses, arguments and what is dead, too.
inline constexpr size_t kFrameWeight = 48;

// The record of a site of the program or of an image below it.
inline const abi::SiteRecord& siteNumbered(uint32_t number, const abi::ProgramHeader* program) {
  while (number < program->firstSite) program = program->image;
  return program->sites[number - program->firstSite];
}
// Of the site at which the frame was left that ends at `end`.
inline const abi::SiteRecord& siteOf(const char* end, const abi::ProgramHeader* program) {
  return siteNumbered(*reinterpret_cast<const uint32_t*>(end - 8), program);
}

// Calls visit(begin, end) for the words of the frames [begin, end) that may hold what is needed when the goroutine goes on.
template <typename Visit>
void forEachLiveWord(const char* begin, const char* end, const abi::ProgramHeader* program, Visit visit) {
  constexpr uint32_t kWord = 4, kLast = 31;
  while (end > begin) {
    const abi::SiteRecord& site = siteOf(end, program);
    const char* frame = end - site.frameBytes;
    ENSURE(site.frameBytes > 0 && frame >= begin);
    for (uint32_t live = site.live & ~(1u << kLast); live; live &= live - 1) {
      const char* word = frame + kWord * __builtin_ctz(live);
      visit(word, word + kWord);
    }
    if (site.live >> kLast) visit(frame + kWord * kLast, end - 8);
    end = frame;
  }
}

// Of the frames [begin, end) that the goroutine left, cuts off the older ones in parts of about `partBytes`. Returns the
// end of those that were not cut off.
char* cutStack(Goroutine& goroutine, char* begin, char* end, const abi::ProgramHeader* program, size_t partBytes,
               BlockCache& blocks);

// Goroutine::frames have been returned from: the newest part takes their place, with a frame made of its room. There must
// be one.
void takeUpPart(Goroutine& goroutine, BlockCache& blocks);

}  // namespace millrace::task
