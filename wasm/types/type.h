// Go's types, as the checker builds them and the IR builder reads them.
//
// Types live in the arena of a Universe or of a Session and are never freed one by one. Two types may be identical without
// being the same object: compare with identical(), or hash with hashType().
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "wasm/syntax/ast.h"

namespace millrace::types {

using syntax::Pos;
using syntax::Symbol;

struct Owner;  // who made a type: the checker's
struct Object;
struct Var;
struct Func;
struct TypeName;
struct Package;

enum class TypeKind : uint8_t {
  Basic, Named, Alias, Pointer, Slice, Array, Map, Chan, Struct, Tuple, Signature, Interface, Union, TypeParam,
};

enum class BasicKind : uint8_t {
  Invalid,
  Bool, Int, Int8, Int16, Int32, Int64, Uint, Uint8, Uint16, Uint32, Uint64, Uintptr,
  Float32, Float64, Complex64, Complex128, String, UnsafePointer,
  UntypedBool, UntypedInt, UntypedRune, UntypedFloat, UntypedComplex, UntypedString, UntypedNil,
};

struct Type {
  TypeKind kind;
};

template <typename T>
T* as(Type* type) {
  return type != nullptr && type->kind == T::kKind ? static_cast<T*>(type) : nullptr;
}

struct Basic : Type {
  static constexpr TypeKind kKind = TypeKind::Basic;
  BasicKind basic;
  std::string_view name;
};

struct Pointer : Type {
  static constexpr TypeKind kKind = TypeKind::Pointer;
  Type* base;
};

struct Slice : Type {
  static constexpr TypeKind kKind = TypeKind::Slice;
  Type* element;
};

struct Array : Type {
  static constexpr TypeKind kKind = TypeKind::Array;
  int64_t length;  // negative: unknown after an error
  Type* element;
};

struct Map : Type {
  static constexpr TypeKind kKind = TypeKind::Map;
  Type *key, *value;
};

struct Chan : Type {
  static constexpr TypeKind kKind = TypeKind::Chan;
  syntax::ChanDir direction;
  Type* element;
};

struct Struct : Type {
  static constexpr TypeKind kKind = TypeKind::Struct;
  std::span<Var*> fields;
  std::span<std::string_view> tags;  // empty, or one per field, unquoted
  // The checker's, made in `arena` (null: not kept) when first asked for.
  Arena* arena = nullptr;
  struct StructLayout* layout = nullptr;
  class NameIndex* index = nullptr;
};

// The parameters or results of a signature, or the type of a call with several results.
struct Tuple : Type {
  static constexpr TypeKind kKind = TypeKind::Tuple;
  std::span<Var*> vars;
};

struct TypeParam;

struct Signature : Type {
  static constexpr TypeKind kKind = TypeKind::Signature;
  std::span<TypeParam*> typeParams;          // of a generic function
  std::span<TypeParam*> receiverTypeParams;  // of a method of a generic type
  Var* receiver;                             // null: not a method
  Tuple *params, *results;                   // never null
  bool variadic;  // the last parameter has a slice type (or string, for append's special case)
};

// One term of a union: T or ~T.
struct Term {
  bool tilde;
  Type* type;
};

struct TypeSet;

struct Union : Type {
  static constexpr TypeKind kKind = TypeKind::Union;
  std::span<Term*> terms;
  TypeSet* typeSet = nullptr;  // the checker's
};

struct Interface : Type {
  static constexpr TypeKind kKind = TypeKind::Interface;
  std::span<Func*> explicitMethods;
  std::span<Type*> embeddeds;
  bool implicit;     // made from ~T or A|B in a constraint position
  TypeSet* typeSet;  // computed on demand; use typeSetOf()
  // The checker's:
  bool complete;              // explicit methods and embedded types are known
  const Pos* embedPositions;  // of the embedded types; null: not known
  Owner* owner;
};

// A declared type, or an instance of a generic one. An instance shares nothing with its origin but the declaration:
// underlying type and methods are substituted when first asked for.
//
// A type declared inside a generic function depends on that function's type parameters without having any of its own:
// these are its outerParams. substitute() makes an instance of it for each list of outer arguments (`origin` is then
// the declared type and outerArgs are set), so it is a type of its own per instance of the function.
struct Named : Type {
  static constexpr TypeKind kKind = TypeKind::Named;
  TypeName* object;
  Named* origin;                     // itself unless an instance
  std::span<TypeParam*> typeParams;  // of a generic type; empty for an instance
  std::span<Type*> typeArgs;         // of an instance
  std::span<TypeParam*> outerParams; // of the function around a local type, a method's receiver's first
  std::span<Type*> outerArgs;        // of an instance of a local type; as many as its origin's outerParams
  uint32_t localNumber;              // tells local types of one name apart, counted through the package; 0: not local
  struct NamedState* state;          // the checker's
  std::string_view localPlace = {}; // "F.2": of the local types in function F the second. Empty: F has no name of its own
};

struct Alias : Type {
  static constexpr TypeKind kKind = TypeKind::Alias;
  TypeName* object;
  Alias* origin;
  std::span<TypeParam*> typeParams;
  std::span<Type*> typeArgs;
  Type* from;    // right-hand side
  Type* actual;  // what it stands for: never an Alias
};

struct TypeParam : Type {
  static constexpr TypeKind kKind = TypeKind::TypeParam;
  TypeName* object;
  uint32_t index;  // in its declaration's list
  uint64_t id;     // unique; grows in order of declaration
  Type* bound;     // any type; its underlying type is the constraint interface
  Owner* owner;    // the checker's
};

// ------------------------------------------------------------------------------------------- what can be asked

Type* unalias(Type* type);
// The underlying type: never Named or Alias. Of a type parameter: its constraint interface.
Type* underlying(Type* type);
// underlying(type) as a T, or null.
template <typename T>
T* under(Type* type) {
  return as<T>(underlying(type));
}

// All methods of an interface, embedded ones too, sorted by Go's unique name (exported names first by name, then
// package path). Terms are not part of it: see typeSetOf.
std::span<Func*> allMethods(Interface* interface);
bool isComparable(Type* type);
bool isInterface(Type* type);  // and not a type parameter
bool isTypeParam(Type* type);
bool isTyped(Type* type);
bool isGeneric(Type* type);  // a generic type without type arguments

bool identical(Type* a, Type* b);
// Equal for identical types.
uint64_t hashType(Type* type);

// As in Go's messages. `qualifier` says how a package is written (empty: not at all).
std::string typeString(Type* type, std::string_view (*qualifier)(Package*, void*), void* context);
// With the package's path in front: the unambiguous form, one per identity class.
std::string typeString(Type* type);

// Sizes and offsets in bytes, those of GOARCH=wasm: int and pointers take 8, at alignments of at most 8.
int64_t sizeOf(Type* type);
int64_t alignOf(Type* type);
int64_t fieldOffset(Struct* type, size_t field);

}  // namespace millrace::types
