// A program's data: what the host copies into memory before the program runs. Addresses are final as soon as they are
// handed out, so code and data can hold them as plain numbers.
//
// Two kinds of space grow side by side, in chunks of one range of addresses: what never points into the heap, constants and
// numbers, and variables that may, which the collector scans. The ranges of the latter go into the ProgramHeader. Numbers
// among them would be taken for pointers: two 16-bit ones side by side look like an address of some megabytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace millrace::build {

using Address = uint32_t;

class DataBuilder {
 public:
  // `base` is a multiple of 16.
  explicit DataBuilder(Address base) : base_(base) {}

  Address base() const { return base_; }
  // Zeroed space.
  Address constants(uint64_t size, uint32_t alignment) { return take(plain_, size, alignment); }
  Address variables(uint64_t size, uint32_t alignment, bool hasPointers) {
    return take(hasPointers ? variables_ : plain_, size, alignment);
  }

  // The bytes of `text`, once per content; not zero-terminated. 0 for the empty text.
  Address text(std::string_view text);

  uint8_t get8(Address at) const { return bytes_[at - base_]; }
  void put8(Address at, uint8_t value) { bytes_[at - base_] = value; }
  void put16(Address at, uint16_t value) { put(at, value, 2); }
  void put32(Address at, uint32_t value) { put(at, value, 4); }
  void put64(Address at, uint64_t value) { put(at, value, 8); }
  // `size` low bytes of `value`.
  void put(Address at, uint64_t value, uint32_t size);
  void putBytes(Address at, std::string_view bytes);
  // A pointer fills a slot of eight bytes.
  void putPointer(Address at, Address target) { put64(at, target); }
  void putString(Address at, std::string_view text);

  struct Range {
    Address begin, end;
  };
  const std::vector<Range>& variableRanges() const { return variables_.ranges; }
  Address end() const { return base_ + static_cast<Address>(bytes_.size()); }
  std::vector<uint8_t> takeBytes() { return std::move(bytes_); }

 private:
  struct Space {
    Address next = 0, limit = 0;
    std::vector<Range> ranges;  // of chunks; neighbours merged
  };

  Address take(Space& space, uint64_t size, uint32_t alignment);

  Address base_;
  Space plain_, variables_;
  std::vector<uint8_t> bytes_;
  std::unordered_map<std::string, Address> texts_;
};

}  // namespace millrace::build
