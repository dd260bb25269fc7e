// Which method a type lacks to have all those of an interface, and how to say so.
#include "wasm/types/missing-method.h"

#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/lookup.h"

namespace millrace::types {
namespace {

enum class Fault : uint8_t { None, NotFound, WrongName, Unexported, WrongType, Ambiguous, PointerReceiver, Field };

struct Missing {
  Fault fault = Fault::None;
  Func* wanted = nullptr;
  Func* found = nullptr;  // instead
};

void declare(Owner* owner, Func* method) {
  if (owner->checker != nullptr) owner->checker->declareObject(method);
}

// For a type that is not an interface.
Missing compareMethod(Owner* owner, Type* type, Func* wanted, const std::function<bool(Type*, Type*)>& equivalent) {
  Lookup lookup = findMember(type, false, wanted->package, wanted->name);
  if (lookup.object == nullptr) {
    if (!lookup.path.empty()) return {Fault::Ambiguous, wanted};
    if (lookup.indirect) return {Fault::PointerReceiver, wanted};
    Lookup alternative = findMember(type, false, wanted->package, wanted->name, true);
    auto* other = as<Func>(alternative.object);
    if (other == nullptr) return {Fault::NotFound, wanted};
    return {other->name == wanted->name ? Fault::Unexported : Fault::WrongName, wanted, other};
  }
  auto* method = as<Func>(lookup.object);
  if (method == nullptr) return {Fault::Field, wanted};
  declare(owner, method);
  if (!equivalent(method->type, wanted->type)) return {Fault::WrongType, wanted, method};
  return {};
}

Missing findMissing(Owner* owner, Type* type, Type* target, bool isStatic,
                    const std::function<bool(Type*, Type*)>& equivalent) {
  std::span<Func*> methods = typeSetOf(under<Interface>(target))->methods;
  auto* interface = under<Interface>(type);
  for (Func* wanted : methods) {
    if (interface == nullptr) {
      Missing missing = compareMethod(owner, type, wanted, equivalent);
      if (missing.fault != Fault::None) return missing;
      continue;
    }
    int index;
    Func* method = findMethod(typeSetOf(interface)->methods, wanted->package, wanted->name, false, &index);
    if (method == nullptr) {
      if (!isStatic) continue;  // what the interface holds may have it
      return {Fault::NotFound, wanted};
    }
    if (!equivalent(method->type, wanted->type)) return {Fault::WrongType, wanted, method};
  }
  return {};
}

std::string pointerError(const Naming& naming, Type* type) {
  bool isParam = isTypeParam(under<Pointer>(type)->base);
  return naming.format({"(type ", type, isParam ? " is pointer to type parameter, not type parameter)"
                                                : " is pointer to interface, not interface)"});
}

std::string explain(const Naming& naming, const Missing& missing, Type* type, Type* target) {
  Symbol name = missing.wanted->name;
  switch (missing.fault) {
    case Fault::None: return "";
    case Fault::NotFound:
      if (isInterfacePointer(type)) return pointerError(naming, type);
      if (isInterfacePointer(target)) return pointerError(naming, target);
      return naming.format({"(missing method ", name, ")"});
    case Fault::WrongName:
      return naming.format({"(missing method ", name, ")\n\t\thave ", naming.function(missing.found, false),
                            "\n\t\twant ", naming.function(missing.wanted, false)});
    case Fault::Unexported: return naming.format({"(unexported method ", name, ")"});
    case Fault::WrongType: {
      std::string have = naming.function(missing.found, false), want = naming.function(missing.wanted, false);
      if (have == want) {  // they differ in packages
        have = naming.function(missing.found, true);
        want = naming.function(missing.wanted, true);
      }
      if (have == want) return naming.format({"(wrong type for method ", name, ")"});
      return naming.format({"(wrong type for method ", name, ")\n\t\thave ", have, "\n\t\twant ", want});
    }
    case Fault::Ambiguous: return naming.format({"(ambiguous selector ", type, ".", name, ")"});
    case Fault::PointerReceiver: return naming.format({"(method ", name, " has pointer receiver)"});
    case Fault::Field: return naming.format({"(", type, ".", name, " is a field, not a method)"});
  }
  return "";
}

// Embedded fields that could not be typed might have had the method.
bool hasInvalidEmbedded(Type* type, std::vector<Struct*>& seen) {
  if (auto* pointer = under<Pointer>(type); pointer != nullptr && under<Struct>(pointer->base) != nullptr) {
    type = pointer->base;
  }
  auto* structure = under<Struct>(type);
  if (structure == nullptr || std::find(seen.begin(), seen.end(), structure) != seen.end()) return false;
  seen.push_back(structure);
  return std::any_of(structure->fields.begin(), structure->fields.end(), [&](Var* field) {
    return field->embedded && (!isValid(field->type) || hasInvalidEmbedded(field->type, seen));
  });
}

}  // namespace

bool hasAllMethods(Owner* owner, Type* type, Type* target, bool isStatic, std::string* cause,
                   const std::function<bool(Type*, Type*)>* equivalent) {
  if (!isValid(type)) return true;
  static const std::function<bool(Type*, Type*)> kIdentical = identical;
  Missing missing = findMissing(owner, type, target, isStatic, equivalent != nullptr ? *equivalent : kIdentical);
  if (missing.fault == Fault::None) return true;
  std::vector<Struct*> seen;
  if (cause != nullptr) {
    if (missing.found != nullptr) declare(owner, missing.found);
    Naming plain;
    const Naming& naming = owner->checker != nullptr ? owner->checker->naming() : plain;
    *cause = explain(naming, missing, type, target);
  }
  return hasInvalidEmbedded(type, seen);
}

}  // namespace millrace::types
