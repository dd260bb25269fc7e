// Text in a buffer on the C++ stack: all the formatting the engine needs, without the C library's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace millrace::host {

// What does not fit is dropped.
template <size_t kCapacity>
class Text {
 public:
  Text& add(std::string_view text) {
    size_t n = text.size() < kCapacity - length_ ? text.size() : kCapacity - length_;
    std::memcpy(bytes_ + length_, text.data(), n);
    length_ += n;
    return *this;
  }
  Text& addUnsigned(uint64_t value, unsigned base = 10) {
    char digits[64];
    size_t at = sizeof digits;
    do {
      digits[--at] = "0123456789abcdef"[value % base];
      value /= base;
    } while (value);
    return add({digits + at, sizeof digits - at});
  }
  Text& addSigned(int64_t value) {
    if (value < 0) add("-");
    return addUnsigned(value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value));
  }
  std::string_view view() const { return {bytes_, length_}; }
  size_t length() const { return length_; }
  void clear() { length_ = 0; }

 private:
  char bytes_[kCapacity];
  size_t length_ = 0;
};

}  // namespace millrace::host
