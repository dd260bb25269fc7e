// Scopes: a list of objects, with an index as soon as there are many.
#include <cstring>

#include "wasm/types/object.h"

namespace millrace::types {
namespace {

constexpr uint32_t kSmall = 8;  // up to so many names are simply looked through

size_t slotOf(Symbol name, uint32_t mask) {
  auto bits = reinterpret_cast<uintptr_t>(name.key());
  return (bits >> 3 ^ bits >> 14) * 0x9e3779b1u & mask;
}

}  // namespace

Object* Scope::lookup(Symbol name) const {
  if (index_ == nullptr) {
    for (uint32_t i = 0; i < size_; i++) {
      if (objects_[i]->name == name) return objects_[i];
    }
    return nullptr;
  }
  uint32_t mask = capacity_ * 2 - 1;
  for (size_t slot = slotOf(name, mask); index_[slot] != 0; slot = (slot + 1) & mask) {
    if (Object* object = objects_[index_[slot] - 1]; object->name == name) return object;
  }
  return nullptr;
}

// Makes room for twice as many; the index always has twice as many places as there is room for objects.
void Scope::grow(Arena& arena) {
  uint32_t capacity = capacity_ == 0 ? 4 : capacity_ * 2;
  auto** objects = static_cast<Object**>(arena.allocate(capacity * sizeof(Object*), alignof(Object*)));
  if (size_ != 0) std::memcpy(objects, objects_, size_ * sizeof(Object*));
  objects_ = objects;
  capacity_ = capacity;
  if (capacity <= kSmall) return;
  uint32_t mask = capacity * 2 - 1;
  index_ = static_cast<uint32_t*>(arena.allocate(capacity * 2 * sizeof(uint32_t), alignof(uint32_t)));
  std::memset(index_, 0, capacity * 2 * sizeof(uint32_t));
  for (uint32_t i = 0; i < size_; i++) {
    size_t slot = slotOf(objects_[i]->name, mask);
    while (index_[slot] != 0) slot = (slot + 1) & mask;
    index_[slot] = i + 1;
  }
}

void Scope::insert(Arena& arena, Object* object) {
  if (size_ == capacity_) grow(arena);
  objects_[size_++] = object;
  if (index_ != nullptr) {
    uint32_t mask = capacity_ * 2 - 1;
    size_t slot = slotOf(object->name, mask);
    while (index_[slot] != 0) slot = (slot + 1) & mask;
    index_[slot] = size_;
  }
  if (object->parent == nullptr) object->parent = this;
}

}  // namespace millrace::types
