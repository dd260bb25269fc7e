// Identifiers and strings of the program, each kept once, so that two names are equal when their pointers are.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

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
  struct Slot {
    Symbol symbol;
    uint32_t hash;
  };
  void grow();

  Arena arena_;
  std::vector<Slot> slots_;  // a power of two of them, at most half in use
  size_t count_ = 0;
};

// Does the name begin with an upper-case letter (Unicode class Lu)?
bool isExported(std::string_view name);

}  // namespace millrace::syntax

template <>
struct std::hash<millrace::syntax::Symbol> {
  size_t operator()(millrace::syntax::Symbol s) const { return std::hash<const void*>()(s.key()); }
};
