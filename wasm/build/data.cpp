// Chunked growth of a program's data.
#include "wasm/build/data.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/check.h"

namespace millrace::build {
namespace {

constexpr Address kChunk = 4096;

Address alignUp(Address at, uint32_t alignment) { return (at + alignment - 1) & ~(alignment - 1); }

}  // namespace

Address DataBuilder::take(Space& space, uint64_t size, uint32_t alignment) {
  ENSURE(alignment != 0 && alignment <= 16 && size < (uint64_t{1} << 31));
  Address at = alignUp(space.next, alignment);
  if (space.next == 0 || at + size > space.limit) {
    Address begin = alignUp(end(), 16);
    Address bytes = alignUp(std::max<Address>(static_cast<Address>(size), kChunk), 16);
    ENSURE(uint64_t{begin} + bytes < (uint64_t{1} << 31));
    bytes_.resize(begin + bytes - base_);
    if (!space.ranges.empty() && space.ranges.back().end == begin) {
      space.ranges.back().end = begin + bytes;
      at = alignUp(space.next, alignment);  // what was left of the last chunk is not lost
    } else {
      space.ranges.push_back({begin, begin + bytes});
      at = begin;
    }
    space.limit = begin + bytes;
  }
  space.next = at + static_cast<Address>(size);
  return at;
}

Address DataBuilder::text(std::string_view text) {
  if (text.empty()) return 0;
  auto [found, added] = texts_.try_emplace(std::string(text), 0);
  if (added) {
    found->second = constants(text.size(), 1);
    putBytes(found->second, text);
  }
  return found->second;
}

void DataBuilder::put(Address at, uint64_t value, uint32_t size) {
  ENSURE(at >= base_ && at - base_ + size <= bytes_.size());
  for (uint32_t i = 0; i < size; i++) bytes_[at - base_ + i] = static_cast<uint8_t>(value >> (8 * i));
}

void DataBuilder::putBytes(Address at, std::string_view bytes) {
  if (bytes.empty()) return;
  ENSURE(at >= base_ && at - base_ + bytes.size() <= bytes_.size());
  std::memcpy(bytes_.data() + (at - base_), bytes.data(), bytes.size());
}

void DataBuilder::putString(Address at, std::string_view text) {
  putPointer(at, this->text(text));
  put64(at + 8, text.size());
}

}  // namespace millrace::build
