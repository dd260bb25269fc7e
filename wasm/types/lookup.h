// Finding fields and methods, promoted ones too.
#pragma once

#include <vector>

#include "wasm/types/object.h"

namespace millrace::types {

struct Lookup {
  Object* object = nullptr;  // a Var or Func; null: not found
  // Indices of embedded fields on the way, then of the field or method. Set, without an object: the name is ambiguous.
  std::vector<int> path;
  // A pointer was followed. Set, without an object: the method has a pointer receiver and cannot be called here.
  bool indirect = false;
};

Lookup findFieldOrMethod(Type* type, bool addressable, Package* package, Symbol name, bool foldCase = false);
// The same without the rule that declared pointer types have no methods.
Lookup findMember(Type* type, bool addressable, Package* package, Symbol name, bool foldCase = false);

}  // namespace millrace::types
