// Channels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

namespace millrace {

class Select;

namespace detail {

// A channel of values of so many bytes that can be copied as bytes.
struct ChanCore;
ChanCore* makeChan(uint32_t elementBytes, size_t capacity);
void freeChan(ChanCore* chan);
void send(ChanCore* chan, const void* value);
bool trySend(ChanCore* chan, const void* value);
enum class Came : uint32_t { Value, Closed, Nothing };
Came receive(ChanCore* chan, void* into);
Came tryReceive(ChanCore* chan, void* into);
void close(ChanCore* chan);
size_t length(ChanCore* chan);
size_t capacity(ChanCore* chan);

// How a T travels: as its bytes if it can be copied so, else as the address of one.
template <typename T>
struct Travelling {
  static constexpr bool kAsBytes = std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T> && sizeof(T) <= 4096;
  using Type = std::conditional_t<kAsBytes, T, T*>;

  // In a cell: memory for a Type.
  static void put(void* cell, T&& value) {
    if constexpr (kAsBytes) new (cell) T(std::move(value));
    else new (cell) Type(new T(std::move(value)));
  }
  static T take(void* cell) {
    if constexpr (kAsBytes) return *std::launder(static_cast<T*>(cell));
    else return std::move(*std::unique_ptr<T>(*std::launder(static_cast<Type*>(cell))));
  }
};

template <typename T>
struct Cell {
  alignas(typename Travelling<T>::Type) unsigned char bytes[sizeof(typename Travelling<T>::Type)];
};

}  // namespace detail

// A channel, or nil. Copies are the same channel, which lasts as long as any of them. Every operation may be called by any
// goroutine at any time (those of one Chan object too, as long as nobody assigns to it).
//
// T must be movable. It is copied as bytes if that is allowed and it has at most 4 KiB; else it lies in memory of its own on
// its way.
template <typename T>
class Chan {
 public:
  // Nil: whoever sends or receives waits for ever; in a Select the case is never chosen.
  Chan() = default;

  // Waits until the value has been received or lies in the buffer. The channel must not be closed, now or meanwhile.
  void send(T value) const {
    detail::Cell<T> cell;
    detail::Travelling<T>::put(cell.bytes, std::move(value));
    detail::send(core(), cell.bytes);
  }
  // As send if that need not wait; false: it would have to, and `value` is as it was.
  [[nodiscard]] bool trySend(T& value) const {
    detail::Cell<T> cell;
    detail::Travelling<T>::put(cell.bytes, std::move(value));
    if (detail::trySend(core(), cell.bytes)) return true;
    value = detail::Travelling<T>::take(cell.bytes);
    return false;
  }
  [[nodiscard]] bool trySend(T&& value) const { return trySend(value); }

  // Waits for a value. None: the channel is closed and everything that was sent has been received.
  std::optional<T> receive() const {
    detail::Cell<T> cell;
    if (detail::receive(core(), cell.bytes) != detail::Came::Value) return std::nullopt;
    return detail::Travelling<T>::take(cell.bytes);
  }
  // As receive if that need not wait; none: it would have to, or (which `closed` tells) the channel is closed.
  std::optional<T> tryReceive(bool* closed = nullptr) const {
    detail::Cell<T> cell;
    detail::Came came = detail::tryReceive(core(), cell.bytes);
    if (closed) *closed = came == detail::Came::Closed;
    if (came != detail::Came::Value) return std::nullopt;
    return detail::Travelling<T>::take(cell.bytes);
  }

  // No more values come. Neither nil nor a closed channel can be closed.
  void close() const { detail::close(core()); }

  // Values in the buffer, and how many it has room for. 0 for nil.
  size_t size() const { return detail::length(core()); }
  size_t capacity() const { return detail::capacity(core()); }

  explicit operator bool() const { return shared_ != nullptr; }
  bool operator==(const Chan& other) const { return shared_ == other.shared_; }

  // for (T& value : chan): receives until the channel is closed.
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = T*;
    using reference = T&;

    Iterator() = default;
    explicit Iterator(const Chan& chan) : chan_(&chan) { ++*this; }
    T& operator*() { return *value_; }
    Iterator& operator++() {
      // Not assigned: T need be movable, no more.
      value_.reset();
      if (std::optional<T> next = chan_->receive()) value_.emplace(std::move(*next));
      return *this;
    }
    bool operator==(const Iterator& other) const { return value_.has_value() == other.value_.has_value(); }

   private:
    const Chan* chan_ = nullptr;
    std::optional<T> value_;
  };
  Iterator begin() const { return Iterator(*this); }
  Iterator end() const { return Iterator(); }

 private:
  template <typename U>
  friend Chan<U> makeChan(size_t capacity);
  friend class Select;

  detail::ChanCore* core() const { return shared_.get(); }

  static void drop(detail::ChanCore* core) {
    if constexpr (!detail::Travelling<T>::kAsBytes) {
      detail::Cell<T> cell;
      while (detail::length(core) > 0 && detail::tryReceive(core, cell.bytes) == detail::Came::Value) {
        detail::Travelling<T>::take(cell.bytes);
      }
    }
    detail::freeChan(core);
  }

  std::shared_ptr<detail::ChanCore> shared_;
};

// A channel with room for `capacity` values: senders wait only when it is full. With 0 they wait for a receiver each time.
template <typename T>
[[nodiscard]] Chan<T> makeChan(size_t capacity = 0) {
  Chan<T> chan;
  chan.shared_.reset(detail::makeChan(sizeof(typename detail::Travelling<T>::Type), capacity), &Chan<T>::drop);
  return chan;
}

}  // namespace millrace
