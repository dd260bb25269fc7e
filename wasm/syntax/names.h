// Identifiers and strings of the program, each kept once, so that two names are equal when their pointers are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "runtime/base/arena.h"

namespace millrace::syntax {

// An interned string. Compare with ==; never null in a well-formed tree.
class Symbol {
 public:
  Symbol() = default;
  std::string_view text() const { return {data_, size_}; }
  bool empty() const { return size_ == 0; }
  bool isBlank() const { return size_ == 1 && data_[0] == '_'; }
  const char* key() const { return data_; }  // for hashing; equal for equal symbols of one table

  friend bool operator==(Symbol a, Symbol b) { return a.data_ == b.data_; }

 private:
  friend class SymbolTable;
  Symbol(const char* data, uint32_t size) : data_(data), size_(size) {}
  const char* data_ = nullptr;
  uint32_t size_ = 0;
};

class SymbolTable {
 public:
  Symbol intern(std::string_view text);

 private:
  Arena arena_;
  std::unordered_set<std::string_view> seen_;
};

}  // namespace millrace::syntax

template <>
struct std::hash<millrace::syntax::Symbol> {
  size_t operator()(millrace::syntax::Symbol s) const { return std::hash<const void*>()(s.key()); }
};
