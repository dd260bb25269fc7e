// Predeclared types, and the scope that holds all predeclared names. One for the whole process.
#pragma once

#include "wasm/types/object.h"

namespace millrace::types {

inline constexpr size_t kBasicKinds = static_cast<size_t>(BasicKind::UntypedNil) + 1;

enum BasicInfo : uint16_t {
  kIsBoolean = 1 << 0,
  kIsInteger = 1 << 1,
  kIsUnsigned = 1 << 2,
  kIsFloat = 1 << 3,
  kIsComplex = 1 << 4,
  kIsString = 1 << 5,
  kIsUntyped = 1 << 6,
  kIsOrdered = kIsInteger | kIsFloat | kIsString,
  kIsNumeric = kIsInteger | kIsFloat | kIsComplex,
  kIsConstType = kIsBoolean | kIsNumeric | kIsString,
};
uint16_t infoOf(BasicKind kind);

Basic* basic(BasicKind kind);
inline Basic* invalidType() { return basic(BasicKind::Invalid); }

struct BuiltinInfo {
  std::string_view name;
  uint8_t minimum;  // arguments
  bool variadic;
  bool isStatement;  // may stand alone
};
const BuiltinInfo& builtinInfo(BuiltinId id);

struct Universe {
  Arena arena;
  syntax::SymbolTable symbols;  // of all sessions: names compare as pointers
  Scope scope{nullptr};
  Package unsafePackage;
  Symbol blank, init, main, any, iota, comparable, nil;
  Basic *byteType, *runeType;        // uint8 and int32 under their other names
  Interface* anyInterface;           // what `any` stands for; printed as any
  Interface* emptyInterface;         // interface{}
  Interface* comparableInterface;    // below comparable
  Named* errorType;
  Alias* anyAlias;
  Tuple* noResults;
  Object *iotaObject, *comparableObject, *anyObject;

  Universe();
};
Universe& universe();

}  // namespace millrace::types
