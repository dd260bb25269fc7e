// Type sets: which types satisfy an interface.
//
// A set is described by methods that its types must have, by terms (T or ~T) of which a type must match one, and by
// whether types must be comparable. Terms are kept normalised: no term includes another.
#pragma once

#include <vector>

#include "wasm/types/object.h"

namespace millrace::types {

struct TypeSet {
  std::span<Func*> methods;     // sorted as allMethods() says
  std::span<const Term> terms;  // meaningful only unless `all`
  bool all = true;              // no restriction by terms
  bool comparable = false;      // then `all` holds: with terms, incomparable ones are dropped instead

  bool isEmpty() const { return !all && terms.empty(); }
  bool isMethodSet() const { return !comparable && all; }
  bool isAll() const { return isMethodSet() && methods.empty(); }
  bool hasTerms() const { return !all && !terms.empty(); }
};

// A union of terms while it is computed with.
struct TermList {
  bool all = false;
  std::vector<Term> terms;
};

inline constexpr size_t kMaxTerms = 100;  // more is an error, as in Go: overlap is found by comparing all pairs

bool includes(const Term& term, Type* type);
bool disjoint(const Term& a, const Term& b);
bool subsetOf(const TypeSet& a, const TypeSet& b);   // by terms only
bool equalTerms(const TypeSet& a, const TypeSet& b);
std::string termsString(const TypeSet& set);

// The type set of an interface; of one that is not complete yet: that of all types.
TypeSet* typeSetOf(Interface* interface);
// The same of a union; null: it has too many terms, which is reported at `pos`.
TypeSet* typeSetOf(Union* type, Owner* owner, Pos pos);

// Is every type of the set comparable?
bool isComparableSet(const TypeSet& set);

Func* findMethod(std::span<Func* const> methods, Package* package, Symbol name, bool foldCase, int* index);
// The order of allMethods().
void sortMethods(std::span<Func*> methods);

// Calls f(type, underlying) for each term of a type parameter's constraint until it says false; f(null, null) when
// there are no terms. For any other type: f(type, its underlying type). For ~T the underlying type is T's.
template <typename F>
bool forEachType(Type* type, F f) {
  auto* param = as<TypeParam>(unalias(type));
  if (param == nullptr) return f(type, underlying(type));
  TypeSet* set = typeSetOf(static_cast<Interface*>(underlying(param)));
  if (!set->hasTerms()) return f(static_cast<Type*>(nullptr), static_cast<Type*>(nullptr));
  for (const Term& term : set->terms) {
    if (!f(term.type, underlying(term.type))) return false;
  }
  return true;
}

// Calls f(term) for each term, until it says false; f(null) when there are none.
template <typename F>
bool forEachTerm(TypeParam* param, F f) {
  TypeSet* set = typeSetOf(static_cast<Interface*>(underlying(param)));
  if (!set->hasTerms()) return f(static_cast<const Term*>(nullptr));
  for (const Term& term : set->terms) {
    if (!f(&term)) return false;
  }
  return true;
}

}  // namespace millrace::types
