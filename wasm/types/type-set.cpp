// Computing type sets, and the algebra of terms below it.
#include "wasm/types/type-set.h"

#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/owner.h"
#include "wasm/types/predicates.h"
#include "wasm/types/text.h"

namespace millrace::types {
namespace {

Arena& arenaOf(Owner* owner) { return owner != nullptr ? owner->state->arena : universe().arena; }

// Merges terms that include one another.
void normalize(TermList& list) {
  if (list.all) {
    list.terms.clear();
    return;
  }
  std::vector<Term> result;
  std::vector<bool> used(list.terms.size());
  for (size_t i = 0; i < list.terms.size(); i++) {
    if (used[i]) continue;
    Term term = list.terms[i];
    for (size_t j = i + 1; j < list.terms.size(); j++) {
      if (used[j] || disjoint(term, list.terms[j])) continue;
      if (!term.tilde && list.terms[j].tilde) term = list.terms[j];
      used[j] = true;
    }
    result.push_back(term);
  }
  list.terms = std::move(result);
}

TermList intersect(const TermList& a, const TermList& b) {
  if (a.all) return b;
  if (b.all) return a;
  TermList result;
  for (const Term& x : a.terms) {
    for (const Term& y : b.terms) {
      if (!disjoint(x, y)) result.terms.push_back(!x.tilde || y.tilde ? x : y);
    }
  }
  normalize(result);
  return result;
}

TermList listOf(const TypeSet& set) { return {set.all, {set.terms.begin(), set.terms.end()}}; }

// Is every type of `term` among those of `set`?
bool includesTerm(const TypeSet& set, const Term& term) {
  return std::any_of(set.terms.begin(), set.terms.end(), [&term](const Term& other) {
    return !disjoint(term, other) && (!term.tilde || other.tilde);
  });
}

// Collects the methods of an interface with the places where they come from.
class MethodCollector {
 public:
  MethodCollector(Checker* checker) : checker_(checker) {}

  void add(Func* method, Pos pos, bool isExplicit) {
    auto* other = static_cast<Func*>(seen_.insert(method));
    if (other == nullptr) {
      methods.push_back(method);
      positions_.push_back(pos);
      return;
    }
    if (checker_ == nullptr) return;
    Pos otherPos = positions_[indexOf(other)];
    if (isExplicit) {
      checker_->reportDuplicateMethod(method, pos, otherPos);
      return;
    }
    // Methods of embedded interfaces may overlap when they are the same; their signatures may not be complete yet.
    Checker* checker = checker_;
    checker->later([=] {
      bool overlapAllowed = !pos.known() || checker->allowsVersion(GoVersion{14});
      if (!overlapAllowed || !identical(method->type, other->type)) {
        checker->reportDuplicateMethod(method, pos, otherPos);
      }
    });
  }

  std::vector<Func*> methods;

 private:
  size_t indexOf(Func* method) {
    return static_cast<size_t>(std::find(methods.begin(), methods.end(), method) - methods.begin());
  }

  Checker* checker_;
  ObjectSet seen_;
  std::vector<Pos> positions_;
};

}  // namespace

bool includes(const Term& term, Type* type) { return identical(term.type, term.tilde ? underlying(type) : type); }

bool disjoint(const Term& a, const Term& b) {
  return !identical(b.tilde ? underlying(a.type) : a.type, a.tilde ? underlying(b.type) : b.type);
}

bool subsetOf(const TypeSet& a, const TypeSet& b) {
  if (b.isEmpty()) return a.isEmpty();
  if (b.all) return true;
  if (a.all) return false;
  return std::all_of(a.terms.begin(), a.terms.end(), [&b](const Term& term) { return includesTerm(b, term); });
}

bool equalTerms(const TypeSet& a, const TypeSet& b) { return subsetOf(a, b) && subsetOf(b, a); }

std::string termsString(const TypeSet& set) {
  if (set.all) return "𝓤";
  if (set.terms.empty()) return "∅";
  std::string out;
  for (const Term& term : set.terms) {
    if (!out.empty()) out += " | ";
    if (term.tilde) out += '~';
    out += typeStringWithPaths(term.type);
  }
  return out;
}

namespace {

constexpr size_t kFewMethods = 16;

// By the order of sortMethods(), as far as names go.
bool comesBefore(Symbol name, Symbol other, bool otherExported) {
  bool exported = syntax::isExported(name.text());
  return exported != otherExported ? exported : name.text() < other.text();
}

}  // namespace

Func* findMethod(std::span<Func* const> methods, Package* package, Symbol name, bool foldCase, int* index) {
  if (name.isBlank()) return nullptr;
  size_t from = 0;
  if (methods.size() > kFewMethods && !foldCase) {
    const bool exported = syntax::isExported(name.text());
    from = static_cast<size_t>(std::partition_point(methods.begin(), methods.end(), [&](Func* method) {
                                 return comesBefore(method->name, name, exported);
                               }) - methods.begin());
    size_t end = from;
    while (end < methods.size() && methods[end]->name == name) end++;
    methods = methods.first(end);
  }
  for (size_t i = from; i < methods.size(); i++) {
    if (sameId(methods[i], package, name, foldCase)) {
      *index = static_cast<int>(i);
      return methods[i];
    }
  }
  return nullptr;
}

void sortMethods(std::span<Func*> methods) {
  std::sort(methods.begin(), methods.end(), [](Func* a, Func* b) {
    bool exported = syntax::isExported(b->name.text());
    if (a->name != b->name) return comesBefore(a->name, b->name, exported);
    if (exported || a->package == nullptr || b->package == nullptr) return false;
    return a->package->path < b->package->path;
  });
}

TypeSet* typeSetOf(Interface* interface) {
  static TypeSet top;
  if (interface->typeSet != nullptr) return interface->typeSet;
  if (!interface->complete) return &top;
  Owner* owner = interface->owner;
  Checker* checker = owner != nullptr ? owner->checker : nullptr;
  Arena& arena = arenaOf(owner);
  // An interface that embeds itself finds this while it is being computed; the cycle is reported elsewhere.
  interface->typeSet = arena.make<TypeSet>();

  MethodCollector methods(checker);
  for (Func* method : interface->explicitMethods) methods.add(method, method->pos, true);

  TermList terms = {.all = true};
  bool comparable = false;
  for (size_t i = 0; i < interface->embeddeds.size(); i++) {
    Type* type = interface->embeddeds[i];
    Pos at = interface->embedPositions != nullptr ? interface->embedPositions[i] : Pos{};
    bool mayReport = checker != nullptr && at.known();
    TermList embedded = {.all = true};
    bool embedsComparable = false;
    Type* under = underlying(type);
    if (auto* inner = as<Interface>(under)) {
      TypeSet* set = typeSetOf(inner);
      if (mayReport && checker->isImportedConstraint(type) &&
          !checker->requireVersion(at, GoVersion{18}, {"embedding constraint interface ", type})) {
        continue;
      }
      embedsComparable = set->comparable;
      for (Func* method : set->methods) methods.add(method, at, false);
      embedded = listOf(*set);
    } else if (auto* alternatives = as<Union>(under)) {
      if (mayReport &&
          !checker->requireVersion(at, GoVersion{18}, {"embedding interface element ", under})) {
        continue;
      }
      TypeSet* set = typeSetOf(alternatives, owner, at);
      if (set == nullptr) continue;
      embedded = listOf(*set);
    } else {
      if (!isValid(under)) continue;
      if (mayReport && !checker->requireVersion(at, GoVersion{18}, {"embedding non-interface type ", type})) continue;
      embedded = {false, {{false, type}}};
    }
    terms = intersect(terms, embedded);
    comparable = comparable || embedsComparable;
    if (comparable && !terms.all) {
      std::erase_if(terms.terms, [](const Term& term) { return !isComparableType(term.type, false); });
      comparable = false;
    }
  }

  TypeSet* result = interface->typeSet;
  result->comparable = comparable;
  sortMethods(methods.methods);
  result->methods = arena.copy(methods.methods);
  result->all = terms.all;
  result->terms = arena.copy(std::span<const Term>(terms.terms.data(), terms.terms.size()));
  return result;
}

namespace {

TypeSet tooManyTerms;

}  // namespace

TypeSet* typeSetOf(Union* type, Owner* owner, Pos pos) {
  if (type->typeSet != nullptr) return type->typeSet == &tooManyTerms ? nullptr : type->typeSet;
  Arena& arena = arenaOf(owner);
  type->typeSet = arena.make<TypeSet>(TypeSet{.all = false});
  TermList all;
  for (Term* term : type->terms) {
    Type* under = underlying(term->type);
    if (auto* interface = as<Interface>(under)) {
      TypeSet* set = typeSetOf(interface);
      all.all = all.all || set->all;
      all.terms.insert(all.terms.end(), set->terms.begin(), set->terms.end());
    } else if (isValid(under)) {
      // ~T for a T that is not its own underlying type has no types (and an error was reported).
      if (!term->tilde || identical(term->type, under)) all.terms.push_back(*term);
    }
    normalize(all);
    if (all.terms.size() > kMaxTerms) {
      if (owner != nullptr && owner->checker != nullptr) owner->checker->reportTooManyTerms(pos);
      type->typeSet = &tooManyTerms;
      return nullptr;
    }
  }
  type->typeSet->all = all.all;
  type->typeSet->terms = arena.copy(std::span<const Term>(all.terms.data(), all.terms.size()));
  return type->typeSet;
}

bool isComparableSet(const TypeSet& set) {
  if (set.all) return set.comparable;
  return set.hasTerms() && std::all_of(set.terms.begin(), set.terms.end(),
                                       [](const Term& term) { return isComparableType(term.type, false); });
}

std::span<Func*> allMethods(Interface* interface) { return typeSetOf(interface)->methods; }

}  // namespace millrace::types
