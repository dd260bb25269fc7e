// The table of names: open addressing, because every identifier of every file is looked up here.
#include "wasm/syntax/names.h"

#include <cstring>

#include "wasm/syntax/unicode.h"

namespace millrace::syntax {

// Mixes eight bytes at a time; names are short and need not be safe against an adversary beyond not degenerating.
static uint32_t hashOf(std::string_view text) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15;
  uint64_t hash = text.size() * kFactor;
  const char* at = text.data();
  size_t left = text.size();
  auto mix = [&](uint64_t word) {
    hash = (hash ^ word) * kFactor;
    hash ^= hash >> 32;
  };
  for (; left >= 8; at += 8, left -= 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    mix(word);
  }
  uint64_t tail = 0;
  if (left != 0) std::memcpy(&tail, at, left);
  mix(tail);
  return static_cast<uint32_t>(hash >> 16);
}

Symbol SymbolTable::intern(std::string_view text) {
  if (count_ * 2 >= slots_.size()) grow();
  const uint32_t hash = hashOf(text);
  const size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  for (; slots_[at].symbol.data_ != nullptr; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && slot.symbol.text() == text) return slot.symbol;
  }
  // One byte more than the text has: the empty name too needs an address of its own.
  char* copy = static_cast<char*>(arena_.allocate(text.size() + 1, 1));
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  Symbol symbol(copy, static_cast<uint32_t>(text.size()));
  slots_[at] = {symbol, hash};
  count_++;
  return symbol;
}

void SymbolTable::grow() {
  std::vector<Slot> old(slots_.empty() ? 1024 : slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.symbol.data_ == nullptr) continue;
    size_t at = slot.hash & mask;
    while (slots_[at].symbol.data_ != nullptr) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

bool isExported(std::string_view name) { return !name.empty() && isUpper(decodeRune(name).rune); }

}  // namespace millrace::syntax
