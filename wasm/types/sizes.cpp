// Sizes, alignments and offsets as Go has them on wasm: words of 8 bytes.
#include <algorithm>

#include "wasm/types/predicates.h"

namespace millrace::types {
namespace {

constexpr int64_t kWord = 8;

// Rounded up to a multiple of `to`; negative when that overflows.
int64_t align(int64_t size, int64_t to) {
  int64_t sum;
  return size < 0 || __builtin_add_overflow(size, to - 1, &sum) ? -1 : sum & ~(to - 1);
}

int64_t basicSize(BasicKind kind) {
  switch (kind) {
    case BasicKind::Bool:
    case BasicKind::Int8:
    case BasicKind::Uint8: return 1;
    case BasicKind::Int16:
    case BasicKind::Uint16: return 2;
    case BasicKind::Int32:
    case BasicKind::Uint32:
    case BasicKind::Float32: return 4;
    case BasicKind::Complex128:
    case BasicKind::String: return 16;
    default: return kWord;
  }
}

// A marker in package sync/atomic that makes structs aligned to 8 bytes even where words are smaller.
bool isAlign64(Type* type) {
  Named* named = asNamed(type);
  if (named == nullptr || named->object->package == nullptr || named->object->name.text() != "align64") return false;
  std::string_view path = named->object->package->path;
  return path == "sync/atomic" || path == "internal/runtime/atomic";
}

// The offset of the field with this index; negative when it is too large.
int64_t offsetOf(std::span<Var*> fields, size_t index) {
  int64_t offset = 0;
  for (size_t i = 0;; i++) {
    offset = align(offset, alignOf(fields[i]->type));
    if (i == index || offset < 0) return offset;
    int64_t size = sizeOf(fields[i]->type);
    if (size < 0 || __builtin_add_overflow(offset, size, &offset)) return -1;
  }
}

}  // namespace

int64_t sizeOf(Type* type) {
  Type* under = underlying(type);
  switch (under->kind) {
    case TypeKind::Basic: return basicSize(static_cast<Basic*>(under)->basic);
    case TypeKind::Array: {
      auto* array = static_cast<Array*>(under);
      if (array->length <= 0) return 0;
      int64_t element = sizeOf(array->element), size;
      if (element < 0 || __builtin_mul_overflow(element, array->length, &size)) return -1;
      return size;
    }
    case TypeKind::Slice: return 3 * kWord;
    case TypeKind::Interface: return 2 * kWord;
    case TypeKind::Struct: {
      std::span<Var*> fields = static_cast<Struct*>(under)->fields;
      if (fields.empty()) return 0;
      int64_t offset = offsetOf(fields, fields.size() - 1), size = sizeOf(fields.back()->type);
      if (offset < 0 || size < 0) return -1;
      // A pointer to a last field of size 0 must not point behind the struct.
      if (offset > 0 && size == 0) size = 1;
      if (__builtin_add_overflow(offset, size, &size)) return -1;
      return align(size, alignOf(type));
    }
    default: return kWord;
  }
}

int64_t alignOf(Type* type) {
  Type* under = underlying(type);
  switch (under->kind) {
    case TypeKind::Array: return alignOf(static_cast<Array*>(under)->element);
    case TypeKind::Struct: {
      std::span<Var*> fields = static_cast<Struct*>(under)->fields;
      if (fields.empty() && isAlign64(type)) return 8;
      int64_t largest = 1;
      for (Var* field : fields) largest = std::max(largest, alignOf(field->type));
      return largest;
    }
    case TypeKind::Basic: {
      BasicKind kind = static_cast<Basic*>(under)->basic;
      int64_t size = basicSize(kind);
      if (kind == BasicKind::Complex64) return 4;
      return std::min(size, kWord);
    }
    default: return kWord;
  }
}

int64_t fieldOffset(Struct* type, size_t field) { return offsetOf(type->fields, field); }

}  // namespace millrace::types
