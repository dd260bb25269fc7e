// Arena's slow path: a new chunk, or one of its own for a large object.
#include "runtime/base/arena.h"

namespace millrace {

void* Arena::allocateSlow(size_t size, size_t alignment) {
  size_t need = size + alignment;
  size_t chunk = need > kChunk / 4 ? need : kChunk;
  chunks_.push_back(std::unique_ptr<std::byte[]>(new std::byte[chunk]));
  footprint_ += chunk;
  uintptr_t start = reinterpret_cast<uintptr_t>(chunks_.back().get());
  uintptr_t at = (start + alignment - 1) & ~(uintptr_t{alignment} - 1);
  if (chunk == kChunk || cursor_ == 0) {  // a large object leaves the current chunk in use
    cursor_ = at + size;
    limit_ = start + chunk;
  }
  return reinterpret_cast<void*>(at);
}

}  // namespace millrace
