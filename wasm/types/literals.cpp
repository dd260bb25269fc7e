// Function literals and composite literals.
#include <algorithm>
#include <unordered_set>

#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

void Checker::funcLit(Operand& x, FuncLit* e) {
  if (e->type == nullptr) return;
  Signature* signature = newSignature(newTuple({}), newTuple({}));
  Scope* scope = checkSignature(signature, nullptr, {}, e->type);
  recordType(e->type, signature);
  if (!config_.ignoreFuncBodies && e->body != nullptr) {
    // The body sees iota of a constant declaration around it, and counts for the declaration it is in. It is checked
    // when the statement around it is done, so that it sees the variables declared there.
    Declaration* declaration = env_.declaration;
    const Constant* iota = env_.iota;
    std::span<TypeParam*> outerParams = env_.outerParams;
    later([=, this] { funcBody(declaration, signature, scope, e->body, iota, outerParams); });
  }
  x.mode = Mode::Value;
  x.type = signature;
}

// `hint` is the element type of a literal around it, for elements that leave out their type.
void Checker::compositeLit(Operand& x, CompositeLit* e, Type* hint) {
  Type *type, *base;
  bool isElement = false;
  auto* array = as<ArrayType>(e->type);
  if (array != nullptr && array->length == nullptr) {  // [...]T: the length is that of the literal
    type = make<Array>(Array{{TypeKind::Array}, -1, checkVarType(array->element)});
    base = type;
  } else if (e->type != nullptr) {
    type = checkType(e->type);
    base = type;
  } else if (hint != nullptr) {
    type = hint;
    base = type;
    // &T may be left out too.
    bool isPointer = false;
    Type* common = commonUnderlying(base);
    Type* pointed = common != nullptr ? dereference(common, &isPointer) : nullptr;
    if (isPointer) base = pointed;
    isElement = true;
  } else {
    error(e, {"missing type in composite literal"});
    type = base = invalidType();
  }
  Type* common = commonUnderlying(base);
  switch (common != nullptr ? common->kind : TypeKind::Basic) {
    case TypeKind::Struct: structLit(x, e, base, static_cast<Struct*>(common)); break;
    case TypeKind::Array: {
      auto* target = static_cast<Array*>(common);
      int64_t length = indexedElements(e->elements, target->element, target->length);
      if (target->length >= 0) break;
      target->length = length;
      if (e->type != nullptr) recordType(e->type, target);
      break;
    }
    case TypeKind::Slice: indexedElements(e->elements, static_cast<Slice*>(common)->element, -1); break;
    case TypeKind::Map: mapLit(x, e, static_cast<Map*>(common)); break;
    default:
      for (Expr* element : e->elements) {
        auto* pair = as<KeyValueExpr>(element);
        use(pair != nullptr ? pair->value : element);
      }
      if (common == nullptr || isValid(common)) {
        error(e, {"invalid composite literal", isElement ? " element" : "", " type ", type,
                  common == nullptr ? " (no common underlying type)" : ""});
        return x.invalidate();
      }
  }
  x.mode = Mode::Value;
  x.type = type;
}

void Checker::structLit(Operand& x, CompositeLit* e, Type* base, Struct* type) {
  if (e->elements.empty()) return;
  if (as<KeyValueExpr>(e->elements[0]) != nullptr) return keyedStructLit(x, e, base, type);
  std::span<Var*> fields = type->fields;
  for (size_t i = 0; i < e->elements.size(); i++) {
    if (as<KeyValueExpr>(e->elements[i]) != nullptr) {
      error(e->elements[i], {"mixture of field:value and value elements in struct literal"});
      continue;
    }
    expr(x, e->elements[i]);
    if (i >= fields.size()) {
      error(&x, {"too many values in struct literal of type ", base});
      break;
    }
    Var* field = fields[i];
    if (!isExported(field->name.text()) && field->package != package_) {
      error(&x, {"implicit assignment to unexported field ", field->name, " in struct literal of type ", base});
      continue;
    }
    assignment(x, field->type, "struct literal");
  }
  if (e->elements.size() < fields.size()) {
    error(e->rightBrace, {"too few values in struct literal of type ", base});
  }
}

void Checker::keyedStructLit(Operand& x, CompositeLit* e, Type* base, Struct* type) {
  std::span<Var*> fields = type->fields;
  std::vector<bool> visited(fields.size());
  size_t next = 0;  // fields are mostly given in order
  for (Expr* element : e->elements) {
    auto* pair = as<KeyValueExpr>(element);
    if (pair == nullptr) {
      error(element, {"mixture of field:value and value elements in struct literal"});
      continue;
    }
    auto* key = as<Name>(pair->key);
    // Evaluated in any case, so that what it uses counts as used.
    expr(x, pair->value);
    if (key == nullptr) {
      error(pair, {"invalid field name ", pair->key, " in struct literal"});
      continue;
    }
    bool inOrder = next < fields.size() && !key->symbol.isBlank() && sameId(fields[next], package_, key->symbol);
    int index = inOrder ? static_cast<int>(next) : fieldIndex(type, package_, key->symbol, false);
    if (index < 0) {
      int similar = fieldIndex(type, package_, key->symbol, true);
      error(pair->key, {lookupError(base, key->symbol, similar >= 0 ? fields[similar] : nullptr, true)});
      continue;
    }
    next = static_cast<size_t>(index) + 1;
    Var* field = fields[index];
    recordObject(key, field);
    assignment(x, field->type, "struct literal");
    if (visited[index]) error(pair, {"duplicate field name ", key->symbol, " in struct literal"});
    visited[index] = true;
  }
}

void Checker::mapLit(Operand& x, CompositeLit* e, Map* type) {
  // With keys of interface type, equal values of different types are different keys.
  bool byType = isNonTypeParamInterface(type->key);
  struct Key {
    const Constant* value;
    Type* type;
  };
  std::unordered_multimap<uint64_t, Key> visited;
  for (Expr* element : e->elements) {
    auto* pair = as<KeyValueExpr>(element);
    if (pair == nullptr) {
      error(element, {"missing key in map literal"});
      continue;
    }
    exprWithHint(x, pair->key, type->key);
    assignment(x, type->key, "map literal");
    if (!x.valid()) continue;
    if (x.isConstant()) {
      uint64_t hash = hashConstant(x.value);
      bool duplicate = false;
      for (auto [at, end] = visited.equal_range(hash); at != end && !duplicate; ++at) {
        duplicate = sameValue(at->second.value, x.value) && (!byType || identical(at->second.type, x.type));
      }
      if (duplicate) {
        error(&x, {"duplicate key ", x.value, " in map literal"});
        continue;
      }
      visited.emplace(hash, Key{x.value, x.type});
    }
    exprWithHint(x, pair->value, type->value);
    assignment(x, type->value, "map literal");
  }
}

// The elements of an array (of `length`, if that is not negative) or slice literal. The result is one more than the
// greatest index.
int64_t Checker::indexedElements(std::span<Expr* const> elements, Type* type, int64_t length) {
  int64_t index = 0, end = 0;
  // Without keys no index comes twice: nothing needs to be remembered until the first key.
  bool anyKey = false;
  std::unordered_set<int64_t> visited;
  Operand x;
  for (size_t i = 0; i < elements.size(); i++) {
    Expr *element = elements[i], *value = element;
    bool valid = false;
    if (auto* pair = as<KeyValueExpr>(element)) {
      if (!anyKey) {
        for (size_t before = 0; before < i; before++) visited.insert(static_cast<int64_t>(before));
        anyKey = true;
      }
      int64_t at;
      Type* keyType = this->index(pair->key, length, &at);
      if (isValid(keyType)) {
        valid = at >= 0;
        if (valid) {
          index = at;
        } else {
          error(element, {"index ", pair->key, " must be integer constant"});
        }
      }
      value = pair->value;
    } else if (length >= 0 && index >= length) {
      error(element, {"index ", index, " is out of bounds (>= ", length, ")"});
    } else {
      valid = true;
    }
    if (valid && anyKey && !visited.insert(index).second) {
      error(element, {"duplicate index ", index, " in array or slice literal"});
    }
    if (index != INT64_MAX) index++;
    end = std::max(end, index);
    exprWithHint(x, value, type);
    assignment(x, type, "array or slice literal");
  }
  return end;
}

}  // namespace millrace::types
