// Maps: finding, replacing, deleting, growing, iterating while they change; races.
#include "runtime/lang/map.h"

#include <cmath>
#include <map>
#include <set>

#include "runtime/lang/hash.h"
#include "tests/unit/runtime/lang.h"

using namespace millrace;
using namespace millrace::test;
using lang::Map;

namespace {

// A map type of keys and elements, laid out as the compiler does it.
struct TestMapType : abi::MapType {
  PlainType groupType;
  TestMapType(abi::Type& keyType, abi::Type& elementType, uint32_t mapFlags = 0) : abi::MapType{}, groupType(0) {
    uint64_t keyBytes = mapFlags & 4 ? 8 : keyType.size, elementBytes = mapFlags & 8 ? 8 : elementType.size;
    key = &keyType;
    element = &elementType;
    elementOffset = (keyBytes + 7) / 8 * 8;
    slotSize = elementOffset + (elementBytes + 7) / 8 * 8;
    groupSize = 8 + 8 * slotSize;
    groupType.size = groupSize;
    group = &groupType;
    flags = mapFlags;
  }
};

int64_t* asInt(void* value) { return static_cast<int64_t*>(value); }
const int64_t* asInt(const void* value) { return static_cast<const int64_t*>(value); }

struct IntMap {
  PlainType key{8}, element{8};
  TestMapType type{key, element};
  Map* map;
  explicit IntMap(int64_t hint = 0) : map(lang::makeMap(type, hint)) {}
  void set(uint64_t k, int64_t v) { *asInt(lang::mapAssign(type, map, k)) = v; }
  int64_t get(uint64_t k) { return *asInt(lang::mapAccess1(type, map, k)); }
  bool has(uint64_t k) { return lang::mapAccess2(type, map, k); }
  void remove(uint64_t k) { lang::mapDelete(type, map, k); }
  int64_t count() { return reinterpret_cast<abi::MapHeader*>(map)->count; }

  // Visits all entries, with a step after each.
  template <typename Step>
  std::multimap<int64_t, int64_t> visit(Step step) {
    std::multimap<int64_t, int64_t> seen;
    abi::MapIterator iterator;
    for (lang::mapIterStart(type, map, iterator); iterator.key; lang::mapIterNext(iterator)) {
      int64_t k = *static_cast<int64_t*>(iterator.key.pointer);
      seen.emplace(k, *static_cast<int64_t*>(iterator.value.pointer));
      step(k);
    }
    return seen;
  }
};

}  // namespace

TEST_CASE("a map agrees with std::map through a long random life") {
  LangWorld world;
  for (int64_t hint : {0, 5, 9, 1000}) {
    IntMap ours(hint);
    std::map<uint64_t, int64_t> theirs;
    uint32_t state = 17;
    auto random = [&] { return (state = state * 1664525 + 1013904223) >> 8; };
    for (int i = 0; i < 60000; i++) {
      uint64_t k = random() % (i < 30000 ? 4000 : 50) * 0x100000001;
      switch (random() % 4) {
        case 0:
        case 1: ours.set(k, i), theirs[k] = i; break;
        case 2: ours.remove(k), theirs.erase(k); break;
        case 3: {
          auto it = theirs.find(k);
          REQUIRE(ours.has(k) == (it != theirs.end()));
          REQUIRE(ours.get(k) == (it != theirs.end() ? it->second : 0));
        }
      }
      REQUIRE(ours.count() == static_cast<int64_t>(theirs.size()));
    }
    auto seen = ours.visit([](int64_t) {});
    REQUIRE(seen.size() == theirs.size());
    for (auto [k, v] : theirs) {
      REQUIRE(seen.count(static_cast<int64_t>(k)) == 1);
      REQUIRE(seen.find(static_cast<int64_t>(k))->second == v);
    }
  }
}

TEST_CASE("insertions and deletions for ever do not make a map grow") {
  LangWorld world;
  IntMap m;
  uint64_t before = 0;
  for (uint64_t i = 0; i < 200000; i++) {
    m.set(i, 1);
    if (i >= 20) m.remove(i - 20);
    if (i == 10000) before = gc::heapBytes();
  }
  CHECK(m.count() == 20);
  // Tables of the same small size replace each other; without a collector each stays, so count them.
  CHECK(gc::heapBytes() - before < (12 << 20));
}

TEST_CASE("4-byte keys arrive extended either way") {
  LangWorld world;
  PlainType key(4, abi::Kind::Int32), element(8);
  TestMapType type(key, element);
  Map* map = lang::makeMap(type, 0);
  *asInt(lang::mapAssign(type, map, static_cast<uint64_t>(-5))) = 55;
  CHECK(*asInt(lang::mapAccess1(type, map, uint64_t{0xfffffffb})) == 55);
  int32_t plain = -5;
  CHECK(*asInt(lang::mapAccess1(type, map, static_cast<const void*>(&plain))) == 55);
}

TEST_CASE("string keys, by parts and by address") {
  LangWorld world;
  StringType key;
  PlainType element(8);
  TestMapType type(key, element, 1);
  Map* map = lang::makeMap(type, 0);
  std::vector<std::string> words;
  for (int i = 0; i < 2000; i++) words.push_back("key" + std::to_string(i) + std::string(static_cast<size_t>(i % 40), 'x'));
  for (int i = 0; i < 2000; i++) *asInt(lang::mapAssign(type, map, goString(words[static_cast<size_t>(i)]))) = i;
  for (int i = 0; i < 2000; i++) {
    std::string copy = words[static_cast<size_t>(i)];
    abi::StringAbi asKey = goString(copy);
    REQUIRE(*asInt(lang::mapAccess1(type, map, asKey)) == i);
    REQUIRE(*asInt(lang::mapAccess1(type, map, static_cast<const void*>(&asKey))) == i);
  }
  std::string absent = "absent";
  CHECK(lang::mapAccess2(type, map, goString(absent)) == nullptr);
  lang::mapDelete(type, map, goString(words[7]));
  CHECK(lang::mapAccess2(type, map, goString(words[7])) == nullptr);
}

TEST_CASE("keys and elements that are too large are kept beside the table") {
  LangWorld world;
  PlainType key(200), element(1000);
  TestMapType type(key, element, 4 | 8);
  Map* map = lang::makeMap(type, 0);
  for (int i = 0; i < 100; i++) {
    int64_t k[25] = {i, i * 2};
    asInt(lang::mapAssign(type, map, static_cast<const void*>(k)))[124] = i;
  }
  for (int i = 0; i < 100; i++) {
    int64_t k[25] = {i, i * 2};
    REQUIRE(asInt(lang::mapAccess1(type, map, static_cast<const void*>(k)))[124] == i);
    lang::mapDelete(type, map, static_cast<const void*>(k));
  }
  int64_t missing[25] = {};
  CHECK(asInt(lang::mapAccess1(type, map, static_cast<const void*>(missing)))[0] == 0);
}

TEST_CASE("a missing element of any size reads as zero") {
  LangWorld world;
  PlainType key(8), element(5000);
  TestMapType type(key, element, 8);
  auto zeros = static_cast<const char*>(lang::mapAccess1(type, lang::makeMap(type, 0), uint64_t{1}));
  bool allZero = true;
  for (int i = 0; i < 5000; i++) allZero &= zeros[i] == 0;
  CHECK(allZero);
}

TEST_CASE("a nil map reads as empty and cannot be written") {
  LangWorld world;
  IntMap m;
  CHECK(*asInt(lang::mapAccess1(m.type, nullptr, uint64_t{1})) == 0);
  CHECK(lang::mapAccess2(m.type, nullptr, uint64_t{1}) == nullptr);
  lang::mapDelete(m.type, nullptr, uint64_t{1});
  lang::mapClear(m.type, nullptr);
  abi::MapIterator iterator;
  lang::mapIterStart(m.type, nullptr, iterator);
  CHECK(!iterator.key);
  CHECK(world.faultOf([&] { lang::mapAssign(m.type, nullptr, uint64_t{1}); }) ==
        static_cast<int>(abi::Fault::AssignToNilMap));
}

TEST_CASE("iteration begins anywhere") {
  LangWorld world;
  for (int entries : {4, 200}) {
    IntMap m;
    for (int i = 0; i < entries; i++) m.set(static_cast<uint64_t>(i), i);
    std::set<int64_t> firsts;
    for (int i = 0; i < 200; i++) {
      abi::MapIterator iterator;
      lang::mapIterStart(m.type, m.map, iterator);
      firsts.insert(*static_cast<int64_t*>(iterator.key.pointer));
    }
    CHECK(firsts.size() >= (entries == 4 ? 4u : 50u));
  }
}

TEST_CASE("an entry deleted before it is reached is not visited, whatever else happens to the table") {
  LangWorld world;
  for (bool grow : {false, true}) {
    IntMap m;
    for (uint64_t i = 0; i < 100; i++) m.set(i, 0);
    std::set<int64_t> visited, deleted;
    bool wrong = false;
    m.visit([&](int64_t k) {
      if (deleted.count(k)) wrong = true;
      visited.insert(k);
      if (grow && visited.size() == 10) {
        for (uint64_t i = 1000; i < 1500; i++) m.set(i, 0);
      }
      for (int64_t other = (k + 1) % 100; other < 100 && deleted.size() < 50; other += 7) {
        if (visited.count(other)) continue;
        m.remove(static_cast<uint64_t>(other));
        deleted.insert(other);
      }
    });
    CHECK(!wrong);
    CHECK(deleted.size() >= 45);
    for (int64_t k = 0; k < 100; k++) CHECK(visited.count(k) + deleted.count(k) == 1);
  }
}

TEST_CASE("entries that are there throughout are visited once, while the map grows and changes") {
  LangWorld world;
  IntMap m;
  for (uint64_t i = 0; i < 50; i++) m.set(i, 1);
  uint64_t fresh = 1000;
  std::map<int64_t, int> times;
  m.visit([&](int64_t k) {
    times[k]++;
    if (fresh < 3000) {
      for (int i = 0; i < 20; i++) m.set(fresh++, 1);
    }
    for (uint64_t i = 0; i < 50; i++) m.set(i, 2);
  });
  for (int64_t k = 0; k < 50; k++) CHECK(times[k] == 1);
  for (auto [k, n] : times) CHECK(n == 1);
}

TEST_CASE("a value changed during iteration is seen as it is now, also after the map has grown") {
  LangWorld world;
  IntMap m;
  for (uint64_t i = 0; i < 30; i++) m.set(i, 1);
  bool first = true;
  auto seen = m.visit([&](int64_t) {
    if (!first) return;
    first = false;
    for (uint64_t i = 100; i < 1000; i++) m.set(i, 7);
    for (uint64_t i = 0; i < 30; i++) m.set(i, 2);
  });
  int changed = 0;
  for (auto [k, v] : seen) changed += k < 30 && v == 2;
  CHECK(changed == 29);
}

TEST_CASE("clear empties a map, for iterators under way too") {
  LangWorld world;
  for (bool grow : {false, true}) {
    IntMap m;
    for (uint64_t i = 0; i < 30; i++) m.set(i, 1);
    auto seen = m.visit([&](int64_t) {
      if (grow) {
        for (uint64_t i = 100; i < 1000; i++) m.set(i, 7);
      }
      lang::mapClear(m.type, m.map);
    });
    CHECK(seen.size() == 1);
    CHECK(m.count() == 0);
    m.set(5, 6);
    CHECK(m.get(5) == 6);
  }
}

TEST_CASE("NaN keys are never found, always there, and go when the map is cleared") {
  LangWorld world;
  static Float64Type key;
  static abi::Closure hasher;
  hasher.function = static_cast<int64_t>(reinterpret_cast<uintptr_t>(+[](const void* p, int64_t seed, const abi::Closure*) {
    return static_cast<int64_t>(lang::hashFloat(*static_cast<const double*>(p), static_cast<uint64_t>(seed)));
  }));
  PlainType element(8);
  TestMapType type(key, element, 1);
  type.hasher = &hasher;
  Map* map = lang::makeMap(type, 0);
  double nan = NAN, zero = 0.0, minusZero = -0.0;
  auto at = [](double& v) { return static_cast<const void*>(&v); };
  for (int i = 0; i < 20; i++) *asInt(lang::mapAssign(type, map, at(nan))) = i;
  CHECK(reinterpret_cast<abi::MapHeader*>(map)->count == 20);
  CHECK(lang::mapAccess2(type, map, at(nan)) == nullptr);
  lang::mapDelete(type, map, at(nan));
  CHECK(reinterpret_cast<abi::MapHeader*>(map)->count == 20);
  *asInt(lang::mapAssign(type, map, at(zero))) = 100;
  *asInt(lang::mapAssign(type, map, at(minusZero))) = 101;  // the same key; and the key is replaced
  CHECK(*asInt(lang::mapAccess1(type, map, at(zero))) == 101);
  int visited = 0, nans = 0, negative = 0;
  abi::MapIterator iterator;
  for (lang::mapIterStart(type, map, iterator); iterator.key; lang::mapIterNext(iterator)) {
    double k = *static_cast<double*>(iterator.key.pointer);
    visited++;
    nans += k != k;
    negative += std::signbit(k) && k == 0;
    for (int i = 0; i < 30 && visited == 5; i++) {
      double fresh = i + 0.5;
      *asInt(lang::mapAssign(type, map, at(fresh))) = 1;
    }
  }
  CHECK(nans == 20);
  CHECK(negative == 1);
  lang::mapClear(type, map);
  lang::mapIterStart(type, map, iterator);
  CHECK(!iterator.key);
}

TEST_CASE("a key that cannot be hashed panics even on an empty map") {
  LangWorld world;
  static abi::InterfaceType any{};
  static_cast<abi::Type&>(any) = PlainType(16, abi::Kind::Interface);
  static abi::Closure equal;
  equal.function = static_cast<int64_t>(reinterpret_cast<uintptr_t>(+[](const void* p, const void* q, const abi::Closure*) {
    auto a = static_cast<void* const*>(p), b = static_cast<void* const*>(q);
    return static_cast<int32_t>(a[0] == b[0] && lang::equalInterfaces(*static_cast<abi::Type*>(a[0]), a[1], b[1]));
  }));
  any.flags = 0;
  any.equal = &equal;
  static abi::Closure hasher;
  hasher.function = static_cast<int64_t>(reinterpret_cast<uintptr_t>(+[](const void* p, int64_t seed, const abi::Closure*) {
    auto words = static_cast<void* const*>(p);
    return static_cast<int64_t>(
        lang::hashInterface(static_cast<const abi::Type*>(words[0]), words + 1, static_cast<uint64_t>(seed)));
  }));
  PlainType element(8), slice(24, abi::Kind::Slice);
  slice.equal = nullptr;
  TestMapType type(any, element, 1 | 2);
  type.hasher = &hasher;
  Map* map = lang::makeMap(type, 0);
  const void* key[2] = {&slice, nullptr};
  auto asKey = static_cast<const void*>(key);
  int unhashable = static_cast<int>(abi::Fault::Unhashable);
  int unhashableKey = static_cast<int>(abi::Fault::UnhashableKey);
  CHECK(world.faultOf([&] { lang::mapAccess2(type, map, asKey); }) == unhashableKey);
  CHECK(world.faultA == lang::asArgument(&slice));
  CHECK(world.faultOf([&] { lang::mapDelete(type, nullptr, asKey); }) == unhashableKey);
  CHECK(world.faultOf([&] { lang::mapAssign(type, map, asKey); }) == unhashable);
  // And the map can still be used.
  const void* fine[2] = {&element, nullptr};
  uint64_t number = 9;
  fine[1] = &number;
  *asInt(lang::mapAssign(type, map, static_cast<const void*>(fine))) = 3;
  CHECK(*asInt(lang::mapAccess1(type, map, static_cast<const void*>(fine))) == 3);
}

TEST_CASE("use in the middle of somebody else's write is Go's fatal error") {
  using Action = std::function<void(IntMap&, abi::MapIterator&)>;
  auto textAfter = [](const Action& action) {
    LangWorld world;
    IntMap m;
    m.set(1, 1);
    abi::MapIterator iterator;
    lang::mapIterStart(m.type, m.map, iterator);
    // The mark of a write under way, third word after count, table and seed.
    uint32_t& writing = reinterpret_cast<uint32_t*>(m.map)[7];
    REQUIRE(writing == 0);
    writing = 1;
    CHECK(world.faultOf([&] { action(m, iterator); }) == LangWorld::kFatal);
    return world.errors();
  };
  const std::string trace = "\n\ngoroutine 1 [running]:\n";
  CHECK(textAfter([](auto& m, auto&) { m.set(2, 2); }) == "fatal error: concurrent map writes" + trace);
  CHECK(textAfter([](auto& m, auto&) { m.remove(1); }) == "fatal error: concurrent map writes" + trace);
  CHECK(textAfter([](auto& m, auto&) { lang::mapClear(m.type, m.map); }) == "fatal error: concurrent map writes" + trace);
  CHECK(textAfter([](auto& m, auto&) { m.get(1); }) == "fatal error: concurrent map read and map write" + trace);
  CHECK(textAfter([](auto&, auto& iterator) { lang::mapIterNext(iterator); }) ==
        "fatal error: concurrent map iteration and map write" + trace);
}
