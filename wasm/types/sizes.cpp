// Sizes, alignments and offsets as Go has them on wasm: words of 8 bytes.
#include <algorithm>
#include <vector>

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

}  // namespace

// What was computed about a struct, so that nested ones take no more time than they have fields. Negative: too large.
struct StructLayout {
  int64_t size, align;
  std::span<int64_t> offsets;
};

namespace {

int64_t sizeOfFields(const StructLayout& layout, std::span<Var*> fields) {
  if (fields.empty()) return 0;
  int64_t offset = layout.offsets.back(), size = sizeOf(fields.back()->type);
  if (offset < 0 || size < 0) return -1;
  // A pointer to a last field of size 0 must not point behind the struct.
  if (offset > 0 && size == 0) size = 1;
  if (__builtin_add_overflow(offset, size, &size)) return -1;
  return align(size, layout.align);
}

StructLayout computeLayout(std::span<Var*> fields, std::span<int64_t> offsets) {
  StructLayout layout = {0, 1, offsets};
  int64_t end = 0;
  for (size_t i = 0; i < fields.size(); i++) {
    int64_t alignment = alignOf(fields[i]->type), size = sizeOf(fields[i]->type);
    layout.align = std::max(layout.align, alignment);
    offsets[i] = align(end, alignment);
    if (offsets[i] < 0 || size < 0 || __builtin_add_overflow(offsets[i], size, &end)) end = -1;
  }
  layout.size = sizeOfFields(layout, fields);
  return layout;
}

// Calls f(layout of `type`).
template <typename F>
int64_t withLayout(Struct* type, F f) {
  if (type->layout == nullptr && type->arena == nullptr) {
    std::vector<int64_t> offsets(type->fields.size());
    return f(computeLayout(type->fields, offsets));
  }
  if (type->layout == nullptr) {
    auto offsets = type->arena->copy(std::vector<int64_t>(type->fields.size()));
    type->layout = type->arena->make<StructLayout>(computeLayout(type->fields, offsets));
  }
  return f(*type->layout);
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
    case TypeKind::Struct:
      return withLayout(static_cast<Struct*>(under), [](const StructLayout& layout) { return layout.size; });
    default: return kWord;
  }
}

int64_t alignOf(Type* type) {
  Type* under = underlying(type);
  switch (under->kind) {
    case TypeKind::Array: return alignOf(static_cast<Array*>(under)->element);
    case TypeKind::Struct: {
      auto* structure = static_cast<Struct*>(under);
      if (structure->fields.empty() && isAlign64(type)) return 8;
      return withLayout(structure, [](const StructLayout& layout) { return layout.align; });
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

int64_t fieldOffset(Struct* type, size_t field) {
  return withLayout(type, [field](const StructLayout& layout) { return layout.offsets[field]; });
}

}  // namespace millrace::types
