// Declared types and their instances.
#include "wasm/types/named.h"

#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/name-index.h"
#include "wasm/types/predicates.h"
#include "wasm/types/subst.h"
#include "wasm/types/text.h"

namespace millrace::types {
namespace {

// The right-hand side of an instance.
Type* expandRightHandSide(Named* named) {
  NamedState& state = *named->state;
  Named* origin = named->origin;
  Type* source = rightHandSide(origin);
  if (source == nullptr) return nullptr;
  std::vector<TypeParam*> params(origin->typeParams.begin(), origin->typeParams.end());
  std::vector<Type*> args(named->typeArgs.begin(), named->typeArgs.end());
  if (params.size() != args.size()) return invalidType();
  if (!named->outerArgs.empty()) {
    params.insert(params.end(), origin->outerParams.begin(), origin->outerParams.end());
    args.insert(args.end(), named->outerArgs.begin(), named->outerArgs.end());
  }
  Type* result = substitute(state.owner, source, {params, args}, placeOf(named)->pos);
  auto* interface = as<Interface>(result);
  if (interface == nullptr) return result;
  // Methods of an interface have the declared interface as receiver: here, the instance.
  Arena& arena = state.owner->state->arena;
  std::span<Func*> methods = replaceReceiver(arena, interface->explicitMethods, origin, named);
  if (methods.data() == interface->explicitMethods.data()) return result;
  if (interface == source) {
    interface = arena.make<Interface>(*interface);
    interface->owner = state.owner;
    interface->implicit = false;
    if (state.owner->checker != nullptr) state.owner->checker->completeLater(interface);
  }
  interface->explicitMethods = methods;
  interface->typeSet = nullptr;
  return interface;
}

void unpack(Named* named) {
  NamedState& state = *named->state;
  if (state.unpacked) return;
  if (named->origin != named) {
    Type* expanded = expandRightHandSide(named);
    if (expanded == nullptr) return;  // the origin is not declared yet: try again later
    state.rightHandSide = expanded;
  }
  state.unpacked = true;
}

Func* expandMethod(Named* named, size_t index) {
  NamedState& state = *named->state;
  Func* method = methodAt(named->origin, index);
  if (Checker* checker = state.owner->checker) checker->declareObject(method);
  auto* signature = as<Signature>(method->type);
  if (signature == nullptr || signature->receiver == nullptr) return method;
  Arena& arena = state.owner->state->arena;
  bool isPointer = false;
  // The receiver of the declaration may be this very instance (over the receiver's own parameters).
  if (dereference(signature->receiver->type, &isPointer) == named) return method;
  std::span<TypeParam*> params = signature->receiverTypeParams;
  Signature* expanded = signature;
  if (params.size() == named->typeArgs.size()) {
    expanded = static_cast<Signature*>(substitute(state.owner, signature, {params, named->typeArgs}, method->pos));
  }
  if (expanded == signature) expanded = arena.make<Signature>(*signature);
  Type* receiver = named;
  if (hasPointerReceiver(method)) receiver = arena.make<Pointer>(Pointer{{TypeKind::Pointer}, receiver});
  expanded->receiver = withType(arena, signature->receiver, receiver);
  return withType(arena, method, expanded);
}

}  // namespace

Named* newNamed(Arena& arena, Owner* owner, TypeName* object) {
  auto* named = arena.make<Named>(Named{{TypeKind::Named}, object, nullptr, {}, {}, {}, {}, 0, nullptr});
  named->origin = named;
  named->state = arena.make<NamedState>(NamedState{.owner = owner});
  if (object->type == nullptr) object->type = named;
  return named;
}

Named* newInstance(Owner* owner, Named* generic, std::span<Type* const> args, Pos pos) {
  Arena& arena = owner->state->arena;
  auto* named =
      arena.make<Named>(Named{{TypeKind::Named}, generic->object, generic, {}, arena.copy(args), {}, {}, 0, nullptr});
  named->state = arena.make<NamedState>(NamedState{.owner = owner});
  const TypeName* object = generic->object;
  named->state->place = arena.make<TypeName>(
      TypeName{{ObjectKind::TypeName, pos, object->name, named, object->package, object->parent}, object->isAlias});
  return named;
}

Type* rightHandSide(Named* named) {
  unpack(named);
  return named->state->rightHandSide;
}

void setRightHandSide(Named* named, Type* type) { named->state->rightHandSide = type; }

Type* unalias(Type* type) {
  constexpr int kLongestAliasChain = 100'000;
  auto* alias = as<Alias>(type);
  if (alias == nullptr) return type;
  if (alias->actual != nullptr) return alias->actual;
  Type* target = alias;
  for (int steps = 0; auto* next = as<Alias>(target); steps++) {
    target = steps < kLongestAliasChain ? next->from : invalidType();  // a cycle, which was reported
  }
  alias->actual = target;  // still null while the alias is being declared
  return target;
}

namespace {

Type* underlyingOf(Named* named) {
  NamedState& state = *named->state;
  if (state.underlying != nullptr) return state.underlying;
  std::vector<Named*> path;
  Type* result = named;
  while (true) {
    result = unalias(result);
    auto* next = as<Named>(result);
    if (next == nullptr) break;
    if (next->state->underlying != nullptr) {
      result = next->state->underlying;
      break;
    }
    // A cycle, or more types within each other than may be: both are reported by Checker::checkValidType.
    constexpr size_t kLongestPath = 600;
    if (path.size() == kLongestPath || std::find(path.begin(), path.end(), next) != path.end()) {
      result = invalidType();
      break;
    }
    path.push_back(next);
    result = rightHandSide(next);
  }
  if (result == nullptr) {
    // Asked for while it is being declared. A declared type that needs itself so soon is at fault, and stays invalid.
    if (path.back()->origin != path.back()) return invalidType();
    result = invalidType();
  }
  if (result->kind == TypeKind::TypeParam) result = underlying(result);
  for (Named* next : path) next->state->underlying = result;
  return result;
}

// The constraint interface; made of a constraint that is no interface by wrapping it into one.
Type* constraintOf(TypeParam* param) {
  Type* under = param->bound != nullptr ? underlying(param->bound) : invalidType();
  if (!isValid(under)) return universe().emptyInterface;
  if (auto* interface = as<Interface>(under)) {
    return isTypeParam(param->bound) ? universe().emptyInterface : interface;
  }
  Owner* owner = param->owner;
  Arena& arena = owner->state->arena;
  Type* embedded[] = {param->bound};
  auto* wrapped = arena.make<Interface>(Interface{
      {TypeKind::Interface}, {}, arena.copy(std::span<Type* const>(embedded)), true, nullptr, true, nullptr, owner});
  param->bound = wrapped;
  return wrapped;
}

}  // namespace

Type* underlying(Type* type) {
  type = unalias(type);
  if (type == nullptr) return invalidType();
  if (type->kind == TypeKind::Named) return underlyingOf(static_cast<Named*>(type));
  if (type->kind == TypeKind::TypeParam) return constraintOf(static_cast<TypeParam*>(type));
  return type;
}

size_t methodCount(const Named* named) { return named->origin->state->methodCount; }

Func* methodAt(Named* named, size_t index) {
  NamedState& state = *named->state;
  if (named->origin == named || !named->outerArgs.empty()) return named->origin->state->methods[index];
  uint32_t count = named->origin->state->methodCount;
  if (state.methodCount < count) {  // the origin may have got more since
    Arena& arena = state.owner->state->arena;
    auto** methods = static_cast<Func**>(arena.allocate(count * sizeof(Func*), alignof(Func*)));
    for (uint32_t i = 0; i < count; i++) methods[i] = i < state.methodCount ? state.methods[i] : nullptr;
    state.methods = methods;
    state.methodCount = count;
  }
  if (state.methods[index] == nullptr) {
    Func* expanded = expandMethod(named, index);
    state.methods[index] = expanded;
  }
  return state.methods[index];
}

void addMethod(Arena& arena, Named* named, Func* method) {
  NamedState& state = *named->state;
  if (state.methodCount == state.methodCapacity) {
    uint32_t capacity = std::max(4u, state.methodCapacity * 2);
    auto** methods = static_cast<Func**>(arena.allocate(capacity * sizeof(Func*), alignof(Func*)));
    std::copy_n(state.methods, state.methodCount, methods);
    state.methods = methods;
    state.methodCapacity = capacity;
  }
  state.methods[state.methodCount++] = method;
}

namespace {

int findMethodIndex(Named* origin, Symbol name, bool foldCase) {
  NamedState& state = *origin->state;
  if (state.methodCount > NameIndex::kWorthwhile && !foldCase) {
    if (state.methodIndex == nullptr || state.methodIndex->count() != state.methodCount) {
      Arena& arena = state.owner->state->arena;
      state.methodIndex =
          arena.make<NameIndex>(arena, state.methodCount, [&](uint32_t i) { return state.methods[i]->name; });
    }
    return state.methodIndex->find(name);
  }
  for (uint32_t i = 0; i < state.methodCount; i++) {
    Symbol candidate = state.methods[i]->name;
    if (candidate == name || (foldCase && equalFold(candidate.text(), name.text()))) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

Func* lookupMethod(Named* named, Package* package, Symbol name, bool foldCase, int* index) {
  Named* origin = named->origin;
  if (!foldCase && !samePackage(origin->object->package, package) && !syntax::isExported(name.text())) return nullptr;
  *index = findMethodIndex(origin, name, foldCase);
  return *index < 0 ? nullptr : methodAt(named, static_cast<size_t>(*index));
}

bool hasPointerReceiver(const Func* method) {
  auto* signature = as<Signature>(method->type);
  if (signature == nullptr || signature->receiver == nullptr) return method->pointerReceiver;
  return as<Pointer>(unalias(signature->receiver->type)) != nullptr;
}

}  // namespace millrace::types
