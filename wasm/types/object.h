// What a name stands for: package, constant, type, variable, function, label, builtin, nil. And scopes that hold them.
#pragma once

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
  // The checker's:
  uint32_t order = 0;      // among the package's declarations, from 1
  uint32_t pathIndex = 0;  // place on the path of objects that are being declared, plus one
  struct Declaration* declaration = nullptr;  // null once the package has been checked
};

template <typename T>
T* as(Object* object) {
  return object != nullptr && object->kind == T::kKind ? static_cast<T*>(object) : nullptr;
}

struct PkgName : Object {
  static constexpr ObjectKind kKind = ObjectKind::PkgName;
  Package* imported;
  bool used = false;  // the checker's
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
  bool embedded;      // Field only
  Var* origin;        // the generic declaration's field or parameter; itself when there is none
  bool used = false;  // the checker's
};

struct Func : Object {  // a function, or a concrete or interface method
  static constexpr ObjectKind kKind = ObjectKind::Func;
  const syntax::FuncDecl* decl;  // of the origin; null: interface method
  const syntax::File* file;      // where decl stands
  Func* origin;                  // the generic declaration; itself when there is none
  bool pointerReceiver = false;  // the checker's, until the signature is known

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

// Names and what they stand for, in the order of their declaration. Lives in an arena.
struct Scope {
  explicit Scope(Scope* outer) : outer(outer) {}

  Scope* outer;

  Object* lookup(Symbol name) const;  // here only; null: none
  std::span<Object* const> objects() const { return {objects_, size_}; }

  // Adds an object under its own name, or under the one that a dot-import gives it; it must not be there yet.
  void insert(Arena& arena, Object* object);

 private:
  void grow(Arena& arena);

  Object** objects_ = nullptr;
  uint32_t size_ = 0, capacity_ = 0;
  uint32_t* index_ = nullptr;  // open addressing, of places in objects_ plus one; null while the scope is small
};

struct Package {
  std::string_view path;  // import path; "main" for the program, as Go's messages and symbols have it
  Symbol name;
  Scope* scope;
  std::span<Package*> imports;  // direct, sorted by path
  bool complete;                // checked without errors
  bool fake = false;            // stands for one that could not be imported: what it lacks is silently missing
};

}  // namespace millrace::types
