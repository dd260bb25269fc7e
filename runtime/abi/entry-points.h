// The table of entry points as data: for the compiler, which emits calls to them, and for tests.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace millrace::abi {

enum EntryFlags : uint8_t { kPlain = 0, kParks = 1, kPanics = 2, kNoReturn = 4 };

enum class Entry : uint16_t {
#define ENTRY(name, signature, flags) name,
#include "runtime/abi/entry-points.def"
#undef ENTRY
};

struct EntryPoint {
  std::string_view name;       // as exported: "rt_" and the entry's name
  std::string_view signature;  // see entry-points.def
  uint8_t flags;
};

inline constexpr EntryPoint kEntryPoints[] = {
#define ENTRY(name, signature, flags) {"rt_" #name, signature, flags},
#include "runtime/abi/entry-points.def"
#undef ENTRY
};

constexpr const EntryPoint& entryPoint(Entry entry) { return kEntryPoints[static_cast<size_t>(entry)]; }

}  // namespace millrace::abi
