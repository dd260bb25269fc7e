// Questions about types that many rules ask.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "wasm/types/message.h"
#include "wasm/types/type-set.h"
#include "wasm/types/universe.h"

namespace millrace::types {

inline Named* asNamed(Type* type) { return as<Named>(unalias(type)); }
inline bool isValid(Type* type) { return unalias(type) != invalidType(); }

// Is the underlying type a basic type of this kind? A type parameter is not.
bool isBasic(Type* type, uint16_t info);
// The same, but of a type parameter: are all types in its type set?
bool allBasic(Type* type, uint16_t info);
bool isBasicKind(Type* type, BasicKind kind);

inline bool isBoolean(Type* t) { return isBasic(t, kIsBoolean); }
inline bool isInteger(Type* t) { return isBasic(t, kIsInteger); }
inline bool isUnsigned(Type* t) { return isBasic(t, kIsUnsigned); }
inline bool isNumeric(Type* t) { return isBasic(t, kIsNumeric); }
inline bool isString(Type* t) { return isBasic(t, kIsString); }
inline bool isComplex(Type* t) { return isBasic(t, kIsComplex); }
inline bool isConstType(Type* t) { return isBasic(t, kIsConstType); }

inline bool isUntyped(Type* type) { return !isTyped(type); }
bool isUntypedNumeric(Type* type);
bool isNonTypeParamInterface(Type* type);
bool isBytesOrRunes(Type* type);
bool isInterfacePointer(Type* type);
bool hasName(Type* type);      // a predeclared, declared or parameter type
bool isTypeLiteral(Type* type);
bool hasNil(Type* type);
bool hasEmptyTypeSet(Type* type);

// May values be compared? `dynamic`: interfaces may, whatever they hold. `cause`, when not null, is told why not.
bool isComparableType(Type* type, bool dynamic);
bool isComparableType(Type* type, bool dynamic, std::string* cause, const Naming& naming);

bool identicalIgnoringTags(Type* a, Type* b);
bool identicalOrigin(const Named* a, const Named* b);

// Equal for equal generics with identical arguments.
uint64_t hashInstance(const void* generic, std::span<Type* const> args);

// The type that an untyped value takes when nothing else is asked for.
Type* defaultType(Type* type);
// The "larger" of two untyped numeric types; null when there is none.
Type* largerUntyped(Type* a, Type* b);

// The underlying type that all types of a type parameter's set have in common (a channel type with a direction, if
// directions differ), or that of any other type. Null, and `cause` is told, when there is none, or when `condition`
// gives a reason against one of them: it is asked for each type with its underlying type, and with nulls when there are
// no specific types.
using Condition = std::function<std::string(Type* type, Type* under)>;
Type* commonUnderlying(Type* type, std::string* cause, const Naming& naming, const Condition& condition = nullptr);
inline Type* commonUnderlying(Type* type) { return commonUnderlying(type, nullptr, Naming()); }

// A pointer's base, or the type itself.
Type* dereference(Type* type, bool* isPointer = nullptr);
// The array behind a pointer to an array, or the type itself.
Type* dereferenceArray(Type* type);
// "slice", "struct", ...; empty for basic types.
std::string_view compositeKind(Type* type);

bool samePackage(const Package* a, const Package* b);
// Is `object` what `name`, written in `package`, refers to?
bool sameId(const Object* object, Package* package, Symbol name, bool foldCase = false);

int fieldIndex(Struct* type, Package* package, Symbol name, bool foldCase);

// The type parameters of what may be generic; those of an instance's origin.
std::span<TypeParam*> typeParamsOf(Type* type);

// Objects by name as Go distinguishes them: unexported ones of different packages are different.
class ObjectSet {
 public:
  // The object of this name that is there already; else null, and `object` is added.
  Object* insert(Object* object);

 private:
  static constexpr size_t kSmall = 16;
  std::vector<Object*> objects_;
  std::unordered_multimap<const char*, Object*> index_;  // once there are more than kSmall
};

// As messages show it outside of any package: all packages by path.
std::string typeStringWithPaths(Type* type);
// The same, but `package` itself is not written.
std::string typeRelativeTo(Package* package, Type* type);

}  // namespace millrace::types
