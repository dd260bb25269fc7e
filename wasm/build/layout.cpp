// Layouts by recursion over types, and the table of identical types.
#include "wasm/build/layout.h"

#include "runtime/base/check.h"

namespace millrace::build {

using namespace types;

namespace {

Leaf pointerLeaf(uint32_t offset) { return {ValueType::I32, Op::I32Load, Op::I64Store, offset, true}; }
Leaf wordLeaf(uint32_t offset) { return {ValueType::I64, Op::I64Load, Op::I64Store, offset, false}; }

}  // namespace

Leaf scalarLeaf(BasicKind kind) {
  using enum BasicKind;
  switch (kind) {
    case Bool: case UntypedBool: case Uint8: return {ValueType::I32, Op::I32Load8U, Op::I32Store8, 0, false};
    case Int8: return {ValueType::I32, Op::I32Load8S, Op::I32Store8, 0, false};
    case Int16: return {ValueType::I32, Op::I32Load16S, Op::I32Store16, 0, false};
    case Uint16: return {ValueType::I32, Op::I32Load16U, Op::I32Store16, 0, false};
    case Int32: case Uint32: case UntypedRune: return {ValueType::I32, Op::I32Load, Op::I32Store, 0, false};
    case Int: case Uint: case Int64: case Uint64: case Uintptr: case UntypedInt: return wordLeaf(0);
    case Float32: return {ValueType::F32, Op::F32Load, Op::F32Store, 0, false};
    case Float64: case UntypedFloat: return {ValueType::F64, Op::F64Load, Op::F64Store, 0, false};
    case UnsafePointer: case UntypedNil: return pointerLeaf(0);
    default: UNREACHABLE();
  }
}

uint32_t TypeTable::idOf(Type* type) {
  if (auto found = byAddress_.find(type); found != byAddress_.end()) return found->second;
  uint64_t hash = hashType(type);
  auto [first, last] = byHash_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    if (identical(entries_[at->second].type, type)) return byAddress_[type] = at->second;
  }
  auto id = static_cast<uint32_t>(entries_.size());
  entries_.push_back({type, nullptr});
  byHash_.emplace(hash, id);
  return byAddress_[type] = id;
}

const Layout& TypeTable::layoutOf(Type* type) {
  uint32_t id = idOf(type);
  if (entries_[id].layout == nullptr) {
    Layout* layout = computeLayout(type);
    entries_[id].layout = layout;
  }
  return *entries_[id].layout;
}

Layout* TypeTable::computeLayout(Type* type) {
  auto* layout = arena_.make<Layout>();
  layout->size = static_cast<uint64_t>(sizeOf(type));
  layout->alignment = static_cast<uint32_t>(alignOf(type));
  std::vector<Leaf> leaves;
  layout->inMemory = !appendLeaves(type, 0, leaves);
  if (!layout->inMemory) layout->leaves = arena_.copy(leaves);
  // Only as much of the pointer map as is needed to know where it ends: large arrays are not expanded.
  std::vector<bool> map;
  if (auto* array = under<Array>(type)) {
    const Layout& element = layoutOf(array->element);
    if (array->length > 0 && element.pointerBytes != 0) {
      layout->pointerBytes = element.size * static_cast<uint64_t>(array->length - 1) + element.pointerBytes;
    }
  } else if (auto* fields = under<Struct>(type)) {
    for (size_t i = 0; i < fields->fields.size(); i++) {
      const Layout& field = layoutOf(fields->fields[i]->type);
      if (field.pointerBytes != 0) {
        layout->pointerBytes = static_cast<uint64_t>(fieldOffset(fields, i)) + field.pointerBytes;
      }
    }
  } else {
    markPointers(type, 0, map);
    layout->pointerBytes = map.size() * 8;
  }
  return layout;
}

// False: too many leaves, or an array that is indexed.
bool TypeTable::appendLeaves(Type* type, uint32_t offset, std::vector<Leaf>& leaves) {
  auto push = [&](Leaf leaf) {
    leaf.offset += offset;
    leaves.push_back(leaf);
  };
  Type* u = underlying(type);
  switch (u->kind) {
    case TypeKind::Basic: {
      auto kind = static_cast<Basic*>(u)->basic;
      if (kind == BasicKind::String || kind == BasicKind::UntypedString) {
        push(pointerLeaf(0)), push(wordLeaf(8));
      } else if (kind == BasicKind::Complex64) {
        push(scalarLeaf(BasicKind::Float32));
        push({ValueType::F32, Op::F32Load, Op::F32Store, 4, false});
      } else if (kind == BasicKind::Complex128 || kind == BasicKind::UntypedComplex) {
        push(scalarLeaf(BasicKind::Float64));
        push({ValueType::F64, Op::F64Load, Op::F64Store, 8, false});
      } else {
        push(scalarLeaf(kind));
      }
      break;
    }
    case TypeKind::Pointer: case TypeKind::Map: case TypeKind::Chan: case TypeKind::Signature: push(pointerLeaf(0)); break;
    case TypeKind::Slice: push(pointerLeaf(0)), push(wordLeaf(8)), push(wordLeaf(16)); break;
    case TypeKind::Interface: push(pointerLeaf(0)), push(pointerLeaf(8)); break;
    case TypeKind::Array: {
      auto* array = static_cast<Array*>(u);
      if (array->length > 1) return false;
      if (array->length == 1 && !appendLeaves(array->element, offset, leaves)) return false;
      break;
    }
    case TypeKind::Struct: {
      auto* fields = static_cast<Struct*>(u);
      for (size_t i = 0; i < fields->fields.size(); i++) {
        auto at = offset + static_cast<uint32_t>(fieldOffset(fields, i));
        if (!appendLeaves(fields->fields[i]->type, at, leaves) || leaves.size() > kMaxLeaves) return false;
      }
      break;
    }
    case TypeKind::Tuple:  // the results of a call: never in memory as a whole
    default: UNREACHABLE();
  }
  return leaves.size() <= kMaxLeaves;
}

void TypeTable::markPointers(Type* type, uint64_t offset, std::vector<bool>& map) {
  const auto mark = [&](uint64_t at) {
    ENSURE(at % 8 == 0);
    if (map.size() <= at / 8) map.resize(at / 8 + 1);
    map[at / 8] = true;
  };
  Type* u = underlying(type);
  switch (u->kind) {
    case TypeKind::Basic: {
      auto kind = static_cast<Basic*>(u)->basic;
      if (kind == BasicKind::String || kind == BasicKind::UntypedString || kind == BasicKind::UnsafePointer ||
          kind == BasicKind::UntypedNil) {
        mark(offset);
      }
      break;
    }
    case TypeKind::Pointer: case TypeKind::Map: case TypeKind::Chan: case TypeKind::Signature: case TypeKind::Slice:
      mark(offset);
      break;
    case TypeKind::Interface: mark(offset), mark(offset + 8); break;
    case TypeKind::Array: {
      auto* array = static_cast<Array*>(u);
      const Layout& element = layoutOf(array->element);
      if (element.pointerBytes == 0) break;
      for (int64_t i = 0; i < array->length; i++) {
        markPointers(array->element, offset + element.size * static_cast<uint64_t>(i), map);
      }
      break;
    }
    case TypeKind::Struct: {
      auto* fields = static_cast<Struct*>(u);
      for (size_t i = 0; i < fields->fields.size(); i++) {
        markPointers(fields->fields[i]->type, offset + static_cast<uint64_t>(fieldOffset(fields, i)), map);
      }
      break;
    }
    default: UNREACHABLE();
  }
}

std::vector<bool> TypeTable::pointerMap(Type* type) {
  std::vector<bool> map;
  markPointers(type, 0, map);
  return map;
}

}  // namespace millrace::build
