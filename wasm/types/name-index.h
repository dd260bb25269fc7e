// Where names stand in a long list: a hash table made once, for lists that are looked through again and again.
#pragma once

#include <bit>
#include <cstring>

#include "runtime/base/arena.h"
#include "wasm/syntax/names.h"

namespace millrace::types {

class NameIndex {
 public:
  // Shorter lists are looked through faster than a table is asked.
  static constexpr size_t kWorthwhile = 16;

  // Of `count` names, nameAt(i) each. Of equal ones the first is found.
  template <typename NameAt>
  NameIndex(Arena& arena, uint32_t count, NameAt nameAt) : count_(count) {
    const uint32_t slots = std::bit_ceil(count * 2);
    mask_ = slots - 1;
    slots_ = static_cast<Slot*>(arena.allocate(slots * sizeof(Slot), alignof(Slot)));
    std::memset(static_cast<void*>(slots_), 0, slots * sizeof(Slot));
    for (uint32_t i = 0; i < count; i++) {
      syntax::Symbol name = nameAt(i);
      Slot& slot = *slotOf(name);
      if (slot.place == 0) slot = {name.key(), i + 1};
    }
  }

  uint32_t count() const { return count_; }
  int find(syntax::Symbol name) const { return static_cast<int>(slotOf(name)->place) - 1; }  // -1: not there

 private:
  struct Slot {
    const char* key;
    uint32_t place;  // plus one; 0: free
  };

  Slot* slotOf(syntax::Symbol name) const {
    auto bits = reinterpret_cast<uintptr_t>(name.key());
    size_t at = (bits >> 3 ^ bits >> 14) * 0x9e3779b1u & mask_;
    while (slots_[at].place != 0 && slots_[at].key != name.key()) at = (at + 1) & mask_;
    return &slots_[at];
  }

  uint32_t count_, mask_;
  Slot* slots_;
};

}  // namespace millrace::types
