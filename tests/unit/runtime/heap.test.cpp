// Pages, blocks and the collected heap.
#include <sys/mman.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <map>
#include <vector>

#include "runtime/gc/collector.h"

using namespace millrace;

namespace {

// A heap of its own for one test.
struct Region {
  static constexpr size_t kBytes = 32 << 20;
  void* memory;
  task::BlockCache blocks;
  gc::Cache cache;
  Region() {
    memory = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    uintptr_t begin = reinterpret_cast<uintptr_t>(memory);
    host::pageHeap.start(begin, begin + kBytes);
    task::startBlocks();
    gc::startHeap();
    gc::startCollector();
    gc::setPercent(-1);  // there is no worker that could collect
    cache.blocks = &blocks;
  }
  ~Region() { munmap(memory, kBytes); }
};

// A type of `words` words of which the bits in `pointers` are pointers.
struct TestType : abi::Type {
  uint64_t bits;
  TestType(size_t words, uint64_t pointers) : abi::Type{}, bits(pointers) {
    size = words * 8;
    pointerBytes = pointers ? (64 - static_cast<uint64_t>(__builtin_clzll(pointers))) * 8 : 0;
    gcData = reinterpret_cast<uint8_t*>(&bits);
  }
};

uint32_t next(uint32_t& state) { return state = state * 1664525 + 1013904223; }

}  // namespace

TEST_CASE("runs of pages are split, merged and found again") {
  Region region;
  size_t before = host::pageHeap.bytesInUse();
  void* a = host::pageHeap.allocate(3).address;
  void* b = host::pageHeap.allocate(5).address;
  void* c = host::pageHeap.allocate(2).address;
  void* guard = host::pageHeap.allocate(1).address;
  host::pageHeap.free(a, 3);
  host::pageHeap.free(c, 2);
  host::pageHeap.free(b, 5);  // joins both neighbours
  auto all = host::pageHeap.allocate(10);
  CHECK(all.address == a);
  CHECK(!all.zeroed);
  host::pageHeap.free(all.address, 10);
  CHECK(host::pageHeap.allocate(4).address == a);
  host::pageHeap.free(guard, 1);
  host::pageHeap.free(a, 4);
  CHECK(host::pageHeap.bytesInUse() == before);
}

TEST_CASE("the page heap survives a long random life, and never hands out a page twice") {
  Region region;
  std::map<char*, size_t> held;
  uint32_t seed = 1;
  size_t before = host::pageHeap.bytesInUse();
  for (int i = 0; i < 20000; i++) {
    if (next(seed) % 5 < 3 && held.size() < 300) {
      size_t pages = 1 + (next(seed) >> 8) % (next(seed) % 16 == 0 ? 80 : 6);
      auto run = host::pageHeap.allocate(pages);
      if (!run.address) continue;
      char* begin = static_cast<char*>(run.address);
      auto after = held.lower_bound(begin);
      if (after != held.end()) REQUIRE(begin + pages * host::kPageBytes <= after->first);
      if (after != held.begin()) {
        auto previous = std::prev(after);
        REQUIRE(previous->first + previous->second * host::kPageBytes <= begin);
      }
      if (run.zeroed) REQUIRE(*reinterpret_cast<uint64_t*>(begin) == 0);
      std::memset(begin, 0xee, pages * host::kPageBytes);
      held[begin] = pages;
    } else if (!held.empty()) {
      auto it = held.begin();
      std::advance(it, (next(seed) >> 8) % held.size());
      host::pageHeap.free(it->first, it->second);
      held.erase(it);
    }
  }
  for (auto& [address, pages] : held) host::pageHeap.free(address, pages);
  CHECK(host::pageHeap.bytesInUse() == before);
}

TEST_CASE("memory that is exhausted is not handed out") {
  Region region;
  CHECK(host::pageHeap.allocate(Region::kBytes / host::kPageBytes).address == nullptr);
  CHECK(host::pageHeap.allocate(1).address != nullptr);
}

TEST_CASE("blocks come in sizes, move between workers, and are not handed out twice") {
  Region region;
  CHECK(task::blockBytes(1) == 32);
  CHECK(task::blockBytes(33) == 64);
  CHECK(task::blockBytes(4096) == 4096);
  CHECK(task::blockBytes(4097) == 8192);
  CHECK(task::blockBytes(10000) == 16384);
  task::BlockCache other;
  std::map<void*, size_t> held;
  uint32_t seed = 7;
  for (int i = 0; i < 20000; i++) {
    if (held.size() < 500 && next(seed) % 2) {
      size_t bytes = 1 + (next(seed) >> 8) % 9000;
      void* block = region.blocks.allocate(bytes);
      std::memset(block, 0xdd, task::blockBytes(bytes));
      REQUIRE(held.emplace(block, bytes).second);
    } else if (!held.empty()) {
      other.free(held.begin()->first, held.begin()->second);  // on another worker
      held.erase(held.begin());
    }
  }
  for (auto& [block, bytes] : held) other.free(block, bytes);
  CHECK(region.blocks.balance() + other.balance() == 0);
  size_t pages = host::pageHeap.bytesInUse();
  other.flush();
  for (int i = 0; i < 100; i++) region.blocks.free(region.blocks.allocate(100), 100);
  CHECK(host::pageHeap.bytesInUse() == pages);
}

TEST_CASE("size classes are Go's") {
  CHECK(gc::kClassBytes[gc::sizeClass(1)] == 8);
  CHECK(gc::kClassBytes[gc::sizeClass(9)] == 16);
  CHECK(gc::kClassBytes[gc::sizeClass(33)] == 48);
  CHECK(gc::kClassBytes[gc::sizeClass(1024)] == 1024);
  CHECK(gc::kClassBytes[gc::sizeClass(1025)] == 1152);
  CHECK(gc::kClassBytes[gc::sizeClass(32768)] == 32768);
  for (size_t bytes = 1; bytes <= gc::kMaxSmallBytes; bytes++) {
    uint32_t c = gc::sizeClass(bytes);
    REQUIRE(gc::kClassBytes[c] >= bytes);
    REQUIRE(gc::kClassBytes[c - 1] < bytes);
  }
  CHECK(gc::roundUpSize(513, true) == 568);  // 576 less the header
  CHECK(gc::roundUpSize(513, false) == 576);
  CHECK(gc::roundUpSize(32768, false) == 32768);
  CHECK(gc::roundUpSize(40000, false) == 40960);
}

TEST_CASE("objects are zero, apart, and found from any address inside them") {
  Region region;
  TestType plain(1, 0);
  std::map<char*, size_t> objects;
  uint32_t seed = 3;
  for (int i = 0; i < 3000; i++) {
    size_t bytes = 8 * (1 + (next(seed) >> 8) % (i % 50 == 0 ? 9000 : 200));
    char* object = static_cast<char*>(region.cache.allocate(plain, bytes / 8, bytes));
    for (size_t at = 0; at < bytes; at += 8) REQUIRE(*reinterpret_cast<uint64_t*>(object + at) == 0);
    std::memset(object, 0xcc, bytes);
    objects[object] = bytes;
  }
  char* end = nullptr;
  for (auto& [object, bytes] : objects) {
    REQUIRE(object >= end);
    end = object + bytes;
    for (size_t at : {size_t{0}, size_t{1}, bytes / 2, bytes - 1}) {
      gc::Object found = gc::findObject(object + at);
      REQUIRE(found.span);
      REQUIRE(found.begin == reinterpret_cast<uintptr_t>(object));
      REQUIRE(found.bytes >= bytes);
      REQUIRE(gc::isAllocated(found));
      REQUIRE(!gc::holdsPointer(found, 0));
    }
  }
  CHECK(!gc::findObject(&region).span);
  CHECK(!gc::findObject(region.memory).span);
}

TEST_CASE("slots that were never handed out are not allocated") {
  Region region;
  TestType one(2, 1);
  char* object = static_cast<char*>(region.cache.allocate(one, 1, 16));
  CHECK(gc::isAllocated(gc::findObject(object)));
  CHECK(!gc::isAllocated(gc::findObject(object + 16)));
  for (int i = 0; i < 100; i++) region.cache.allocate(one, 1, 16);
  CHECK(gc::isAllocated(gc::findObject(object + 100 * 16)));
  CHECK(!gc::isAllocated(gc::findObject(object + 101 * 16)));
}

TEST_CASE("the heap knows the pointers of objects of every size, single and in arrays") {
  Region region;
  struct Shape {
    size_t words;
    uint64_t pointers;
  };
  for (Shape shape : {Shape{1, 1}, Shape{2, 1}, Shape{2, 2}, Shape{3, 5}, Shape{7, 0x41}, Shape{16, 0x8001},
                      Shape{64, 0x8000000000000001}, Shape{60, 0x555}}) {
    TestType* type = new TestType(shape.words, shape.pointers);
    for (size_t count : {size_t{1}, size_t{2}, size_t{5}, size_t{31}, size_t{700}}) {
      // Twice, so that bits of a neighbour would show.
      for (int k = 0; k < 2; k++) {
        size_t bytes = count * type->size;
        char* object = static_cast<char*>(region.cache.allocate(*type, count, bytes));
        gc::Object found = gc::findObject(object + bytes - 1);
        REQUIRE(found.begin == reinterpret_cast<uintptr_t>(object));
        for (size_t word = 0; word < count * shape.words; word++) {
          bool expected = shape.pointers >> (word % shape.words) & 1;
          REQUIRE(gc::holdsPointer(found, word * 8) == expected);
        }
      }
    }
    delete type;
  }
}

TEST_CASE("a span given back is used by the next worker") {
  Region region;
  TestType plain(4, 0);
  char* first = static_cast<char*>(region.cache.allocate(plain, 1, 32));
  region.cache.flush();
  gc::Cache other;
  other.blocks = &region.blocks;
  CHECK(static_cast<char*>(other.allocate(plain, 1, 32)) == first + 32);
}
