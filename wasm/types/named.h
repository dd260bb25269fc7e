// Declared types from inside, and instances of generic ones, which come into being bit by bit.
//
// The problem: `type List[T any] struct { next *List[T] }` needs the instance List[T] while List is being declared, and
// an instance may be asked for its fields or methods at any time later, or never. So an instance is made of nothing but
// origin and arguments, and in steps, each done once when first asked for:
//
//   unpacked            its right-hand side is the origin's with arguments in place of parameters
//   underlying known    the chain of right-hand sides was followed to something that is not a declared type
//   method i expanded   method i of the origin with arguments in place of the receiver's parameters
//
// A declared type takes the same steps; its right-hand side comes from the checker.
#pragma once

#include "wasm/types/object.h"

namespace millrace::types {

struct NamedState {
  Owner* owner;
  TypeName* place = nullptr;  // of an instance: an object at the place of instantiation, for messages about cycles
  Type* rightHandSide = nullptr;  // null while it is being declared
  Type* underlying = nullptr;     // null: not known yet
  bool unpacked = false;
  bool sizeKnown = false, finite = false;  // see Checker::hasFiniteSize
  bool valid = false;                      // see Checker::checkValidType
  uint16_t height = 0;                     // once sizeKnown or valid: declared types within each other, itself included
  uint32_t onPath = 0;                     // of a declared type: how often it is in the nest that is being checked
  Func** methods = nullptr;                // of an instance: null where not expanded
  uint32_t methodCount = 0, methodCapacity = 0;
  class NameIndex* methodIndex = nullptr;  // of a declared type's methods, when there are many
};

// A new declared type; also becomes the type of `object` if that has none.
Named* newNamed(Arena& arena, Owner* owner, TypeName* object);
// A new instance; `pos` is where it was asked for.
Named* newInstance(Owner* owner, Named* generic, std::span<Type* const> args, Pos pos);

// The right-hand side of the declaration; null while it is being declared.
Type* rightHandSide(Named* named);
void setRightHandSide(Named* named, Type* type);
// The object to show in messages about cycles.
inline TypeName* placeOf(const Named* named) {
  return named->state->place != nullptr ? named->state->place : named->object;
}

size_t methodCount(const Named* named);
Func* methodAt(Named* named, size_t index);
void addMethod(Arena& arena, Named* named, Func* method);
// The declared method of this name; null: none.
Func* lookupMethod(Named* named, Package* package, Symbol name, bool foldCase, int* index);

bool hasPointerReceiver(const Func* method);

}  // namespace millrace::types
