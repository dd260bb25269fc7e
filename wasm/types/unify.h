// Unification: making two types equal by choosing types for type parameters.
//
// The problem: a call f(x) of `func f[P any](p []P)` with an x of type []int has to find P = int. Unification walks
// both types at once; where it meets a type parameter that is to be inferred, it notes what stands on the other side,
// or, if something was noted before, goes on with that.
//
// What is always true: parameters that were found equal to each other share a slot, so that what is found for one holds
// for all; a slot is empty or holds a type that unified with everything met so far.
//
// Two types need not be identical to unify:
//   Exact     they must become identical
//   otherwise a declared type also matches a type literal by its underlying type, directions of channels are ignored,
//             and an interface matches types that have its methods
//   Assign    (inexact) as for an assignment: the above holds at the top only, elements of composite types are exact
// Whether the result is good is not decided here: instantiation verifies constraints, and assignment checks arguments.
#pragma once

#include <vector>

#include "wasm/types/predicates.h"

namespace millrace::types {

enum UnifyMode : unsigned { kInexact = 0, kAssign = 1, kExact = 2 };

class Unifier {
 public:
  // `args` are the types that are known beforehand: null or missing where not. `matchInterfaces`: Go 1.21's rules,
  // which let interfaces match by their methods.
  Unifier(const std::vector<TypeParam*>& params, const std::vector<Type*>& args, bool matchInterfaces);

  bool unify(Type* x, Type* y, unsigned mode) { return unify(x, y, mode, nullptr); }

  Type* at(TypeParam* param) const { return types_[slotOf(param)]; }
  void set(TypeParam* param, Type* type) { types_[slotOf(param)] = type; }
  size_t unknowns() const;  // parameters without a type
  std::vector<Type*> inferred() const;  // null where unknown

 private:
  struct Pair {
    Interface *x, *y;
    const Pair* outer;
  };

  int slotOf(TypeParam* param) const;  // -1: not one that is to be inferred
  TypeParam* boundParam(Type* type) const;
  bool join(TypeParam* x, TypeParam* y);
  bool unify(Type* x, Type* y, unsigned mode, const Pair* pairs);
  bool unifyBound(TypeParam* param, Type* y, unsigned mode, const Pair* pairs);
  bool unifyInterfaces(Interface* x, Interface* y, const Pair* pairs);
  bool unifyMethods(Interface* x, Type* y, const Pair* pairs);
  bool unifyStructure(Type* x, Type* y, unsigned mode, const Pair* pairs);
  bool unifyVars(std::span<Var*> x, std::span<Var*> y, unsigned mode, const Pair* pairs);

  const std::vector<TypeParam*>& params_;
  std::vector<int> slots_;    // by index in params_
  std::vector<Type*> types_;  // by slot
  bool matchInterfaces_;
  int depth_ = 0;
  bool exhausted_ = false;  // the types led too deep: everything fails from then on
};

}  // namespace millrace::types
