// What a name stands for: package, constant, type, variable, function, label, builtin, nil. And scopes that hold them.
#pragma once

#include <unordered_map>
#include <vector>

#include "wasm/types/constant.h"
#include "wasm/types/type.h"

namespace millrace::types {

enum class ObjectKind : uint8_t { PkgName, Const, TypeName, Var, Func, Label, Builtin, Nil };

struct Scope;

struct Object {
  ObjectKind kind;
  Pos pos;  // of the name in its declaration; unknown for universe objects
  Symbol name;
  Type* type;
  Package* package;  // null: universe
  Scope* parent;     // null: fields, methods
};

template <typename T>
T* as(Object* object) {
  return object != nullptr && object->kind == T::kKind ? static_cast<T*>(object) : nullptr;
}

struct PkgName : Object {
  static constexpr ObjectKind kKind = ObjectKind::PkgName;
  Package* imported;
};

struct Const : Object {
  static constexpr ObjectKind kKind = ObjectKind::Const;
  const Constant* value;
};

struct TypeName : Object {
  static constexpr ObjectKind kKind = ObjectKind::TypeName;
  bool isAlias;
};

enum class VarRole : uint8_t { Package, Local, Parameter, Result, Receiver, Field };

struct Var : Object {
  static constexpr ObjectKind kKind = ObjectKind::Var;
  VarRole role;
  bool embedded;  // Field only
  Var* origin;    // the generic declaration's field or parameter; itself when there is none
};

struct Func : Object {  // a function, or a concrete or interface method
  static constexpr ObjectKind kKind = ObjectKind::Func;
  const syntax::FuncDecl* decl;  // of the origin; null: interface method
  const syntax::File* file;      // where decl stands
  Func* origin;                  // the generic declaration; itself when there is none

  Signature* signature() const { return static_cast<Signature*>(type); }
};

struct Label : Object {
  static constexpr ObjectKind kKind = ObjectKind::Label;
};

enum class BuiltinId : uint8_t {
  Append, Cap, Clear, Close, Complex, Copy, Delete, Imag, Len, Make, Max, Min, New, Panic, Print, Println, Real, Recover,
  // package unsafe
  Add, Alignof, Offsetof, Sizeof, Slice, SliceData, String, StringData,
};

struct Builtin : Object {
  static constexpr ObjectKind kKind = ObjectKind::Builtin;
  BuiltinId id;
};

struct Nil : Object {
  static constexpr ObjectKind kKind = ObjectKind::Nil;
};

struct Scope {
  Scope* outer;
  std::unordered_map<Symbol, Object*> names;

  Object* lookup(Symbol name) const;  // here only; null: none
};

struct Package {
  std::string_view path;  // import path; "main" for the program, as Go's messages and symbols have it
  Symbol name;
  Scope* scope;
  std::span<Package*> imports;  // direct, sorted by path
  bool complete;                // checked without errors
};

}  // namespace millrace::types
