// Words that several workers touch. Each operation says how it is ordered, and costs what it says.
//
// WebAssembly knows two kinds of access: plain ones, which never tear up to their natural size but are ordered with
// nothing, and sequentially consistent ones, which on x64 cost a locked instruction even for a store. Clang turns relaxed
// std::atomic stores into the second kind; a counter that its owner bumps on every switch must not pay for that. So
// relaxed accesses are plain there (volatile keeps the compiler from inventing or merging them), and std::atomic where
// the C++ memory model and ThreadSanitizer hold.
#pragma once

#include <atomic>
#include <cstdint>

#if defined(MILLRACE_EXPLORE)
// A build of the tests in which somebody decides before each access which thread goes on: tests/explore.
namespace millrace::explore {
void step(const void* object, bool writes);
}
#define MILLRACE_STEP(writes) ::millrace::explore::step(&value_, writes)
#else
#define MILLRACE_STEP(writes) static_cast<void>(0)
#endif

namespace millrace::host {

#if defined(MILLRACE_EXPLORE)
inline constexpr bool kExplored = true;  // who waits busily would be waited for: better not at all
#else
inline constexpr bool kExplored = false;
#endif

template <typename T>
class Atomic {
 public:
  constexpr Atomic() = default;
  constexpr explicit Atomic(T value) : value_(value) {}

  // Ordered with nothing.
  T relaxed() const {
    MILLRACE_STEP(false);
#if defined(__wasm__)
    return *const_cast<const volatile T*>(reinterpret_cast<const T*>(&value_));
#else
    return value_.load(std::memory_order_relaxed);
#endif
  }
  void setRelaxed(T value) {
    MILLRACE_STEP(true);
#if defined(__wasm__)
    *const_cast<volatile T*>(reinterpret_cast<T*>(&value_)) = value;
#else
    value_.store(value, std::memory_order_relaxed);
#endif
  }

  // All others are sequentially consistent with one another. A load costs no more than a plain one.
  T load() const { return MILLRACE_STEP(false), value_.load(); }
  void store(T value) { MILLRACE_STEP(true), value_.store(value); }
  T exchange(T value) { return MILLRACE_STEP(true), value_.exchange(value); }
  bool compareExchange(T& expected, T desired) { return MILLRACE_STEP(true), value_.compare_exchange_strong(expected, desired); }
  T fetchAdd(T value) { return MILLRACE_STEP(true), value_.fetch_add(value); }
  T fetchOr(T value) { return MILLRACE_STEP(true), value_.fetch_or(value); }
  T fetchAnd(T value) { return MILLRACE_STEP(true), value_.fetch_and(value); }

  std::atomic<T>& std() { return value_; }

 private:
  std::atomic<T> value_{};
  static_assert(sizeof(std::atomic<T>) == sizeof(T));
};

// A word of memory laid out elsewhere (Go memory, abi structs) that is touched atomically.
template <typename T>
Atomic<T>& atomicAt(T* word) {
  return *reinterpret_cast<Atomic<T>*>(word);
}

// A counter that one worker changes and all may read: no read-modify-write.
template <typename T>
class OwnedCounter {
 public:
  void add(T n) { value_.setRelaxed(value_.relaxed() + n); }
  T read() const { return value_.relaxed(); }

 private:
  Atomic<T> value_;
};

}  // namespace millrace::host
