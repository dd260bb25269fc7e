// How values of a Go type lie in memory and in WebAssembly locals.
//
// A value is either *in registers*: a few scalar leaves, each a local (a string is two, a slice three, a small struct its
// fields' leaves one after the other), or *in memory*: the address of an object that holds it. Arrays of two or more
// elements and structs of many leaves are in memory. A value in memory is never changed once it is a value: whoever
// makes a variable of it copies.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "wasm/ir/make.h"
#include "wasm/types/check.h"

namespace millrace::build {

using ir::Op;
using ir::ValueType;
using types::Type;

// One scalar of a value, at an offset in memory.
struct Leaf {
  ValueType type;
  Op load, store;
  uint32_t offset;
  bool isPointer;  // the collector follows it
};

struct Layout {
  uint64_t size;
  uint32_t alignment;
  bool inMemory;
  std::span<const Leaf> leaves;  // in registers only
  uint64_t pointerBytes;         // length of the prefix that can hold pointers; 0: none
};

// Most leaves of a value in registers. Eight holds every header Go has (slice, interface, complex, time.Time,
// reflect.Value) and the usual small struct; what is larger copies faster as memory.
inline constexpr size_t kMaxLeaves = 8;

// Types as the program has them: no type parameters, one entry for all identical ones.
class TypeTable {
 public:
  explicit TypeTable(Arena& arena) : arena_(arena) {}

  // A number for the identity class of `type`: equal for identical types.
  uint32_t idOf(Type* type);
  Type* typeOf(uint32_t id) const { return entries_[id].type; }
  size_t size() const { return entries_.size(); }

  const Layout& layoutOf(Type* type);
  // Which 8-byte slots of the type hold pointers; as long as pointerBytes says.
  std::vector<bool> pointerMap(Type* type);

 private:
  struct Entry {
    Type* type;
    Layout* layout;
  };

  Layout* computeLayout(Type* type);
  bool appendLeaves(Type* type, uint32_t offset, std::vector<Leaf>& leaves);
  void markPointers(Type* type, uint64_t offset, std::vector<bool>& map);

  Arena& arena_;
  std::vector<Entry> entries_;
  std::unordered_map<Type*, uint32_t> byAddress_;
  std::unordered_multimap<uint64_t, uint32_t> byHash_;
};

// The scalar leaf of a basic type other than strings and complex numbers, at offset 0.
Leaf scalarLeaf(types::BasicKind kind);

}  // namespace millrace::build
