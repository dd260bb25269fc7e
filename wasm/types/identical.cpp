// Type identity, and a hash that agrees with it.
//
// Identical types may be different objects. Declared types are identical when they come from one declaration and have
// identical arguments; everything else is compared by structure. The only types that can contain themselves without a
// declared type in between are interfaces, through the signatures of their methods: pairs of interfaces that are
// already being compared count as identical.
#include "wasm/types/predicates.h"

namespace millrace::types {
namespace {

struct InterfacePair {
  Interface *x, *y;
  const InterfacePair* outer;

  bool covers(Interface* a, Interface* b) const { return (x == a && y == b) || (x == b && y == a); }
};

// Type parameters of two generic signatures that are being compared correspond to each other.
struct ParamPairs {
  std::span<TypeParam*> x, y;
  const ParamPairs* outer;
};

class Comparer {
 public:
  explicit Comparer(bool ignoreTags) : ignoreTags_(ignoreTags) {}

  bool compare(Type* x, Type* y, const InterfacePair* pairs) {
    x = unalias(x);
    y = unalias(y);
    if (x == y) return true;
    if (x == nullptr || y == nullptr || x->kind != y->kind) return false;
    switch (x->kind) {
      case TypeKind::Basic: return static_cast<Basic*>(x)->basic == static_cast<Basic*>(y)->basic;
      case TypeKind::Pointer: return compare(static_cast<Pointer*>(x)->base, static_cast<Pointer*>(y)->base, pairs);
      case TypeKind::Slice: return compare(static_cast<Slice*>(x)->element, static_cast<Slice*>(y)->element, pairs);
      case TypeKind::Array: {
        auto *a = static_cast<Array*>(x), *b = static_cast<Array*>(y);
        // A length that is unknown after an error matches every other.
        return (a->length < 0 || b->length < 0 || a->length == b->length) && compare(a->element, b->element, pairs);
      }
      case TypeKind::Map: {
        auto *a = static_cast<Map*>(x), *b = static_cast<Map*>(y);
        return compare(a->key, b->key, pairs) && compare(a->value, b->value, pairs);
      }
      case TypeKind::Chan: {
        auto *a = static_cast<Chan*>(x), *b = static_cast<Chan*>(y);
        return a->direction == b->direction && compare(a->element, b->element, pairs);
      }
      case TypeKind::Struct: return compareStructs(static_cast<Struct*>(x), static_cast<Struct*>(y), pairs);
      case TypeKind::Tuple: return compareVars(static_cast<Tuple*>(x)->vars, static_cast<Tuple*>(y)->vars, pairs);
      case TypeKind::Signature:
        return compareSignatures(static_cast<Signature*>(x), static_cast<Signature*>(y), pairs);
      case TypeKind::Interface:
        return compareInterfaces(static_cast<Interface*>(x), static_cast<Interface*>(y), pairs);
      case TypeKind::Union: {
        TypeSet* a = typeSetOf(static_cast<Union*>(x), nullptr, {});
        TypeSet* b = typeSetOf(static_cast<Union*>(y), nullptr, {});
        return a != nullptr && b != nullptr && equalTerms(*a, *b);
      }
      case TypeKind::Named: return compareNamed(static_cast<Named*>(x), static_cast<Named*>(y), pairs);
      case TypeKind::TypeParam: return correspond(static_cast<TypeParam*>(x), static_cast<TypeParam*>(y));
      case TypeKind::Alias: return false;  // unfinished
    }
    return false;
  }

 private:
  bool compareStructs(Struct* x, Struct* y, const InterfacePair* pairs) {
    if (x->fields.size() != y->fields.size()) return false;
    for (size_t i = 0; i < x->fields.size(); i++) {
      Var *f = x->fields[i], *g = y->fields[i];
      if (f->embedded != g->embedded || !sameId(f, g->package, g->name)) return false;
      if (!ignoreTags_ && tagOf(x, i) != tagOf(y, i)) return false;
      if (!compare(f->type, g->type, pairs)) return false;
    }
    return true;
  }

  static std::string_view tagOf(Struct* type, size_t i) { return i < type->tags.size() ? type->tags[i] : ""; }

  bool compareVars(std::span<Var*> x, std::span<Var*> y, const InterfacePair* pairs) {
    if (x.size() != y.size()) return false;
    for (size_t i = 0; i < x.size(); i++) {
      if (!compare(x[i]->type, y[i]->type, pairs)) return false;
    }
    return true;
  }

  bool compareSignatures(Signature* x, Signature* y, const InterfacePair* pairs) {
    if (x->variadic != y->variadic || x->typeParams.size() != y->typeParams.size()) return false;
    ParamPairs params = {x->typeParams, y->typeParams, params_};
    if (!x->typeParams.empty()) params_ = &params;
    bool same = true;
    for (size_t i = 0; i < x->typeParams.size() && same; i++) {
      same = compare(x->typeParams[i]->bound, y->typeParams[i]->bound, pairs);
    }
    same = same && compareVars(x->params->vars, y->params->vars, pairs) &&
           compareVars(x->results->vars, y->results->vars, pairs);
    if (!x->typeParams.empty()) params_ = params.outer;
    return same;
  }

  bool compareInterfaces(Interface* x, Interface* y, const InterfacePair* pairs) {
    TypeSet *a = typeSetOf(x), *b = typeSetOf(y);
    if (a->comparable != b->comparable || a->methods.size() != b->methods.size() || !equalTerms(*a, *b)) return false;
    for (const InterfacePair* pair = pairs; pair != nullptr; pair = pair->outer) {
      if (pair->covers(x, y)) return true;
    }
    InterfacePair inner = {x, y, pairs};
    for (size_t i = 0; i < a->methods.size(); i++) {
      Func *f = a->methods[i], *g = b->methods[i];
      if (!sameId(f, g->package, g->name) || !compare(f->type, g->type, &inner)) return false;
    }
    return true;
  }

  bool compareNamed(Named* x, Named* y, const InterfacePair* pairs) {
    if (!identicalOrigin(x, y)) return false;
    return compareTypes(x->typeArgs, y->typeArgs, pairs) && compareTypes(x->outerArgs, y->outerArgs, pairs);
  }

  bool compareTypes(std::span<Type*> x, std::span<Type*> y, const InterfacePair* pairs) {
    if (x.size() != y.size()) return false;
    for (size_t i = 0; i < x.size(); i++) {
      if (!compare(x[i], y[i], pairs)) return false;
    }
    return true;
  }

  bool correspond(TypeParam* x, TypeParam* y) const {
    for (const ParamPairs* pairs = params_; pairs != nullptr; pairs = pairs->outer) {
      if (x->index < pairs->x.size() && pairs->x[x->index] == x) {
        return y->index == x->index && pairs->y[y->index] == y;
      }
    }
    return false;
  }

  bool ignoreTags_;
  const ParamPairs* params_ = nullptr;
};

uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
  return hash ^ hash >> 29;
}

uint64_t hashPointer(const void* pointer) { return reinterpret_cast<uintptr_t>(pointer) >> 3; }

class Hasher {
 public:
  uint64_t hash(Type* type) {
    type = unalias(type);
    if (type == nullptr) return 0;
    uint64_t kind = static_cast<uint64_t>(type->kind) + 1;
    switch (type->kind) {
      case TypeKind::Basic: return mix(kind, static_cast<uint64_t>(static_cast<Basic*>(type)->basic));
      case TypeKind::Pointer: return mix(kind, hash(static_cast<Pointer*>(type)->base));
      case TypeKind::Slice: return mix(kind, hash(static_cast<Slice*>(type)->element));
      case TypeKind::Array: {
        auto* array = static_cast<Array*>(type);  // one of unknown length does not find those that it is identical to
        return mix(mix(kind, static_cast<uint64_t>(array->length)), hash(array->element));
      }
      case TypeKind::Map: {
        auto* map = static_cast<Map*>(type);
        return mix(mix(kind, hash(map->key)), hash(map->value));
      }
      case TypeKind::Chan: return mix(kind, hash(static_cast<Chan*>(type)->element));
      case TypeKind::Struct: {
        uint64_t h = kind;
        for (Var* field : static_cast<Struct*>(type)->fields) {
          h = mix(mix(h, hashPointer(field->name.key())), hash(field->type));
        }
        return h;
      }
      case TypeKind::Tuple: return hashVars(kind, static_cast<Tuple*>(type)->vars);
      case TypeKind::Signature: {
        auto* signature = static_cast<Signature*>(type);
        uint64_t h = mix(mix(kind, signature->variadic), signature->typeParams.size());
        // Type parameters of the signature itself differ between identical ones.
        bool wasGeneric = std::exchange(generic_, generic_ || !signature->typeParams.empty());
        h = hashVars(hashVars(h, signature->params->vars), signature->results->vars);
        generic_ = wasGeneric;
        return h;
      }
      case TypeKind::Interface: return kind;  // its type set must not be asked for before all is declared
      case TypeKind::Named: {
        auto* named = static_cast<Named*>(type);
        return hashTypes(hashTypes(mix(kind, hashPointer(named->origin->object)), named->typeArgs), named->outerArgs);
      }
      case TypeKind::TypeParam: return generic_ ? kind : mix(kind, hashPointer(type));
      case TypeKind::Union:
      case TypeKind::Alias: return kind;
    }
    return 0;
  }

  uint64_t hashTypes(uint64_t h, std::span<Type* const> types) {
    for (Type* type : types) h = mix(h, hash(type));
    return h;
  }

 private:
  uint64_t hashVars(uint64_t h, std::span<Var*> vars) {
    h = mix(h, vars.size());
    for (Var* var : vars) h = mix(h, hash(var->type));
    return h;
  }

  bool generic_ = false;
};

}  // namespace

bool identical(Type* a, Type* b) { return a == b || Comparer(false).compare(a, b, nullptr); }

bool identicalIgnoringTags(Type* a, Type* b) { return Comparer(true).compare(a, b, nullptr); }

bool identicalOrigin(const Named* a, const Named* b) { return a->origin->object == b->origin->object; }

uint64_t hashType(Type* type) { return Hasher().hash(type); }

uint64_t hashInstance(const void* generic, std::span<Type* const> args) {
  return Hasher().hashTypes(mix(1, hashPointer(generic)), args);
}

}  // namespace millrace::types
