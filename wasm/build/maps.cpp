// Maps: looking up, assigning, deleting, by the runtime's entry points for the kind of key.
#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using abi::Entry;
using types::BasicKind;
using types::TypeKind;
using types::under;

namespace {

enum class KeyKind { Memory, Fast64, Text };

// Keys that are compared as plain numbers of 4 or 8 bytes, and strings, go by value.
KeyKind keyKind(Type* key) {
  Type* u = types::underlying(key);
  if (u->kind == TypeKind::Pointer || u->kind == TypeKind::Chan) return KeyKind::Fast64;
  auto* basic = types::as<types::Basic>(u);
  if (basic == nullptr) return KeyKind::Memory;
  switch (basic->basic) {
    case BasicKind::Int: case BasicKind::Int32: case BasicKind::Int64: case BasicKind::Uint: case BasicKind::Uint32:
    case BasicKind::Uint64: case BasicKind::Uintptr: case BasicKind::UnsafePointer:
      return KeyKind::Fast64;
    case BasicKind::String: return KeyKind::Text;
    default: return KeyKind::Memory;
  }
}

}  // namespace

// The map's descriptor, the map, and the key as the entry point wants it.
std::vector<Expr*> FunctionBuilder::mapArguments(const Value& map, const Value& key) {
  auto* type = under<types::Map>(map.type);
  std::vector<Expr*> arguments = {make_.i32(static_cast<int32_t>(program_.descriptorOf(map.type))), map.leaves[0]};
  switch (keyKind(type->key)) {
    case KeyKind::Fast64:
      // Pointers are unsigned; a 32-bit key's upper half is not looked at.
      arguments.push_back(key.leaves[0]->type == ValueType::I64 ? key.leaves[0]
                                                                : make_.unary(Op::I64ExtendI32U, key.leaves[0]));
      break;
    case KeyKind::Text:
      arguments.push_back(key.leaves[0]), arguments.push_back(key.leaves[1]);
      break;
    case KeyKind::Memory:
      if (key.inMemory()) {
        arguments.push_back(addressOf({key.address, key.offset}));
      } else {
        Expr* area = stage(layoutOf(key.type).size);
        storeValue({again(area), 0}, key);
        arguments.push_back(area);
      }
      break;
  }
  return arguments;
}

Entry FunctionBuilder::mapEntry(Type* key, Entry memory, Entry fast64, Entry text) {
  switch (keyKind(key)) {
    case KeyKind::Memory: return memory;
    case KeyKind::Fast64: return fast64;
    case KeyKind::Text: return text;
  }
  UNREACHABLE();
}

std::pair<Value, Expr*> FunctionBuilder::mapLookup(const Value& map, const Value& key, bool commaOk) {
  auto* type = under<types::Map>(map.type);
  std::vector<Expr*> arguments = mapArguments(map, key);
  if (!commaOk) {
    Expr* at = callEntry(mapEntry(type->key, Entry::mapAccess1, Entry::mapAccess1Fast64, Entry::mapAccess1FastStr), arguments);
    return {settle(loadValue(type->value, {at, 0})), nullptr};
  }
  Expr* at = callEntry(mapEntry(type->key, Entry::mapAccess2, Entry::mapAccess2Fast64, Entry::mapAccess2FastStr), arguments);
  // A missing value is a zero one.
  auto zeroes = static_cast<int32_t>(program_.zeroes(layoutOf(type->value).size));
  Expr* from = hold(make_.select(again(at), again(at), make_.i32(zeroes)));
  Value value = settle(loadValue(type->value, {from, 0}));
  return {value, settle(make_.binary(Op::I32Ne, again(at), make_.i32(0)))};
}

// Where the value of `key` is, made if missing. To be used before anything else touches the map.
Pointer FunctionBuilder::mapSlot(const Value& map, const Value& key) {
  auto* type = under<types::Map>(map.type);
  Expr* at = callEntry(mapEntry(type->key, Entry::mapAssign, Entry::mapAssignFast64, Entry::mapAssignFastStr), mapArguments(map, key));
  return {at, 0};
}

void FunctionBuilder::mapDelete(const Value& map, const Value& key) {
  auto* type = under<types::Map>(map.type);
  callEntry(mapEntry(type->key, Entry::mapDelete, Entry::mapDeleteFast64, Entry::mapDeleteFastStr),
            mapArguments(map, key));
}

}  // namespace millrace::build
