// Memory that lives as long as its owner: objects are made one after the other and freed all at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace millrace {

// Hands out memory from chunks. Destructors are never run, so only trivially destructible types may be made here;
// lists inside such types are spans into the same arena.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // `size` bytes at a multiple of `alignment` (a power of two, at most 16).
  void* allocate(size_t size, size_t alignment) {
    uintptr_t at = (cursor_ + alignment - 1) & ~(uintptr_t{alignment} - 1);
    if (at + size > limit_ || cursor_ == 0) [[unlikely]] return allocateSlow(size, alignment);
    cursor_ = at + size;
    return reinterpret_cast<void*>(at);
  }

  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  // A copy of `items` that lives in the arena.
  template <typename T>
  std::span<T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    T* at = static_cast<T*>(allocate(items.size_bytes(), alignof(T)));
    std::memcpy(static_cast<void*>(at), items.data(), items.size_bytes());
    return {at, items.size()};
  }
  template <typename T>
  std::span<T> copy(const std::vector<T>& items) {
    return copy(std::span<const T>(items));
  }
  std::string_view copy(std::string_view text) {
    auto bytes = copy(std::span<const char>(text.data(), text.size()));
    return {bytes.data(), bytes.size()};
  }

  // Bytes taken from the system so far.
  size_t footprint() const { return footprint_; }

 private:
  void* allocateSlow(size_t size, size_t alignment);

  static constexpr size_t kChunk = 64 * 1024;
  uintptr_t cursor_ = 0, limit_ = 0;
  size_t footprint_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
};

}  // namespace millrace
