// From addresses to objects, and what is known of them.
#include "runtime/gc/span.h"

namespace millrace::gc {

host::Atomic<Span*>* spanOfPage;

Object findObject(const void* address) {
  Span* span = spanAt(reinterpret_cast<uintptr_t>(address));
  if (!span) return {};
  uint32_t slot = span->slotOf(reinterpret_cast<uintptr_t>(address));
  if (slot >= span->count) return {};  // the unused end of the span, or its pointer bits
  size_t header = span->headers() ? kHeaderBytes : 0;
  return {span, slot, span->base + slot * span->elementBytes + header, span->elementBytes - header};
}

bool isAllocated(const Object& object) {
  uint64_t bit = uint64_t{1} << (object.slot % 64);
  uint32_t word = object.slot / 64, window = object.span->window.relaxed();
  if (window == kNoWindow || word > window) return object.span->allocated(word).relaxed() & bit;
  return word < window || !(object.span->free.relaxed() & bit);
}

bool holdsPointer(const Object& object, size_t offset) {
  Span* span = object.span;
  if (!span->hasPointers) return false;
  const abi::Type* type = span->type;
  if (span->sizeClass != 0) {
    if (!span->headers()) {
      size_t word = (object.begin - span->base + offset) / 8;
      return span->pointerBits()[word / 64] >> (word % 64) & 1;
    }
    type = *reinterpret_cast<const abi::Type**>(object.begin - kHeaderBytes);
  }
  size_t within = offset % static_cast<size_t>(type->size);
  return within < type->pointerBytes && (type->gcData.pointer[within / 64] >> (within / 8 % 8) & 1);
}

}  // namespace millrace::gc
