// Arena: alignment, large objects beside small ones, copies.
#include "runtime/base/arena.h"

#include <catch2/catch.hpp>

using millrace::Arena;

TEST_CASE("an arena aligns what it hands out") {
  Arena arena;
  for (size_t alignment : {1, 2, 4, 8, 16}) {
    arena.allocate(3, 1);
    CHECK(reinterpret_cast<uintptr_t>(arena.allocate(5, alignment)) % alignment == 0);
  }
}

TEST_CASE("a large object leaves the small ones around it intact") {
  Arena arena;
  int* first = arena.make<int>(1);
  auto* large = static_cast<char*>(arena.allocate(1 << 20, 8));
  int* second = arena.make<int>(2);
  for (int i = 0; i < 1 << 20; i++) large[i] = 'x';
  CHECK(*first == 1);
  CHECK(*second == 2);
  CHECK(second - first < 16);  // still in the first chunk
  CHECK(arena.footprint() > 1 << 20);
}

TEST_CASE("copies live in the arena") {
  Arena arena;
  std::vector<int> items = {1, 2, 3};
  auto copied = arena.copy(items);
  items.assign(3, 0);
  CHECK(copied[0] + copied[1] + copied[2] == 6);
  CHECK(arena.copy(std::string_view("text")) == "text");
  CHECK(arena.copy(std::string_view()).empty());
}
