// Cycles: objects that are declared by means of themselves, and types that contain themselves.
//
// While an object is being declared it is on a path; coming back to one on the path closes a cycle. Cycles through
// types alone are fine as long as they pass through a type definition; whether such a type has a finite size is a
// matter of its own (checkValidType, hasFiniteSize). Cycles of values alone are left to the order of initialisation,
// except that their types must be known. Everything else is an error.
#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/environment-guard.h"

namespace millrace::types {

namespace {

size_t firstInSource(const std::vector<Object*>& cycle) {
  size_t first = 0;
  for (size_t i = 1; i < cycle.size(); i++) {
    if (cycle[i]->pos < cycle[first]->pos) first = i;
  }
  return first;
}

}  // namespace

void Checker::pushObject(Object* object) {
  path_.push_back(object);
  object->pathIndex = static_cast<uint32_t>(path_.size());
}

void Checker::popObject() {
  path_.back()->pathIndex = 0;
  path_.pop_back();
}

bool Checker::isValidCycle(Object* object) {
  std::vector<Object*> cycle(path_.begin() + (object->pathIndex - 1), path_.end());
  size_t values = 0, definitions = 0;
  for (Object* member : cycle) {
    switch (member->kind) {
      case ObjectKind::Const:
      case ObjectKind::Var: values++; break;
      case ObjectKind::TypeName:
        // A generic type in its own list of type parameters: found by other means, if it is wrong.
        if (env_.inTypeParams && member->type != nullptr && isGeneric(member->type)) return true;
        if (!static_cast<TypeName*>(member)->isAlias) definitions++;
        break;
      default: break;
    }
  }
  if (values == cycle.size()) return true;
  if (values == 0 && definitions > 0) return true;
  reportCycle(cycle, firstInSource(cycle));
  return false;
}

void Checker::reportCycle(const std::vector<Object*>& cycle, size_t start) {
  auto name = [this](const Object* o) { return naming_.prefix(o->package) + std::string(o->name.text()); };
  Object* object = cycle[start];
  bool isType = object->kind == ObjectKind::TypeName;
  if (auto* alias = as<Alias>(object->type); isType && alias != nullptr) {
    alias->from = invalidType();
    alias->actual = nullptr;
  }
  std::string_view what = isType ? "invalid recursive type" : "invalid cycle in declaration";
  if (cycle.size() == 1) return error(object, {what, ": ", name(object), " refers to itself"});
  Report lines = newReport();
  lines.add(object, {what, isType ? " " : " of ", name(object)});
  for (size_t i = 0; i < cycle.size(); i++) {
    Object* next = cycle[(start + i + 1) % cycle.size()];
    lines.add(object, {name(object), " refers to ", name(next)});
    object = next;
  }
  report(lines);
}

// `type A B; type B A`: cycles of names without any type literal in between.
void Checker::findDirectCycles() {
  enum : uint8_t { kNew, kOnPath, kDone };
  std::unordered_map<TypeName*, uint8_t> state;
  for (Object* object : objects_) {
    auto* name = as<TypeName>(object);
    std::vector<TypeName*> path;
    while (name != nullptr && state[name] == kNew) {
      state[name] = kOnPath;
      path.push_back(name);
      auto* source = syntax::as<syntax::Name>(name->declaration->typeDecl->type);
      name = source != nullptr ? as<TypeName>(package_->scope->lookup(source->symbol)) : nullptr;
      if (name != nullptr && name->declaration == nullptr) name = nullptr;
    }
    if (name != nullptr && state[name] == kOnPath) {
      std::vector<Object*> cycle(std::find(path.begin(), path.end(), name), path.end());
      name->type = invalidType();
      reportCycle(cycle, firstInSource(cycle));
    }
    for (TypeName* member : path) state[member] = kDone;
  }
}

// Does a value of the type have a finite size? Asked while types are still being declared: a type on the path that is
// needed to its full extent closes a cycle.
bool Checker::hasFiniteSize(Type* type) {
  int height = 0;
  return hasFiniteSize(type, height);
}

// `height`: raised to how many declared types lie within each other in this one.
bool Checker::hasFiniteSize(Type* type, int& height) {
  type = unalias(type);
  if (type == nullptr) return true;
  if (auto* array = as<Array>(type)) return hasFiniteSize(array->element, height);
  if (auto* structure = as<Struct>(type)) {
    for (Var* field : structure->fields) {
      if (!hasFiniteSize(field->type, height)) return false;
    }
    return true;
  }
  auto* named = as<Named>(type);
  if (named == nullptr) return true;
  NamedState& state = *named->state;
  if (state.sizeKnown) {
    height = std::max<int>(height, state.height);
    return state.finite;
  }
  TypeName* place = placeOf(named);
  if (place->pathIndex != 0) {
    std::vector<Object*> cycle(path_.begin() + (place->pathIndex - 1), path_.end());
    reportCycle(cycle, firstInSource(cycle));
    return false;
  }
  DepthGuard deeper(*this, kMemberDepth);
  int within = 0;
  bool finite = true;
  if (!deeper.tooDeep()) {
    pushObject(place);
    finite = hasFiniteSize(state.rightHandSide, within);
    popObject();
  }
  if (deeper.tooDeep() || within >= kMaxTypesWithin) finite = !isNestedTooDeeply(named);
  if (!state.sizeKnown) {
    state.sizeKnown = true;
    state.finite = finite;
    state.height = static_cast<uint16_t>(within + 1);
  }
  height = std::max<int>(height, state.height);
  return state.finite;
}

// How many types lie within each other in a type that is written down, aliases resolved: these alone can make it deeper than
// the parser lets it be.
int Checker::literalHeight(Type* type) const {
  if (type == nullptr) return 0;
  int height = 0;
  const auto part = [&](Type* t) { height = std::max(height, literalHeight(t) + 1); };
  switch (type->kind) {
    case TypeKind::Basic: case TypeKind::TypeParam: break;
    case TypeKind::Alias: {
      auto* alias = static_cast<Alias*>(type);
      for (Type* argument : alias->typeArgs) part(argument);
      auto known = aliasHeights_.find(alias->origin);
      return height + (known != aliasHeights_.end() ? known->second : 0);
    }
    case TypeKind::Named:
      for (Type* argument : static_cast<Named*>(type)->typeArgs) part(argument);
      break;
    case TypeKind::Pointer: part(static_cast<Pointer*>(type)->base); break;
    case TypeKind::Slice: part(static_cast<Slice*>(type)->element); break;
    case TypeKind::Array: part(static_cast<Array*>(type)->element); break;
    case TypeKind::Chan: part(static_cast<Chan*>(type)->element); break;
    case TypeKind::Map: part(static_cast<Map*>(type)->key), part(static_cast<Map*>(type)->value); break;
    case TypeKind::Struct:
      for (Var* field : static_cast<Struct*>(type)->fields) part(field->type);
      break;
    case TypeKind::Tuple:
      for (Var* var : static_cast<Tuple*>(type)->vars) part(var->type);
      break;
    case TypeKind::Signature:
      part(static_cast<Signature*>(type)->params), part(static_cast<Signature*>(type)->results);
      break;
    case TypeKind::Interface:
      for (Func* method : static_cast<Interface*>(type)->explicitMethods) part(method->type);
      for (Type* embedded : static_cast<Interface*>(type)->embeddeds) part(embedded);
      break;
    case TypeKind::Union:
      for (Term* term : static_cast<Union*>(type)->terms) part(term->type);
      break;
  }
  return height;
}

// Reports it and makes the type invalid, so that nobody goes down into it any more. Always true.
bool Checker::isNestedTooDeeply(Named* named) {
  TypeName* place = placeOf(named);
  error(place, {"too many types within each other in ", place->name});
  setRightHandSide(named->origin, invalidType());
  return true;
}

namespace {

// Does the type depend on type parameters?
bool dependsOnParams(Type* type, int depth = 0) {
  type = unalias(type);
  if (type == nullptr || depth > 100) return true;
  switch (type->kind) {
    case TypeKind::Basic: return false;
    case TypeKind::Pointer: return dependsOnParams(static_cast<Pointer*>(type)->base, depth + 1);
    case TypeKind::Slice: return dependsOnParams(static_cast<Slice*>(type)->element, depth + 1);
    case TypeKind::Array: return dependsOnParams(static_cast<Array*>(type)->element, depth + 1);
    case TypeKind::Named: {
      auto* named = static_cast<Named*>(type);
      if (named->origin == named) return !named->typeParams.empty();
      return std::any_of(named->typeArgs.begin(), named->typeArgs.end(),
                         [depth](Type* arg) { return dependsOnParams(arg, depth + 1); });
    }
    default: return true;  // not worth a closer look
  }
}

}  // namespace

// Does the type contain itself without a pointer in between? Reports it, once.
//
// The rule is about memory: a type must not be within itself. `nest` holds the types that the one at hand lies in,
// `path` all types that led to it. A type parameter stands for an argument of the innermost instance of the nest, and
// that argument lies in whatever the instance lies in, not in the instance: so A[A[string]] is fine for `type A[P any]
// struct { _ B[P] }; type B[P any] struct { _ P }`, while going through B.
//
// A type without type parameters that is found to be fine is so wherever it stands, which is remembered; without that,
// the time would be exponential in the depth of nesting.
//
// Whoever walks over types later relies on it that only so many lie within each other.
void Checker::checkValidType(Named* type) {
  TypeNest nest;
  int height = 0;
  isValidType(type, nest, 0, height);
}

// `height` as hasFiniteSize's.
bool Checker::isValidType(Type* type, TypeNest& nest, size_t depth, int& height) {
  type = unalias(type);
  DepthGuard deeper(*this, kMemberDepth);
  if (type == nullptr || --nest.budget < 0 || deeper.tooDeep()) return true;
  auto isValidPart = [&](Type* part) { return isValidType(part, nest, depth, height); };
  switch (type->kind) {
    case TypeKind::Array: return isValidPart(static_cast<Array*>(type)->element);
    case TypeKind::Struct: {
      auto& fields = static_cast<Struct*>(type)->fields;
      return std::all_of(fields.begin(), fields.end(), [&](Var* field) { return isValidPart(field->type); });
    }
    case TypeKind::Union: {
      auto& terms = static_cast<Union*>(type)->terms;
      return std::all_of(terms.begin(), terms.end(), [&](Term* term) { return isValidPart(term->type); });
    }
    case TypeKind::Interface: {
      auto& embeddeds = static_cast<Interface*>(type)->embeddeds;
      return std::all_of(embeddeds.begin(), embeddeds.end(), isValidPart);
    }
    case TypeKind::Named: return isValidNamed(static_cast<Named*>(type), nest, depth, height);
    case TypeKind::TypeParam: {
      if (depth == 0) return true;
      Named* instance = nest.types[depth - 1];
      std::span<TypeParam*> params = instance->origin->typeParams;
      for (size_t i = 0; i < params.size() && i < instance->typeArgs.size(); i++) {
        if (params[i] == type) return isValidType(instance->typeArgs[i], nest, depth - 1, height);
      }
      return true;
    }
    default: return true;
  }
}

bool Checker::isValidNamed(Named* named, TypeNest& nest, size_t depth, int& height) {
  NamedState& origin = *named->origin->state;
  if (named->state->valid) {
    height = std::max<int>(height, named->state->height);
    return true;
  }
  for (size_t i = 0; origin.onPath > 0 && i < depth; i++) {
    if (!identical(nest.types[i], named)) continue;
    setRightHandSide(named->origin, invalidType());
    auto start = std::find_if(nest.path.begin(), nest.path.end(), [named](Named* other) { return identical(other, named); });
    std::vector<Object*> cycle;
    for (; start != nest.path.end(); ++start) cycle.push_back(placeOf(*start));
    if (!cycle.empty()) reportCycle(cycle, 0);
    return false;
  }
  if (nest.path.size() > static_cast<size_t>(kMaxTypesWithin)) return !isNestedTooDeeply(named);
  if (nest.types.size() == depth) nest.types.push_back(nullptr);
  Named* outer = std::exchange(nest.types[depth], named);
  nest.path.push_back(named);
  origin.onPath++;
  int within = 0;
  bool valid = isValidType(rightHandSide(named->origin), nest, depth + 1, within);
  origin.onPath--;
  nest.path.pop_back();
  nest.types[depth] = outer;
  if (valid && within >= kMaxTypesWithin) return !isNestedTooDeeply(named);
  height = std::max(height, within + 1);
  if (valid && nest.budget >= 0 && !dependsOnParams(named)) {
    named->state->valid = true;
    named->state->height = static_cast<uint16_t>(within + 1);
  }
  return valid;
}

}  // namespace millrace::types
