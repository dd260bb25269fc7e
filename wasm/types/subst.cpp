// Substitution and instantiation.
#include "wasm/types/subst.h"

#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/named.h"
#include "wasm/types/predicates.h"

namespace millrace::types {
namespace {

class Substituter {
 public:
  Substituter(Owner* owner, const Substitution& map, Pos pos)
      : owner_(owner), arena_(owner->state->arena), map_(map), pos_(pos) {}

  Type* apply(Type* type) {
    if (type == nullptr) return invalidType();
    switch (type->kind) {
      case TypeKind::Basic: return type;
      case TypeKind::TypeParam: return map_.lookup(static_cast<TypeParam*>(type));
      case TypeKind::Named: return applyNamed(static_cast<Named*>(type));
      case TypeKind::Alias: return applyAlias(static_cast<Alias*>(type));
      case TypeKind::Pointer: return rebuild(static_cast<Pointer*>(type), &Pointer::base);
      case TypeKind::Slice: return rebuild(static_cast<Slice*>(type), &Slice::element);
      case TypeKind::Array: return rebuild(static_cast<Array*>(type), &Array::element);
      case TypeKind::Chan: return rebuild(static_cast<Chan*>(type), &Chan::element);
      case TypeKind::Map: {
        auto* map = static_cast<Map*>(type);
        Type *key = apply(map->key), *value = apply(map->value);
        if (key == map->key && value == map->value) return map;
        return arena_.make<Map>(Map{{TypeKind::Map}, key, value});
      }
      case TypeKind::Struct: {
        auto* structure = static_cast<Struct*>(type);
        auto fields = applyAll(structure->fields, [this](Var* field) { return applyVar(field); });
        if (same(fields, structure->fields)) return structure;
        return arena_.make<Struct>(Struct{{TypeKind::Struct}, fields, structure->tags, &arena_});
      }
      case TypeKind::Tuple: return applyTuple(static_cast<Tuple*>(type));
      case TypeKind::Signature: {
        auto* signature = static_cast<Signature*>(type);
        Tuple *params = applyTuple(signature->params), *results = applyTuple(signature->results);
        if (params == signature->params && results == signature->results) return signature;
        auto* copy = arena_.make<Signature>(*signature);
        copy->params = params;
        copy->results = results;
        return copy;
      }
      case TypeKind::Union: {
        auto* alternatives = static_cast<Union*>(type);
        auto terms = applyAll(alternatives->terms, [this](Term* term) {
          Type* t = apply(term->type);
          return t == term->type ? term : arena_.make<Term>(Term{term->tilde, t});
        });
        if (same(terms, alternatives->terms)) return alternatives;
        return arena_.make<Union>(Union{{TypeKind::Union}, terms});
      }
      case TypeKind::Interface: return applyInterface(static_cast<Interface*>(type));
    }
    return type;
  }

  Tuple* applyTuple(Tuple* tuple) {
    auto vars = applyAll(tuple->vars, [this](Var* var) { return applyVar(var); });
    return same(vars, tuple->vars) ? tuple : arena_.make<Tuple>(Tuple{{TypeKind::Tuple}, vars});
  }

 private:
  template <typename T>
  static bool same(std::span<T> a, std::span<T> b) {
    return a.data() == b.data();
  }

  // The list itself when nothing changes.
  template <typename T, typename F>
  std::span<T*> applyAll(std::span<T*> list, F f) {
    std::span<T*> result = list;
    for (size_t i = 0; i < list.size(); i++) {
      T* changed = f(list[i]);
      if (changed == list[i]) continue;
      if (same(result, list)) result = arena_.copy(std::span<T* const>(list));
      result[i] = changed;
    }
    return result;
  }

  template <typename T>
  Type* rebuild(T* type, Type* T::*part) {
    Type* changed = apply(type->*part);
    if (changed == type->*part) return type;
    T* copy = arena_.make<T>(*type);
    copy->*part = changed;
    return copy;
  }

  Var* applyVar(Var* var) {
    Type* type = apply(var->type);
    return type == var->type ? var : withType(arena_, var, type);
  }

  Type* applyInterface(Interface* interface) {
    auto methods = applyAll(interface->explicitMethods, [this](Func* method) {
      Type* type = apply(method->type);
      return type == method->type ? method : withType(arena_, method, type);
    });
    auto embeddeds = applyAll(interface->embeddeds, [this](Type* type) { return apply(type); });
    if (same(methods, interface->explicitMethods) && same(embeddeds, interface->embeddeds)) return interface;
    auto* copy = arena_.make<Interface>(*interface);
    copy->embeddeds = embeddeds;
    copy->owner = owner_;
    copy->typeSet = nullptr;
    copy->explicitMethods = replaceReceiver(arena_, methods, interface, copy);
    if (owner_->checker != nullptr) owner_->checker->completeLater(copy);
    return copy;
  }

  Type* applyAlias(Alias* alias) {
    if (isLocal(alias->object)) {
      // Inside a generic function, it may stand for a type that depends on the function's parameters.
      if (alias->from == nullptr) return alias;
      Type* type = apply(alias->from);
      return type == alias->from ? alias : type;
    }
    std::span<TypeParam*> params = alias->origin->typeParams;
    if (params.empty()) return alias;
    if (alias->typeArgs.size() != params.size()) return invalidType();  // reported elsewhere
    auto args = applyAll(alias->typeArgs, [this](Type* type) { return apply(type); });
    return same(args, alias->typeArgs) ? alias : instantiateType(owner_, alias->origin, args, pos_);
  }

  static bool isLocal(const TypeName* object) {
    return object->parent != nullptr && object->package != nullptr && object->parent != object->package->scope;
  }

  Type* applyNamed(Named* named) {
    Named* origin = named->origin;
    if (origin->typeParams.empty() && origin->outerParams.empty()) return named;
    if (named->typeArgs.size() != origin->typeParams.size()) {
      if (named == origin && !origin->outerParams.empty()) return named;
      return invalidType();  // reported elsewhere
    }
    auto args = applyAll(named->typeArgs, [this](Type* type) { return apply(type); });
    if (!origin->outerParams.empty()) return applyLocal(named, args);
    return same(args, named->typeArgs) ? named : instantiateType(owner_, origin, args, pos_);
  }

  // A type declared inside a generic function: one for each list of the function's arguments.
  Type* applyLocal(Named* named, std::span<Type*> args) {
    Named* origin = named->origin;
    std::vector<Type*> outer(named->outerArgs.begin(), named->outerArgs.end());
    if (outer.empty()) outer.assign(origin->outerParams.begin(), origin->outerParams.end());
    bool changed = false;
    for (Type*& arg : outer) {
      Type* type = apply(arg);
      changed = changed || type != arg;
      arg = type;
    }
    if (!changed) return same(args, named->typeArgs) ? named : instantiateType(owner_, origin, args, pos_);
    auto isSame = [](std::span<Type* const> a, std::span<Type* const> b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(), identical);
    };
    uint64_t hash = hashInstance(origin, outer);
    auto matches = [&](Named* other) {
      return other->origin == origin && isSame(other->outerArgs, outer) && isSame(other->typeArgs, args);
    };
    if (Named* other = findInstance(owner_->state, &Session::State::localInstances, hash, matches)) return other;
    Named* instance = newInstance(owner_, origin, args, origin->object->pos);
    instance->outerArgs = arena_.copy(outer);
    owner_->state->localInstances.emplace(hash, instance);
    return instance;
  }

  Owner* owner_;
  Arena& arena_;
  const Substitution& map_;
  Pos pos_;
};

bool checkArgumentCount(Owner* owner, Pos pos, std::string_view name, size_t want, size_t got) {
  if (got == want) return true;
  if (owner->checker != nullptr) owner->checker->reportTypeArgumentCount(pos, name, want, got);
  return false;
}

// Is `instance` the one of `generic` with these arguments?
bool isInstanceOf(Type* instance, Type* generic, std::span<Type* const> args) {
  std::span<Type*> own;
  if (auto* named = as<Named>(instance)) {
    if (named->origin != generic) return false;
    own = named->typeArgs;
  } else if (auto* alias = as<Alias>(instance)) {
    if (alias->origin != generic) return false;
    own = alias->typeArgs;
  } else {
    return false;
  }
  return std::equal(args.begin(), args.end(), own.begin(), own.end(), identical);
}

}  // namespace

Type* substitute(Owner* owner, Type* type, const Substitution& substitution, Pos pos) {
  return substitution.params.empty() ? type : Substituter(owner, substitution, pos).apply(type);
}

Var* withType(Arena& arena, Var* var, Type* type) {
  Var* copy = arena.make<Var>(*var);
  copy->type = type;
  return copy;
}

Func* withType(Arena& arena, Func* function, Type* type) {
  Func* copy = arena.make<Func>(*function);
  copy->type = type;
  return copy;
}

std::span<Func*> replaceReceiver(Arena& arena, std::span<Func*> methods, Type* from, Type* to) {
  std::span<Func*> result = methods;
  for (size_t i = 0; i < methods.size(); i++) {
    Signature* signature = methods[i]->signature();
    if (signature->receiver == nullptr || signature->receiver->type != from) continue;
    if (result.data() == methods.data()) result = arena.copy(std::span<Func* const>(methods));
    auto* copy = arena.make<Signature>(*signature);
    copy->receiver = withType(arena, signature->receiver, to);
    result[i] = withType(arena, methods[i], copy);
  }
  return result;
}

Type* instantiateType(Owner* owner, Type* generic, std::span<Type* const> args, Pos pos) {
  Session::State& state = *owner->state;
  if (auto* signature = as<Signature>(generic)) {
    if (!checkArgumentCount(owner, pos, "", signature->typeParams.size(), args.size())) return invalidType();
    if (args.empty()) return signature;
    auto* instance =
        static_cast<Signature*>(substitute(owner, signature, {signature->typeParams, args}, pos));
    if (instance == signature) instance = state.arena.make<Signature>(*signature);
    instance->typeParams = {};
    return instance;
  }
  uint64_t hash = hashInstance(generic, args);
  auto matches = [&](Type* other) { return isInstanceOf(other, generic, args); };
  if (Type* other = findInstance(&state, &Session::State::instances, hash, matches)) return other;
  Type* instance;
  if (auto* alias = as<Alias>(generic)) {
    if (!checkArgumentCount(owner, pos, alias->object->name.text(), alias->typeParams.size(), args.size())) {
      return invalidType();
    }
    if (args.empty()) return alias;
    auto* copy = state.arena.make<Alias>(*alias);
    copy->typeArgs = state.arena.copy(args);
    copy->from = substitute(owner, alias->from, {alias->typeParams, args}, pos);
    copy->actual = nullptr;
    instance = copy;
  } else {
    instance = newInstance(owner, static_cast<Named*>(generic), args, pos);
  }
  state.instances.emplace(hash, instance);
  return instance;
}

}  // namespace millrace::types
