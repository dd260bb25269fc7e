// Cutting stacks into parts: nothing lost, cut only where it may be, taken up in the opposite order.
#include "runtime/task/frames.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <vector>

#include "tests/unit/runtime/lang.h"

using namespace millrace;
using task::StackPart;

namespace {

// Site 1 is of a function that counts, 2 of one that does not; 3 is the first one's `returned`.
abi::SiteRecord kSites[] = {
    {}, {24, 0, 0, 0, 0, 7, 8, 3, 0}, {40, 0, 0, 0, 0, 0, 0, 0, 0}, {24, 0, 0, 0, 0, 7, 8, 3, 0}};

// A stack of frames of these sites, outermost first, each filled with its number.
std::vector<char> stackOf(const std::vector<uint32_t>& sites) {
  std::vector<char> bytes;
  for (size_t i = sites.size(); i-- > 0;) {
    std::vector<char> frame(kSites[sites[i]].frameBytes, static_cast<char>(i));
    uint64_t number = sites[i];
    std::memcpy(frame.data() + frame.size() - 8, &number, 8);
    bytes.insert(bytes.end(), frame.begin(), frame.end());
  }
  return bytes;
}

struct Stack {
  task::BlockCache& blocks = sched::self().blocks;
  task::Goroutine goroutine = {};
  std::vector<char> bytes;

  abi::ProgramHeader program = {};

  explicit Stack(const std::vector<uint32_t>& sites) : bytes(stackOf(sites)) { program.sites = kSites; }
  size_t cut(size_t partBytes) {
    char* begin = bytes.data();
    return static_cast<size_t>(
        task::cutStack(goroutine, begin, begin + bytes.size(), &program, partBytes, blocks) - begin);
  }
  // Takes up the newest part. Its frames, without the one made of its room.
  std::vector<char> takeUp() {
    StackPart* part = goroutine.parts;
    std::vector<char> frames(part->frames(), part->end());
    task::takeUpPart(goroutine, blocks);
    CHECK(goroutine.frames == reinterpret_cast<char*>(part));
    uint64_t number;
    std::memcpy(&number, part->frames() - 8, 8);
    CHECK(number == 3);
    CHECK(part->end() <= goroutine.frames + goroutine.frameCapacity);
    return frames;
  }
  void drop() {
    if (goroutine.frames) blocks.free(goroutine.frames, goroutine.frameCapacity);
  }
};

}  // namespace

TEST_CASE("a stack is cut before functions that count, and put together again") {
  test::LangWorld world;
  Stack stack({2, 1, 1, 2, 1, 2, 2, 1});
  std::vector<char> all = stack.bytes;
  size_t newest = stack.cut(0);
  CHECK(newest == 24);  // the innermost frame alone
  std::vector<char> again(all.begin(), all.begin() + 24);
  std::vector<size_t> sizes;
  while (stack.goroutine.parts) {
    std::vector<char> frames = stack.takeUp();
    sizes.push_back(frames.size());
    again.insert(again.end(), frames.begin(), frames.end());
  }
  CHECK(again == all);
  CHECK(sizes == std::vector<size_t>{24 + 40 + 40, 24 + 40, 24, 40});
  CHECK(stack.goroutine.stackWeight == 0);
  stack.drop();
}

TEST_CASE("parts fill a block, and what is less than one is not cut") {
  test::LangWorld world;
  std::vector<uint32_t> sites(1000, 1);
  sites[0] = 2;
  Stack stack(sites);
  std::vector<char> all = stack.bytes;
  size_t newest = stack.cut(task::kPartBytes);
  CHECK(newest > 0);
  CHECK(newest < 4096);
  CHECK(stack.goroutine.stackWeight == all.size() - newest + (1000 - newest / 24) * task::kFrameWeight);
  for (StackPart* part = stack.goroutine.parts; part; part = part->older) {
    CHECK(part->blockBytes == 4096);
    CHECK(part->frameBytes > 3900);
  }
  while (stack.goroutine.parts) stack.takeUp();
  stack.drop();

  Stack small({2, 1, 1, 1});
  CHECK(small.cut(task::kPartBytes) == small.bytes.size());
  CHECK(small.goroutine.parts == nullptr);
}

TEST_CASE("a stack of functions that do not count stays whole") {
  test::LangWorld world;
  Stack stack(std::vector<uint32_t>(1000, 2));
  CHECK(stack.cut(task::kPartBytes) == stack.bytes.size());
}

TEST_CASE("of each frame only the words are visited that its site calls live, and all beyond the last bit if that is set") {
  abi::SiteRecord sites[] = {{}, {24, 0, 0, 0, 0, 0, 0, 0, 0b1010}, {8 + 40 * 4, 0, 0, 0, 0, 0, 0, 0, 1u << 31 | 1}, {8, 0, 0, 0, 0, 0, 0, 0, 0}};
  abi::ProgramHeader program = {};
  program.sites = sites;
  std::vector<uint32_t> words;  // innermost first: 1, 3, 2
  for (uint32_t site : {1u, 3u, 2u}) {
    for (uint32_t i = 0; i < sites[site].frameBytes / 4 - 2; i++) words.push_back(100 * site + i);
    words.insert(words.end(), {site, 0});
  }
  auto* begin = reinterpret_cast<const char*>(words.data());
  std::vector<uint32_t> visited;
  task::forEachLiveWord(begin, begin + 4 * words.size(), &program, [&](const char* from, const char* to) {
    for (; from < to; from += 4) visited.push_back(*reinterpret_cast<const uint32_t*>(from));
  });
  std::vector<uint32_t> wanted = {200};  // the outermost frame first
  for (uint32_t i = 31; i < 40; i++) wanted.push_back(200 + i);
  wanted.insert(wanted.end(), {101, 103});
  CHECK(visited == wanted);
}
