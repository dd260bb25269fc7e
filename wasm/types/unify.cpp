// Unification of types.
#include "wasm/types/unify.h"

#include <algorithm>

#include "wasm/types/lookup.h"

namespace millrace::types {
namespace {

constexpr int kMaxDepth = 100;  // recursive constraints may have no end; a failure is reported then

Interface* asInterface(Type* type) { return isTypeParam(type) ? nullptr : under<Interface>(type); }

}  // namespace

Unifier::Unifier(const std::vector<TypeParam*>& params, const std::vector<Type*>& args, bool matchInterfaces)
    : params_(params), matchInterfaces_(matchInterfaces) {
  for (size_t i = 0; i < params.size(); i++) {
    slots_.push_back(static_cast<int>(i));
    types_.push_back(i < args.size() ? args[i] : nullptr);
  }
}

int Unifier::slotOf(TypeParam* param) const {
  for (size_t i = 0; i < params_.size(); i++) {
    if (params_[i] == param) return slots_[i];
  }
  return -1;
}

TypeParam* Unifier::boundParam(Type* type) const {
  auto* param = as<TypeParam>(unalias(type));
  return param != nullptr && slotOf(param) >= 0 ? param : nullptr;
}

size_t Unifier::unknowns() const {
  return static_cast<size_t>(
      std::count_if(slots_.begin(), slots_.end(), [this](int slot) { return types_[slot] == nullptr; }));
}

std::vector<Type*> Unifier::inferred() const {
  std::vector<Type*> result;
  for (int slot : slots_) result.push_back(types_[slot]);
  return result;
}

// Lets two parameters share one slot; false: both have types already.
bool Unifier::join(TypeParam* x, TypeParam* y) {
  int from = slotOf(x), to = slotOf(y);
  if (from == to) return true;
  if (types_[from] != nullptr) {
    if (types_[to] != nullptr) return false;
    std::swap(from, to);
  }
  std::replace(slots_.begin(), slots_.end(), from, to);
  return true;
}

bool Unifier::unify(Type* x, Type* y, unsigned mode, const Pair* pairs) {
  if (x == y || unalias(x) == unalias(y)) return true;
  if (depth_ >= kMaxDepth) exhausted_ = true;
  if (x == nullptr || y == nullptr || exhausted_) return false;
  struct Deeper {
    int& depth;
    explicit Deeper(int& d) : depth(d) { depth++; }
    ~Deeper() { depth--; }
  } deeper(depth_);

  // From here on: a declared type, if there is one, is in y; a parameter to be inferred is in x.
  if (asNamed(x) != nullptr || boundParam(y) != nullptr) std::swap(x, y);

  // A declared type against a literal: go on with its underlying type. Interfaces are matched by methods further down.
  bool literal = isTypeLiteral(x) && !(matchInterfaces_ && under<Interface>(x) != nullptr);
  if (Named* named = asNamed(y); (mode & kExact) == 0 && named != nullptr && literal) {
    y = underlying(named);
    if (x == y || unalias(x) == unalias(y)) return true;
  }

  TypeParam *px = boundParam(x), *py = boundParam(y);
  if (px != nullptr && py != nullptr) {
    if (join(px, py)) return true;
    return unify(at(px), at(py), mode, pairs);
  }
  if (px != nullptr) return unifyBound(px, y, mode, pairs);

  if (matchInterfaces_ && (mode & kExact) == 0) {
    Interface *xi = asInterface(x), *yi = asInterface(y);
    if (xi != nullptr && yi != nullptr) return unifyInterfaces(xi, yi, pairs);
    if (xi != nullptr) return unifyMethods(xi, y, pairs);
    if (yi != nullptr) return unifyMethods(yi, x, pairs);
  }

  // A type parameter that is not to be inferred (of the function around) is known by its core type only.
  if (isTypeParam(y)) std::swap(x, y);
  if (isTypeParam(x)) {
    Type* core = commonUnderlying(x);
    return core != nullptr && unify(core, y, kAssign, pairs);
  }
  return unifyStructure(unalias(x), unalias(y), mode, pairs);
}

bool Unifier::unifyBound(TypeParam* param, Type* y, unsigned mode, const Pair* pairs) {
  Type* x = at(param);
  if (x == nullptr) {
    set(param, y);
    return true;
  }
  if (!unify(x, y, mode, pairs)) return false;
  // They match, perhaps by their underlying types. Which of them is the one that was meant must not depend on the order
  // of arguments.
  Interface *xi = asInterface(x), *yi = asInterface(y);
  bool xNamed = asNamed(x) != nullptr, yNamed = asNamed(y) != nullptr;
  if (xi != nullptr && yi != nullptr) {
    if (xNamed && yNamed) return identical(x, y);
    if (typeSetOf(xi)->methods.size() != typeSetOf(yi)->methods.size()) return false;
  } else if (xi != nullptr || yi != nullptr) {
    return false;
  }
  if ((mode & kExact) != 0 || xNamed) return true;
  auto* chan = under<Chan>(y);
  // A declared type wins over a literal, a directed channel over one of both directions.
  if (yNamed || (chan != nullptr && chan->direction != syntax::ChanDir::Both)) set(param, y);
  return true;
}

// One must have all methods of the other, with signatures that unify.
bool Unifier::unifyInterfaces(Interface* x, Interface* y, const Pair* pairs) {
  TypeSet *a = typeSetOf(x), *b = typeSetOf(y);
  if (a->comparable != b->comparable || !equalTerms(*a, *b)) return false;
  for (const Pair* pair = pairs; pair != nullptr; pair = pair->outer) {
    if ((pair->x == x && pair->y == y) || (pair->x == y && pair->y == x)) return true;
  }
  Pair inner = {x, y, pairs};
  if (a->methods.size() > b->methods.size()) std::swap(a, b);
  return std::all_of(a->methods.begin(), a->methods.end(), [&](Func* method) {
    int index;
    Func* other = findMethod(b->methods, method->package, method->name, false, &index);
    return other != nullptr && unify(method->type, other->type, kExact, &inner);
  });
}

bool Unifier::unifyMethods(Interface* x, Type* y, const Pair* pairs) {
  std::span<Func*> methods = typeSetOf(x)->methods;
  return std::all_of(methods.begin(), methods.end(), [&](Func* method) {
    auto* other = as<Func>(findFieldOrMethod(y, false, method->package, method->name).object);
    return other != nullptr && unify(method->type, other->type, kExact, pairs);
  });
}

bool Unifier::unifyVars(std::span<Var*> x, std::span<Var*> y, unsigned mode, const Pair* pairs) {
  if (x.size() != y.size()) return false;
  for (size_t i = 0; i < x.size(); i++) {
    if (!unify(x[i]->type, y[i]->type, mode, pairs)) return false;
  }
  return true;
}

bool Unifier::unifyStructure(Type* x, Type* y, unsigned mode, const Pair* pairs) {
  if (x == nullptr || y == nullptr || x->kind != y->kind) return false;
  unsigned inner = (mode & kAssign) != 0 ? mode | kExact : mode;  // for element types
  switch (x->kind) {
    case TypeKind::Basic: return static_cast<Basic*>(x)->basic == static_cast<Basic*>(y)->basic;
    case TypeKind::Pointer: return unify(static_cast<Pointer*>(x)->base, static_cast<Pointer*>(y)->base, inner, pairs);
    case TypeKind::Slice: return unify(static_cast<Slice*>(x)->element, static_cast<Slice*>(y)->element, inner, pairs);
    case TypeKind::Array: {
      auto *a = static_cast<Array*>(x), *b = static_cast<Array*>(y);
      return (a->length < 0 || b->length < 0 || a->length == b->length) && unify(a->element, b->element, inner, pairs);
    }
    case TypeKind::Map: {
      auto *a = static_cast<Map*>(x), *b = static_cast<Map*>(y);
      return unify(a->key, b->key, inner, pairs) && unify(a->value, b->value, inner, pairs);
    }
    case TypeKind::Chan: {
      auto *a = static_cast<Chan*>(x), *b = static_cast<Chan*>(y);
      return ((mode & kExact) == 0 || a->direction == b->direction) && unify(a->element, b->element, inner, pairs);
    }
    case TypeKind::Struct: {
      auto *a = static_cast<Struct*>(x), *b = static_cast<Struct*>(y);
      if (a->fields.size() != b->fields.size()) return false;
      for (size_t i = 0; i < a->fields.size(); i++) {
        Var *f = a->fields[i], *g = b->fields[i];
        std::string_view tag = i < a->tags.size() ? a->tags[i] : "", other = i < b->tags.size() ? b->tags[i] : "";
        if (f->embedded != g->embedded || tag != other || !sameId(f, g->package, g->name)) return false;
        if (!unify(f->type, g->type, inner, pairs)) return false;
      }
      return true;
    }
    case TypeKind::Tuple: return unifyVars(static_cast<Tuple*>(x)->vars, static_cast<Tuple*>(y)->vars, mode, pairs);
    case TypeKind::Signature: {
      auto *a = static_cast<Signature*>(x), *b = static_cast<Signature*>(y);
      return a->variadic == b->variadic && unifyVars(a->params->vars, b->params->vars, inner, pairs) &&
             unifyVars(a->results->vars, b->results->vars, inner, pairs);
    }
    case TypeKind::Interface: {
      auto *a = static_cast<Interface*>(x), *b = static_cast<Interface*>(y);
      if (typeSetOf(a)->methods.size() != typeSetOf(b)->methods.size()) return false;
      return unifyInterfaces(a, b, pairs);
    }
    case TypeKind::Named: {
      // Arguments first: they may be inferred even if the types turn out to be different, for better messages.
      auto *a = static_cast<Named*>(x), *b = static_cast<Named*>(y);
      if (a->typeArgs.size() != b->typeArgs.size()) return false;
      for (size_t i = 0; i < a->typeArgs.size(); i++) {
        if (!unify(a->typeArgs[i], b->typeArgs[i], mode, pairs)) return false;
      }
      return identicalOrigin(a, b);
    }
    default: return false;
  }
}

}  // namespace millrace::types
