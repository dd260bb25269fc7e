// Assignability, and which types implement or satisfy which interfaces.
#include "wasm/types/checker.h"
#include "wasm/types/missing-method.h"

namespace millrace::types {

// Can x be assigned to a variable of `type`? `cause`, if not null, is told why not, where that is worth telling.
bool Checker::isAssignable(Operand& x, Type* type, std::string* cause) {
  if (!x.valid() || !isValid(type)) return true;  // reported before
  Type *from = unalias(x.type), *to = unalias(type);
  if (identical(from, to)) return true;
  Type *fromUnder = underlying(from), *toUnder = underlying(to);
  auto *fromParam = as<TypeParam>(from), *toParam = as<TypeParam>(to);
  if (isUntyped(fromUnder)) {
    auto convertible = [&](Type* t) {
      Type* ignoredType;
      const Constant* ignoredValue;
      return implicitType(x, t, &ignoredType, &ignoredValue) == Conversion::Ok;
    };
    if (toParam == nullptr) return convertible(to);
    return forEachTerm(toParam, [&](const Term* term) { return term != nullptr && convertible(term->type); });
  }
  bool named = hasName(from) && hasName(to);
  bool noParams = fromParam == nullptr && toParam == nullptr;
  if (identical(fromUnder, toUnder) && !named && noParams) return true;

  // A pointer to an interface is looked at for the sake of the message.
  if ((as<Interface>(toUnder) != nullptr && toParam == nullptr) || isInterfacePointer(toUnder)) {
    if (implements(owner_, from, to, false, cause)) return true;
    if (fromParam == nullptr) return false;
    if (cause != nullptr) cause->clear();
  }
  if (as<Interface>(fromUnder) != nullptr && fromParam == nullptr && implements(owner_, to, from, false, nullptr)) {
    if (cause != nullptr) *cause = "need type assertion";
    return false;
  }
  auto *fromChan = as<Chan>(fromUnder), *toChan = as<Chan>(toUnder);
  if (fromChan != nullptr && fromChan->direction == syntax::ChanDir::Both && toChan != nullptr &&
      identical(fromChan->element, toChan->element)) {
    return !named;
  }
  if (noParams) return false;

  auto explain = [&](Pieces pieces) {
    if (cause != nullptr) *cause = format(pieces) + (cause->empty() ? "" : "\n\t" + *cause);
    return false;
  };
  if (!hasName(from) && toParam != nullptr) {
    return forEachTerm(toParam, [&](const Term* term) {
      if (term == nullptr) return false;
      if (isAssignable(x, term->type, cause)) return true;
      return explain({"cannot assign ", x.type, " to ", term->type, " (in ", toParam, ")"});
    });
  }
  if (fromParam != nullptr && !hasName(to)) {
    Operand part = x;
    return forEachTerm(fromParam, [&](const Term* term) {
      if (term == nullptr) return false;
      part.type = term->type;
      if (isAssignable(part, to, cause)) return true;
      return explain({"cannot assign ", term->type, " (in ", fromParam, ") to ", type});
    });
  }
  return false;
}

namespace {

Naming namingOf(Owner* owner) { return owner->checker != nullptr ? owner->checker->naming() : Naming(); }

// Is `type` written somewhere in a constraint?
bool mentions(Type* constraint, Type* type) {
  if (auto* interface = as<Interface>(constraint)) {
    for (Type* embedded : interface->embeddeds) {
      if (mentions(embedded, type)) return true;
    }
    return false;
  }
  if (auto* alternatives = as<Union>(constraint)) {
    for (Term* term : alternatives->terms) {
      if (mentions(term->type, type)) return true;
    }
    return false;
  }
  return identical(constraint, type);
}

bool hasComparability(Owner* owner, Type* type, Interface* target, bool constraint, std::string* cause) {
  if (!isComparableSet(*typeSetOf(target)) || isComparableType(type, false)) return true;
  std::string_view verb = constraint ? "satisfy" : "implement";
  // From Go 1.20 on, types that are compared at run time (interfaces) satisfy comparable too.
  if (constraint && isComparableType(type, true)) {
    constexpr GoVersion kSince = {20};
    if (owner->checker == nullptr || owner->checker->allowsVersion(kSince)) return true;
    if (cause != nullptr) {
      *cause = namingOf(owner).format({type, " to ", verb, " comparable requires ", versionText(kSince), " or later"});
    }
    return false;
  }
  if (cause != nullptr) *cause = namingOf(owner).format({type, " does not ", verb, " comparable"});
  return false;
}

}  // namespace

bool implements(Owner* owner, Type* type, Type* target, bool constraint, std::string* cause) {
  Type *under = underlying(type), *targetUnder = underlying(target);
  if (!isValid(under) || !isValid(targetUnder)) return true;
  if (auto* pointer = as<Pointer>(under); pointer != nullptr && !isValid(underlying(pointer->base))) return true;
  std::string_view verb = constraint ? "satisfy" : "implement";
  auto explain = [&](Pieces pieces) {
    if (cause != nullptr) *cause = namingOf(owner).format(pieces);
    return false;
  };
  auto* interface = as<Interface>(targetUnder);
  if (interface == nullptr) {
    if (isInterfacePointer(targetUnder)) {
      return explain(
          {type, " does not ", verb, " ", target, " (type ", target, " is pointer to interface, not interface)"});
    }
    return explain({type, " does not ", verb, " ", target, " (", target, " is not an interface)"});
  }
  TypeSet* wanted = typeSetOf(interface);
  if (wanted->isAll()) return true;
  auto* own = as<Interface>(under);
  if (own != nullptr && typeSetOf(own)->isEmpty()) return true;
  if (wanted->isEmpty()) return explain({"cannot ", verb, " ", target, " (empty type set)"});
  std::string missing;
  if (!hasAllMethods(owner, type, target, true, cause != nullptr ? &missing : nullptr)) {
    return explain({type, " does not ", verb, " ", target, " ", missing});
  }
  if (wanted->hasTerms()) {
    if (own != nullptr) {
      if (!subsetOf(*typeSetOf(own), *wanted)) return explain({type, " does not ", verb, " ", target});
    } else {
      Type* almost = nullptr;  // would do if it had a ~
      bool found = false;
      for (const Term& term : wanted->terms) {
        found = found || includes(term, type);
        if (found || almost != nullptr || term.tilde || !identical(term.type, underlying(term.type))) continue;
        if (includes({true, term.type}, type)) almost = term.type;
      }
      if (!found) {
        if (almost != nullptr) {
          return explain(
              {type, " does not ", verb, " ", target, " (possibly missing ~ for ", almost, " in ", target, ")"});
        }
        if (mentions(interface, type)) {
          return explain({type, " does not ", verb, " ", target, " (", target, " mentions ", type, ", but ", type,
                          " is not in the type set of ", target, ")"});
        }
        return explain({type, " does not ", verb, " ", target, " (", type, " missing in ", termsString(*wanted), ")"});
      }
    }
  }
  return hasComparability(owner, type, interface, constraint, cause);
}

}  // namespace millrace::types
