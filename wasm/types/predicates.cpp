// Questions about types that many rules ask.
#include "wasm/types/predicates.h"

#include "wasm/types/name-index.h"

#include "wasm/types/text.h"

namespace millrace::types {

bool isBasic(Type* type, uint16_t info) {
  auto* basic = under<Basic>(type);
  return basic != nullptr && (infoOf(basic->basic) & info) != 0;
}

bool isBasicKind(Type* type, BasicKind kind) {
  auto* basic = under<Basic>(type);
  return basic != nullptr && basic->basic == kind;
}

bool allBasic(Type* type, uint16_t info) {
  if (auto* param = as<TypeParam>(unalias(type))) {
    return forEachTerm(param, [info](const Term* term) { return term != nullptr && isBasic(term->type, info); });
  }
  return isBasic(type, info);
}

bool isTyped(Type* type) {
  auto* basic = as<Basic>(type);
  return basic == nullptr || (infoOf(basic->basic) & kIsUntyped) == 0;
}

bool isUntypedNumeric(Type* type) {
  auto* basic = as<Basic>(type);
  return basic != nullptr && (infoOf(basic->basic) & kIsUntyped) != 0 && (infoOf(basic->basic) & kIsNumeric) != 0;
}

bool isTypeParam(Type* type) { return as<TypeParam>(unalias(type)) != nullptr; }
bool isNonTypeParamInterface(Type* type) { return !isTypeParam(type) && under<Interface>(type) != nullptr; }
bool isInterface(Type* type) { return isNonTypeParamInterface(type); }

bool isBytesOrRunes(Type* type) {
  auto* slice = under<Slice>(type);
  return slice != nullptr &&
         (isBasicKind(slice->element, BasicKind::Uint8) || isBasicKind(slice->element, BasicKind::Int32));
}

bool isInterfacePointer(Type* type) {
  auto* pointer = under<Pointer>(type);
  return pointer != nullptr && under<Interface>(pointer->base) != nullptr;
}

bool hasName(Type* type) {
  type = unalias(type);
  return type != nullptr &&
         (type->kind == TypeKind::Basic || type->kind == TypeKind::Named || type->kind == TypeKind::TypeParam);
}

bool isTypeLiteral(Type* type) {
  type = unalias(type);
  return type == nullptr || (type->kind != TypeKind::Named && type->kind != TypeKind::TypeParam);
}

bool hasNil(Type* type) {
  Type* u = underlying(type);
  switch (u->kind) {
    case TypeKind::Basic: return static_cast<Basic*>(u)->basic == BasicKind::UnsafePointer;
    case TypeKind::Slice:
    case TypeKind::Pointer:
    case TypeKind::Signature:
    case TypeKind::Map:
    case TypeKind::Chan: return true;
    case TypeKind::Interface:
      return !isTypeParam(type) || forEachType(type, [](Type*, Type* t) { return t != nullptr && hasNil(t); });
    default: return false;
  }
}

bool hasEmptyTypeSet(Type* type) {
  auto* param = as<TypeParam>(unalias(type));
  if (param == nullptr || param->bound == nullptr) return false;
  auto* interface = under<Interface>(param->bound);
  return interface != nullptr && interface->typeSet != nullptr && interface->typeSet->isEmpty();
}

bool isGeneric(Type* type) {
  auto* alias = as<Alias>(type);
  if (alias != nullptr && !alias->typeParams.empty() && alias->typeArgs.empty()) return true;
  auto* named = asNamed(type);
  return named != nullptr && named->origin == named && !named->typeParams.empty();
}

namespace {

// Types that are being looked at, against endless recursion through recursive types.
struct Comparability {
  bool dynamic;
  std::string* cause;
  const Naming& naming;
  std::vector<Type*> seen;

  bool fail(std::initializer_list<Piece> why) {
    if (cause != nullptr) *cause = naming.format(why);
    return false;
  }

  bool check(Type* type) {
    Type* u = underlying(type);
    switch (u->kind) {
      case TypeKind::Basic:
        if (static_cast<Basic*>(u)->basic == BasicKind::UntypedNil) return fail({});
        return true;
      case TypeKind::Pointer:
      case TypeKind::Chan: return true;
      case TypeKind::Struct:
      case TypeKind::Array:
      case TypeKind::Interface: break;
      default: return fail({});
    }
    for (Type* other : seen) {
      if (other == type) return true;
    }
    seen.push_back(type);
    if (auto* structType = as<Struct>(u)) {
      for (Var* field : structType->fields) {
        if (!check(field->type)) return fail({"struct containing ", field->type, " cannot be compared"});
      }
      return true;
    }
    if (auto* array = as<Array>(u)) return check(array->element) || fail({type, " cannot be compared"});
    if (dynamic && !isTypeParam(type)) return true;
    TypeSet* set = typeSetOf(static_cast<Interface*>(u));
    if (isComparable(*set)) return true;
    return fail({set->isEmpty() ? "empty type set" : "incomparable types in type set"});
  }

  bool isComparable(const TypeSet& set) {
    if (set.all) return set.comparable;
    if (!set.hasTerms()) return false;
    Comparability inner = {false, nullptr, naming, std::move(seen)};
    bool all = true;
    for (const Term& term : set.terms) all = all && inner.check(term.type);
    seen = std::move(inner.seen);
    return all;
  }
};

}  // namespace

bool isComparableType(Type* type, bool dynamic) { return isComparableType(type, dynamic, nullptr, Naming()); }

bool isComparableType(Type* type, bool dynamic, std::string* cause, const Naming& naming) {
  return Comparability{dynamic, cause, naming, {}}.check(type);
}

bool isComparable(Type* type) { return isComparableType(type, true); }

Type* defaultType(Type* type) {
  auto* b = as<Basic>(type);
  if (b == nullptr) return type;
  switch (b->basic) {
    case BasicKind::UntypedBool: return basic(BasicKind::Bool);
    case BasicKind::UntypedInt: return basic(BasicKind::Int);
    case BasicKind::UntypedRune: return universe().runeType;
    case BasicKind::UntypedFloat: return basic(BasicKind::Float64);
    case BasicKind::UntypedComplex: return basic(BasicKind::Complex128);
    case BasicKind::UntypedString: return basic(BasicKind::String);
    default: return type;
  }
}

Type* largerUntyped(Type* a, Type* b) {
  if (a == b) return a;
  if (!isUntypedNumeric(a) || !isUntypedNumeric(b)) return nullptr;
  return static_cast<Basic*>(a)->basic > static_cast<Basic*>(b)->basic ? a : b;
}

Type* commonUnderlying(Type* type, std::string* cause, const Naming& naming, const Condition& condition) {
  Type *commonType = nullptr, *common = nullptr;
  auto fail = [&](Pieces why) {
    if (cause != nullptr) *cause = naming.format(why);
    return false;
  };
  bool found = forEachType(type, [&](Type* t, Type* u) {
    if (condition) {
      std::string why = condition(t, u);
      if (!why.empty()) return fail({why});
    }
    if (u == nullptr) return fail({"no specific type"});
    if (common == nullptr) {
      commonType = t;
      common = u;
      return true;
    }
    auto *chan = as<Chan>(common), *other = as<Chan>(u);
    if (chan != nullptr && other != nullptr) {
      if (!identical(chan->element, other->element)) {
        return fail({"channels ", commonType, " and ", t, " have different element types"});
      }
      if (chan->direction == other->direction) return true;
      if (chan->direction == syntax::ChanDir::Both) {
        commonType = t;  // the restricted channel
        common = u;
      } else if (other->direction != syntax::ChanDir::Both) {
        return fail({"channels ", commonType, " and ", t, " have conflicting directions"});
      }
      return true;
    }
    return identical(common, u) || fail({commonType, " and ", t, " have different underlying types"});
  });
  return found ? common : nullptr;
}

Type* dereference(Type* type, bool* isPointer) {
  auto* pointer = as<Pointer>(unalias(type));
  if (isPointer != nullptr) *isPointer = pointer != nullptr;
  if (pointer == nullptr) return type;
  return pointer->base != nullptr ? pointer->base : invalidType();
}

Type* dereferenceArray(Type* type) {
  if (auto* pointer = as<Pointer>(unalias(type))) {
    if (auto* array = under<Array>(pointer->base)) return array;
  }
  return type;
}

std::string_view compositeKind(Type* type) {
  switch (underlying(type)->kind) {
    case TypeKind::Array: return "array";
    case TypeKind::Slice: return "slice";
    case TypeKind::Struct: return "struct";
    case TypeKind::Pointer: return "pointer";
    case TypeKind::Signature: return "func";
    case TypeKind::Interface: return "interface";
    case TypeKind::Map: return "map";
    case TypeKind::Chan: return "chan";
    case TypeKind::Tuple: return "tuple";
    case TypeKind::Union: return "union";
    default: return "";
  }
}

bool samePackage(const Package* a, const Package* b) {
  return a == b || (a != nullptr && b != nullptr && a->path == b->path);
}

bool sameId(const Object* object, Package* package, Symbol name, bool foldCase) {
  if (foldCase && equalFold(object->name.text(), name.text())) return true;
  if (object->name != name) return false;
  return samePackage(object->package, package) || syntax::isExported(name.text());
}

int fieldIndex(Struct* type, Package* package, Symbol name, bool foldCase) {
  if (name.isBlank()) return -1;
  size_t count = type->fields.size();
  if (count > NameIndex::kWorthwhile && !foldCase && type->arena != nullptr) {
    if (type->index == nullptr) {
      type->index = type->arena->make<NameIndex>(*type->arena, static_cast<uint32_t>(count),
                                                 [type](uint32_t i) { return type->fields[i]->name; });
    }
    int at = type->index->find(name);
    return at >= 0 && sameId(type->fields[static_cast<size_t>(at)], package, name, false) ? at : -1;
  }
  for (size_t i = 0; i < count; i++) {
    if (sameId(type->fields[i], package, name, foldCase)) return static_cast<int>(i);
  }
  return -1;
}

std::span<TypeParam*> typeParamsOf(Type* type) {
  if (auto* named = as<Named>(type)) return named->origin->typeParams;
  if (auto* alias = as<Alias>(type)) return alias->origin->typeParams;
  if (auto* signature = as<Signature>(type)) return signature->typeParams;
  return {};
}

Object* ObjectSet::insert(Object* object) {
  if (objects_.size() <= kSmall) {
    for (Object* other : objects_) {
      if (sameId(other, object->package, object->name)) return other;
    }
  } else {
    auto [at, end] = index_.equal_range(object->name.key());
    for (; at != end; ++at) {
      if (sameId(at->second, object->package, object->name)) return at->second;
    }
  }
  objects_.push_back(object);
  if (objects_.size() == kSmall + 1) {
    for (Object* other : objects_) index_.emplace(other->name.key(), other);
  } else if (objects_.size() > kSmall) {
    index_.emplace(object->name.key(), object);
  }
  return nullptr;
}

}  // namespace millrace::types
