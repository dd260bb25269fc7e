// Slices: sizes, faults, and growth as native Go grows them.
#include "runtime/lang/slice.h"

#include <cstring>
#include <iterator>

#include "tests/unit/runtime/lang.h"

using namespace millrace;
using namespace millrace::test;
using abi::Fault;

namespace {

// Go's growth of slices as native Go shows it: cap(append(make([]T, LENGTH), ADDED more...)).
constexpr int64_t kGrowths[][2] = {
    {0, 1}, {0, 5}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 2}, {7, 1}, {8, 1}, {16, 1}, {31, 1}, {32, 1}, {63, 1},
    {64, 2}, {100, 1}, {128, 1}, {255, 1}, {256, 1}, {257, 1}, {300, 1}, {511, 1}, {512, 1}, {513, 1}, {848, 1},
    {1024, 1}, {1280, 1}, {2000, 1}, {4096, 1}, {4097, 1}, {10000, 1}, {33000, 1}, {3, 200}, {1000, 5000},
};
struct Grown {
  uint64_t size;
  bool hasPointers;
  int64_t capacities[std::size(kGrowths)];
};
const Grown kGrown[] = {
    {1,
     false,
     {
         8, 8, 8, 8, 8, 8, 16, 16, 16, 32, 64, 64, 128, 128, 208, 256, 512, 512, 576, 576, 896, 896, 896, 1280, 1536,
         1792, 3072, 5376, 5376, 13568, 49152, 208, 6144,
     }},
    {8,
     false,
     {
         1, 6, 2, 4, 6, 8, 10, 14, 16, 32, 64, 64, 128, 128, 224, 256, 512, 512, 608, 608, 848, 848, 848, 1280, 1536,
         1792, 2720, 6144, 6144, 13312, 41984, 224, 6144,
     }},
    {8,
     true,
     {
         1, 6, 2, 4, 6, 8, 10, 14, 16, 32, 64, 64, 127, 143, 223, 287, 511, 607, 607, 607, 847, 847, 847, 1279, 1535,
         2047, 2719, 6144, 6144, 13312, 41984, 223, 6144,
     }},
    {16,
     true,
     {
         1, 5, 2, 4, 6, 8, 10, 14, 16, 32, 63, 71, 127, 143, 215, 303, 511, 591, 591, 591, 847, 847, 847, 1279, 1535,
         2047, 3072, 5632, 5632, 12800, 41472, 215, 6144,
     }},
    {24,
     false,
     {
         1, 5, 2, 4, 6, 8, 10, 14, 16, 32, 64, 64, 128, 128, 202, 256, 512, 512, 565, 597, 853, 853, 853, 1365, 1706,
         2048, 2730, 5461, 5461, 12970, 41642, 224, 6144,
     }},
    {24,
     true,
     {
         1, 5, 2, 4, 6, 8, 10, 14, 16, 37, 63, 74, 127, 133, 202, 271, 511, 565, 565, 597, 853, 853, 853, 1365, 1706,
         2048, 2730, 5461, 5461, 12970, 41642, 223, 6144,
     }},
    {5,
     false,
     {
         1, 6, 3, 4, 6, 9, 12, 16, 16, 32, 64, 64, 128, 128, 204, 256, 537, 537, 537, 614, 972, 972, 972, 1305, 1638,
         1894, 2713, 5452, 5452, 13107, 42598, 204, 6553,
     }},
    {100,
     false,
     {
         1, 5, 2, 4, 6, 8, 10, 14, 17, 32, 65, 65, 135, 135, 204, 272, 573, 573, 573, 573, 901, 901, 901, 1310, 1474,
         1802, 2703, 5324, 5324, 12697, 41451, 204, 6062,
     }},
};

}  // namespace

TEST_CASE("append grows a slice as native Go does, keeps its elements and zeroes the rest") {
  LangWorld world;
  for (const Grown& grown : kGrown) {
    PlainType plain(grown.size);
    PointersType pointers(grown.size / 8);
    const abi::Type& type = grown.hasPointers ? static_cast<const abi::Type&>(pointers) : plain;
    for (size_t i = 0; i < std::size(kGrowths); i++) {
      auto [length, added] = kGrowths[i];
      INFO("size " << grown.size << " from " << length << " by " << added);
      char* old = static_cast<char*>(lang::makeSlice(type, length, length));
      std::memset(old, 0x5a, static_cast<size_t>(length) * grown.size);
      lang::Sized result = lang::growSlice(old, length + added, length, added, type);
      CHECK(result.number == grown.capacities[i]);
      const char* data = static_cast<const char*>(result.data);
      size_t kept = static_cast<size_t>(length) * grown.size, all = static_cast<size_t>(result.number) * grown.size;
      bool right = true;
      for (size_t at = 0; at < all; at++) right &= data[at] == (at < kept ? 0x5a : 0);
      CHECK(right);
      gc::Object object = gc::findObject(data + all - 1);
      CHECK(object.begin == reinterpret_cast<uintptr_t>(data));
      CHECK(gc::holdsPointer(object, (all - 1) / 8 * 8) == grown.hasPointers);
    }
  }
}

TEST_CASE("sizes out of range are told apart") {
  LangWorld world;
  PlainType bytes(1), big(1 << 20);
  auto makeSlice = [&](const abi::Type& type, int64_t length, int64_t capacity) {
    return world.faultOf([&] { lang::makeSlice(type, length, capacity); });
  };
  CHECK(makeSlice(bytes, 0, 0) == -1);
  CHECK(makeSlice(bytes, -1, -1) == static_cast<int>(Fault::MakeSliceLen));
  CHECK(makeSlice(bytes, INT64_MAX, INT64_MAX) == static_cast<int>(Fault::MakeSliceLen));
  CHECK(makeSlice(bytes, 1, INT64_MAX) == static_cast<int>(Fault::MakeSliceCap));
  CHECK(makeSlice(bytes, 2, 1) == static_cast<int>(Fault::MakeSliceCap));
  CHECK(makeSlice(big, int64_t{1} << 45, int64_t{1} << 45) == static_cast<int>(Fault::MakeSliceLen));
  CHECK(world.faultOf([&] { lang::newArray(bytes, -1); }) == static_cast<int>(Fault::MakeSliceLen));
  CHECK(world.faultOf([&] { lang::growSlice(nullptr, -5, 0, 1, bytes); }) == static_cast<int>(Fault::GrowSliceLen));
  CHECK(world.faultOf([&] { lang::growSlice(nullptr, INT64_MAX, 0, INT64_MAX, big); }) ==
        static_cast<int>(Fault::GrowSliceLen));
}

TEST_CASE("elements of no size need no memory") {
  LangWorld world;
  PlainType empty(0);
  CHECK(lang::newObject(empty) == gc::zeroSized);
  lang::Sized grown = lang::growSlice(nullptr, 5, 0, 5, empty);
  CHECK(grown.data == gc::zeroSized);
  CHECK(grown.number == 5);
}

TEST_CASE("memory that runs out ends the program in Go's words") {
  LangWorld world;
  PlainType bytes(1);
  int outcome = world.faultOf([&] { lang::makeSlice(bytes, int64_t{1} << 40, int64_t{1} << 40); });
  CHECK(outcome == LangWorld::kFatal);
  std::string text = world.errors();
  CHECK(text.find("runtime: out of memory: cannot allocate 1099511627776-byte block (") == 0);
  CHECK(text.find(" in use)\nfatal error: out of memory\n") != std::string::npos);
  outcome = world.faultOf([&] {
    for (;;) lang::makeSlice(bytes, 1 << 16, 1 << 16);
  });
  CHECK(outcome == LangWorld::kFatal);
}
