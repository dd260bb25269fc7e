// Writing of WebAssembly's binary format: bytes, LEB128 numbers, vectors.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace millrace::emit {

class Bytes {
 public:
  size_t size() const { return data_.size(); }
  uint8_t& operator[](size_t at) { return data_[at]; }
  const std::vector<uint8_t>& data() const { return data_; }
  std::vector<uint8_t> take() { return std::move(data_); }
  void clear() { data_.clear(); }

  void byte(uint8_t b) { data_.push_back(b); }
  void append(const Bytes& other) { data_.insert(data_.end(), other.data_.begin(), other.data_.end()); }
  void text(std::string_view s) {
    number(static_cast<uint32_t>(s.size()));
    data_.insert(data_.end(), s.begin(), s.end());
  }
  // Unsigned LEB128.
  void number(uint64_t value) {
    while (value >= 0x80) {
      byte(static_cast<uint8_t>(value) | 0x80);
      value >>= 7;
    }
    byte(static_cast<uint8_t>(value));
  }
  // Signed LEB128.
  void signedNumber(int64_t value) {
    while (value < -64 || value > 63) {
      byte(static_cast<uint8_t>(value & 0x7F) | 0x80);
      value >>= 7;
    }
    byte(static_cast<uint8_t>(value & 0x7F));
  }
  // `count` bytes, least significant first.
  void little(uint64_t value, int count) {
    for (int i = 0; i < count; i++) byte(static_cast<uint8_t>(value >> (8 * i)));
  }

 private:
  std::vector<uint8_t> data_;
};

}  // namespace millrace::emit
