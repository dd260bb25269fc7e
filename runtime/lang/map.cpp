// Looking up, inserting, deleting, growing, iterating.
#include "runtime/lang/map.h"

#include <bit>
#include <cstring>

#include "runtime/host/console.h"
#include "runtime/lang/hash.h"
#include "runtime/lang/slice.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/world.h"

namespace millrace::lang {

// What a Go value of type map points to.
struct Map {
  int64_t count;  // abi::MapHeader's
  // Address of the groups, and above kAddressBits the binary logarithm of their number. 0: no table yet.
  host::Atomic<uint64_t> table;
  uint64_t seed;
  uint32_t growthLeft;  // empty slots that may still be filled
  host::Atomic<uint32_t> writing;
  uint32_t clears;  // how often it was cleared
};

namespace {

constexpr int kAddressBits = 56;
constexpr uint32_t kSlots = 8;  // per group
constexpr uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
constexpr uint64_t kAllEmpty = kTops;  // eight times kEmpty
constexpr uint8_t kEmpty = 0x80, kDeleted = 0xfe;

// MapType::flags, Go's.
constexpr uint32_t kNeedKeyUpdate = 1, kHashMightPanic = 2, kIndirectKey = 4, kIndirectElement = 8;

// How the collector sees a map.
constexpr uint8_t kMapPointers[] = {1 << (offsetof(Map, table) / 8)};
constexpr abi::Type kMapObject = {
    .size = sizeof(Map),
    .pointerBytes = offsetof(Map, table) + 8,
    .hash = 0,
    .flags = 0,
    .align = 8,
    .fieldAlign = 8,
    .kind = abi::Kind::Struct,
    .equal = nullptr,
    .gcData = const_cast<uint8_t*>(kMapPointers),
    .text = 0,
    .pointerToThis = 0,
};

// ---- control bytes; a set of slots is the top bits of their bytes

uint64_t slotsWithHash(uint64_t control, uint64_t hash) {
  uint64_t difference = control ^ kOnes * (hash & 0x7f);
  return (difference - kOnes) & ~difference & kTops;  // may name a slot too many, whose key then differs
}
uint64_t emptySlots(uint64_t control) { return control & ~(control << 6) & kTops; }
uint64_t freeSlots(uint64_t control) { return control & kTops; }
uint64_t fullSlots(uint64_t control) { return ~control & kTops; }
uint32_t firstOf(uint64_t slots) { return static_cast<uint32_t>(std::countr_zero(slots)) / 8; }

struct Group {
  uint64_t control;
  char* slot(const abi::MapType& type, uint32_t i) {
    return reinterpret_cast<char*>(this + 1) + i * static_cast<size_t>(type.slotSize);
  }
  void setControl(uint32_t i, uint64_t byte) { control = (control & ~(uint64_t{0xff} << i * 8)) | byte << i * 8; }
};

struct Table {
  char* groups;
  uint32_t mask;  // number of groups less one

  explicit Table(uint64_t word)
      : groups(reinterpret_cast<char*>(static_cast<uintptr_t>(word & ((uint64_t{1} << kAddressBits) - 1)))),
        mask((uint32_t{1} << (word >> kAddressBits)) - 1) {}
  Group& group(const abi::MapType& type, uint32_t i) const {
    return *reinterpret_cast<Group*>(groups + i * static_cast<size_t>(type.groupSize));
  }
};

// ---- keys: by address, by number, or as a string

struct AnyKey {
  const void* address;

  uint64_t hash(const abi::MapType& type, uint64_t seed) const {
    const abi::Type& key = *type.key;
    if (key.flags & abi::kTypeRegularMemory) return hashMemory(address, key.size, seed);
    if (key.kind == abi::Kind::String) return hashString(*static_cast<const abi::StringAbi*>(address), seed);
    return static_cast<uint64_t>(call<int64_t>(type.hasher, address, static_cast<int64_t>(seed)));
  }
  const void* stored(const abi::MapType& type, const char* slot) const {
    return type.flags & kIndirectKey ? *reinterpret_cast<void* const*>(slot) : slot;
  }
  bool equals(const abi::MapType& type, const char* slot) const {
    return equalValues(*type.key, address, stored(type, slot));
  }
  void store(const abi::MapType& type, char* slot) const {
    if (type.flags & kIndirectKey) {
      void* copy = newObject(*type.key);
      std::memcpy(copy, address, static_cast<size_t>(type.key->size));
      *reinterpret_cast<abi::Slot<void>*>(slot) = copy;
    } else {
      std::memcpy(slot, address, static_cast<size_t>(type.key->size));
    }
  }
  void update(const abi::MapType& type, char* slot) const {
    if (!(type.flags & kNeedKeyUpdate)) return;
    void* into = const_cast<void*>(stored(type, slot));
    sched::beforeWrite(into, static_cast<size_t>(type.key->size));
    std::memcpy(into, address, static_cast<size_t>(type.key->size));
  }
};

struct NumberKey {
  uint64_t number;

  uint64_t hash(const abi::MapType&, uint64_t seed) const { return hash64(number, seed); }
  bool equals(const abi::MapType& type, const char* slot) const {
    if (type.key->size == 8) return *reinterpret_cast<const uint64_t*>(slot) == number;
    return *reinterpret_cast<const uint32_t*>(slot) == static_cast<uint32_t>(number);
  }
  void store(const abi::MapType& type, char* slot) const {
    if (type.key->size == 8) *reinterpret_cast<uint64_t*>(slot) = number;
    else *reinterpret_cast<uint32_t*>(slot) = static_cast<uint32_t>(number);
  }
  void update(const abi::MapType&, char*) const {}
};
// 4-byte keys may arrive sign-extended.
NumberKey numberKey(const abi::MapType& type, uint64_t number) {
  return {type.key->size == 8 ? number : static_cast<uint32_t>(number)};
}

struct StringKey {
  abi::StringAbi text;

  uint64_t hash(const abi::MapType&, uint64_t seed) const { return hashString(text, seed); }
  bool equals(const abi::MapType&, const char* slot) const {
    const abi::StringAbi& other = *reinterpret_cast<const abi::StringAbi*>(slot);
    return other.length == text.length && memoryEqual(other.data, text.data, static_cast<uint64_t>(text.length));
  }
  void store(const abi::MapType&, char* slot) const { *reinterpret_cast<abi::StringAbi*>(slot) = text; }
  void update(const abi::MapType&, char* slot) const {
    sched::beforeWrite(slot);
    reinterpret_cast<abi::StringAbi*>(slot)->data = text.data;
  }
};

void* element(const abi::MapType& type, char* slot) {
  char* at = slot + type.elementOffset;
  return type.flags & kIndirectElement ? *reinterpret_cast<void**>(at) : at;
}

// ---- tables

uint32_t slotsToFill(uint32_t groups) { return groups == 1 ? kSlots : groups * (kSlots - 1); }

uint64_t makeTable(const abi::MapType& type, uint32_t logGroups) {
  uint64_t groups = uint64_t{1} << logGroups;
  void* memory = newArray(*type.group, static_cast<int64_t>(groups));
  uint64_t word = static_cast<uint64_t>(reinterpret_cast<uintptr_t>(memory)) | uint64_t{logGroups} << kAddressBits;
  Table table(word);
  for (uint32_t i = 0; i <= table.mask; i++) table.group(type, i).control = kAllEmpty;
  return word;
}

// Where probing goes next: all groups in steps that grow by one.
struct Probe {
  uint32_t at, mask, step = 0;
  Probe(uint64_t hash, uint32_t mask) : at(static_cast<uint32_t>(hash >> 7) & mask), mask(mask) {}
  bool next() {
    at = (at + ++step) & mask;
    return step <= mask;
  }
};

template <typename Key>
char* find(const abi::MapType& type, const Table& table, uint64_t hash, const Key& key) {
  Probe probe(hash, table.mask);
  do {
    Group& group = table.group(type, probe.at);
    uint64_t control = group.control;
    for (uint64_t slots = slotsWithHash(control, hash); slots; slots &= slots - 1) {
      char* slot = group.slot(type, firstOf(slots));
      if (key.equals(type, slot)) return slot;
    }
    if (emptySlots(control)) return nullptr;
  } while (probe.next());
  return nullptr;
}

// A slot for a key that is not in the table; null: the table is full. growthLeft is kept.
char* claim(const abi::MapType& type, const Table& table, uint64_t hash, uint32_t& growthLeft) {
  Probe probe(hash, table.mask);
  do {
    Group& group = table.group(type, probe.at);
    uint64_t free = freeSlots(group.control);
    if (!free) continue;
    uint32_t i = firstOf(free);
    bool wasDeleted = (group.control >> i * 8 & 0xff) == kDeleted;
    if (!wasDeleted) {
      if (growthLeft == 0) return nullptr;
      growthLeft--;
    }
    group.setControl(i, hash & 0x7f);
    return group.slot(type, i);
  } while (probe.next());
  return nullptr;
}

// Replaces the table: by a larger one, or by one of the same size if many of its slots are only marked as deleted.
void grow(const abi::MapType& type, Map& map) {
  uint64_t before = map.table.relaxed();
  uint32_t logGroups = static_cast<uint32_t>(before >> kAddressBits);
  Table old(before);
  uint64_t slots = uint64_t{kSlots} << logGroups;
  if (static_cast<uint64_t>(map.count) * 32 > slots * 25 || logGroups == 0) logGroups++;
  uint64_t after = makeTable(type, logGroups);
  Table larger(after);
  uint32_t growthLeft = slotsToFill(larger.mask + 1);
  for (uint32_t g = 0; g <= old.mask; g++) {
    Group& group = old.group(type, g);
    for (uint64_t full = fullSlots(group.control); full; full &= full - 1) {
      char* slot = group.slot(type, firstOf(full));
      AnyKey key{slot};
      key.address = key.stored(type, slot);
      char* target = claim(type, larger, key.hash(type, map.seed), growthLeft);
      if (!target) sched::fatal("concurrent map writes");  // more entries than were counted
      std::memcpy(target, slot, static_cast<size_t>(type.slotSize));
    }
  }
  map.growthLeft = growthLeft;
  sched::beforeWrite(&map.table);
  map.table.setRelaxed(after);
}

// ---- detecting races: a write in progress is marked

void beginWrite(Map& map) {
  if (map.writing.relaxed()) sched::fatal("concurrent map writes");
  map.writing.setRelaxed(1);
}
void endWrite(Map& map) {
  if (!map.writing.relaxed()) sched::fatal("concurrent map writes");
  map.writing.setRelaxed(0);
}

// A key that cannot be hashed panics even where nothing is stored: not in the same words.
void checkKey(const abi::MapType& type, const AnyKey& key) {
  if (!(type.flags & kHashMightPanic)) return;
  if (const abi::Type* bad = unhashableIn(*type.key, key.address)) raise(abi::Fault::UnhashableKey, asArgument(bad));
}
void checkKey(const abi::MapType&, const NumberKey&) {}
void checkKey(const abi::MapType&, const StringKey&) {}

template <typename Key>
void* access(const abi::MapType& type, Map* map, const Key& key) {
  if (!map || map->count == 0) {
    checkKey(type, key);
    return nullptr;
  }
  if (map->writing.relaxed()) sched::fatal("concurrent map read and map write");
  uint64_t word = map->table.relaxed();
  if (!word) return nullptr;
  char* slot = find(type, Table(word), key.hash(type, map->seed), key);
  return slot ? element(type, slot) : nullptr;
}

template <typename Key>
void* assign(const abi::MapType& type, Map* map, const Key& key) {
  if (!map) raise(abi::Fault::AssignToNilMap);
  uint64_t hash = key.hash(type, map->seed);  // before the mark: it may panic
  beginWrite(*map);
  if (!map->table.relaxed()) {
    map->table.setRelaxed(makeTable(type, 0));
    map->growthLeft = kSlots;
  }
  char* slot = find(type, Table(map->table.relaxed()), hash, key);
  if (slot) {
    key.update(type, slot);
  } else {
    slot = claim(type, Table(map->table.relaxed()), hash, map->growthLeft);
    if (!slot) {
      grow(type, *map);
      slot = claim(type, Table(map->table.relaxed()), hash, map->growthLeft);
      if (!slot) sched::fatal("concurrent map writes");
    }
    key.store(type, slot);
    if (type.flags & kIndirectElement) {
      *reinterpret_cast<abi::Slot<void>*>(slot + type.elementOffset) = newObject(*type.element);
    }
    map->count++;
  }
  endWrite(*map);
  return element(type, slot);
}

template <typename Key>
void remove(const abi::MapType& type, Map* map, const Key& key) {
  if (!map || map->count == 0) return checkKey(type, key);
  uint64_t hash = key.hash(type, map->seed);
  beginWrite(*map);
  Table table(map->table.relaxed());
  char* slot = find(type, table, hash, key);
  if (slot) {
    sched::beforeWrite(slot, static_cast<size_t>(type.slotSize));
    std::memset(slot, 0, static_cast<size_t>(type.slotSize));
    size_t offset = static_cast<size_t>(slot - table.groups);
    size_t groupSize = static_cast<size_t>(type.groupSize);
    Group& group = table.group(type, static_cast<uint32_t>(offset / groupSize));
    uint32_t i = static_cast<uint32_t>((offset % groupSize - sizeof(Group)) / static_cast<size_t>(type.slotSize));
    bool canBeEmpty = table.mask == 0 || emptySlots(group.control);
    group.setControl(i, canBeEmpty ? kEmpty : kDeleted);
    if (canBeEmpty) map->growthLeft++;
    map->count--;
  }
  endWrite(*map);
}

const void* orZero(const abi::MapType& type, const void* value) {
  static const uint64_t kZeros[128] = {};
  if (value) return value;
  return type.element->size <= sizeof kZeros ? kZeros : newObject(*type.element);
}

}  // namespace

Map* makeMap(const abi::MapType& type, int64_t hint) {
  Map* map = static_cast<Map*>(newObject(kMapObject));
  map->seed = sched::self().nextRandom();
  // A table for up to eight entries is made when the first comes; a hint beyond memory is no hint.
  if (hint > kSlots && static_cast<uint64_t>(hint) < (uint64_t{1} << 32) / (type.slotSize + 1)) {
    uint32_t groups = static_cast<uint32_t>((hint + kSlots - 2) / (kSlots - 1));
    uint32_t logGroups = groups <= 1 ? 1 : 32 - static_cast<uint32_t>(__builtin_clz(groups - 1));
    map->table.setRelaxed(makeTable(type, logGroups));
    map->growthLeft = slotsToFill(uint32_t{1} << logGroups);
  }
  return map;
}

void* mapAccess2(const abi::MapType& type, Map* map, const void* key) { return access(type, map, AnyKey{key}); }
void* mapAssign(const abi::MapType& type, Map* map, const void* key) { return assign(type, map, AnyKey{key}); }
void mapDelete(const abi::MapType& type, Map* map, const void* key) { remove(type, map, AnyKey{key}); }
const void* mapAccess1(const abi::MapType& type, Map* map, const void* key) {
  return orZero(type, mapAccess2(type, map, key));
}

void* mapAccess2(const abi::MapType& type, Map* map, uint64_t key) { return access(type, map, numberKey(type, key)); }
void* mapAssign(const abi::MapType& type, Map* map, uint64_t key) { return assign(type, map, numberKey(type, key)); }
void mapDelete(const abi::MapType& type, Map* map, uint64_t key) { remove(type, map, numberKey(type, key)); }
const void* mapAccess1(const abi::MapType& type, Map* map, uint64_t key) {
  return orZero(type, mapAccess2(type, map, key));
}

void* mapAccess2(const abi::MapType& type, Map* map, abi::StringAbi key) { return access(type, map, StringKey{key}); }
void* mapAssign(const abi::MapType& type, Map* map, abi::StringAbi key) { return assign(type, map, StringKey{key}); }
void mapDelete(const abi::MapType& type, Map* map, abi::StringAbi key) { remove(type, map, StringKey{key}); }
const void* mapAccess1(const abi::MapType& type, Map* map, abi::StringAbi key) {
  return orZero(type, mapAccess2(type, map, key));
}

void mapClear(const abi::MapType& type, Map* map) {
  if (!map || (map->count == 0 && !map->table.relaxed())) return;
  beginWrite(*map);
  Table table(map->table.relaxed());
  size_t bytes = static_cast<size_t>(type.groupSize) * (size_t{table.mask} + 1);
  sched::beforeWrite(table.groups, bytes);
  std::memset(table.groups, 0, bytes);
  for (uint32_t i = 0; i <= table.mask; i++) table.group(type, i).control = kAllEmpty;
  map->growthLeft = slotsToFill(table.mask + 1);
  map->count = 0;
  map->clears++;
  map->seed = sched::self().nextRandom();
  endWrite(*map);
}

// ---- iterating

namespace {

struct Iteration {
  abi::Slot<void> key, value;  // as in abi::MapIterator
  abi::Slot<const abi::MapType> type;
  abi::Slot<Map> map;
  uint64_t table;   // the map's when the iteration began
  uint64_t offset;  // of the slot that comes first
  uint64_t done;    // slots looked at
  uint32_t clears;
};
static_assert(sizeof(Iteration) <= sizeof(abi::MapIterator));

Iteration& iterationOf(abi::MapIterator& iterator) { return reinterpret_cast<Iteration&>(iterator); }

}  // namespace

void mapIterStart(const abi::MapType& type, Map* map, abi::MapIterator& iterator) {
  sched::beforeWrite(&iterator, sizeof iterator);
  std::memset(static_cast<void*>(&iterator), 0, sizeof iterator);
  if (!map || map->count == 0) return;
  Iteration& iteration = iterationOf(iterator);
  iteration.type = &type;
  iteration.map = map;
  iteration.table = map->table.relaxed();
  iteration.offset = sched::self().nextRandom();
  iteration.clears = map->clears;
  mapIterNext(iterator);
}

void mapIterNext(abi::MapIterator& iterator) {
  Iteration& iteration = iterationOf(iterator);
  sched::beforeWrite(&iterator, 2 * sizeof(iteration.key));
  const abi::MapType& type = *iteration.type;
  Map& map = *iteration.map;
  if (map.writing.relaxed()) sched::fatal("concurrent map iteration and map write");
  Table table(iteration.table);
  uint64_t slots = (uint64_t{table.mask} + 1) * kSlots;
  while (iteration.done < slots) {
    uint64_t at = (iteration.offset + iteration.done) & (slots - 1);
    Group& group = table.group(type, static_cast<uint32_t>(at / kSlots));
    uint32_t i = at % kSlots;
    iteration.done++;
    if (group.control >> (i * 8) & 0x80) {  // free; are all that follow in this group?
      if (i == 0 && !fullSlots(group.control)) {
        uint64_t rest = slots - iteration.done;
        iteration.done += rest < kSlots - 1 ? rest : kSlots - 1;
      }
      continue;
    }
    char* slot = group.slot(type, i);
    AnyKey key{nullptr};
    key.address = key.stored(type, slot);
    if (map.table.relaxed() != iteration.table) {
      // The map has moved on: the key may be gone, or have another value.
      uint64_t word = map.table.relaxed();
      char* now = find(type, Table(word), key.hash(type, map.seed), key);
      if (now) {
        slot = now;
        key.address = key.stored(type, slot);
      } else if (iteration.clears != map.clears || equalValues(*type.key, key.address, key.address)) {
        continue;
      }  // else a NaN: nobody can have changed or deleted it
    }
    iteration.key = const_cast<void*>(key.address);
    iteration.value = element(type, slot);
    return;
  }
  iteration.key = nullptr;
  iteration.value = nullptr;
}

}  // namespace millrace::lang
