// Composite literals.
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/types/constant.h"

namespace millrace::build {

using namespace syntax;
using types::Array;
using types::Struct;
using types::TypeKind;
using types::under;

namespace {

// The elements of an array or slice literal with their indices, and the length they give it.
struct Indexed {
  std::vector<std::pair<int64_t, const syntax::Expr*>> elements;
  int64_t length = 0;
};

Indexed indexed(const CompositeLit* literal, const types::Info& info) {
  Indexed out;
  int64_t next = 0;
  for (const syntax::Expr* element : literal->elements) {
    if (auto* pair = syntax::as<const KeyValueExpr>(element)) {
      ENSURE(types::exactInt64(info.of(pair->key).value, &next));
      element = pair->value;
    }
    out.elements.push_back({next, element});
    next++;
    out.length = std::max(out.length, next);
  }
  return out;
}

}  // namespace

// Inside a literal of pointers, {…} stands for &T{…}.
Value FunctionBuilder::evalComposite(const CompositeLit* literal) {
  Type* type = typeOf(literal);
  if (auto* to = under<types::Pointer>(type); to != nullptr && literal->type == nullptr) {
    Expr* object = newObject(to->base);
    compositeInto({again(object), 0}, literal, to->base);
    return valueOf(type, std::vector<Expr*>{object});
  }
  Type* u = types::underlying(type);
  switch (u->kind) {
    case TypeKind::Slice: return sliceLiteral(literal, type, static_cast<types::Slice*>(u)->element);
    case TypeKind::Map: return mapLiteral(literal, type, static_cast<types::Map*>(u));
    default: break;
  }
  const Layout& layout = layoutOf(type);
  if (layout.inMemory) {
    if (literal->elements.empty()) return zeroValue(type);
    Expr* object = newObject(type);
    privateObjects_.insert(object->offset);
    compositeInto({again(object), 0}, literal, type);
    return inMemory(type, {object, 0});
  }
  // In registers: the fields' leaves, zero where a field is left out.
  std::vector<Expr*> leaves;
  for (const Leaf& leaf : layout.leaves) leaves.push_back(make_.zero(leaf.type));
  const auto put = [&](Type* part, uint32_t offset, const syntax::Expr* e) {
    Value value = evalAs(e, part);
    size_t first = 0;
    while (first < layout.leaves.size() && layout.leaves[first].offset < offset) first++;
    for (size_t i = 0; i < value.leaves.size(); i++) leaves[first + i] = value.leaves[i];
  };
  if (auto* fields = types::as<Struct>(u)) {
    forEachField(literal, fields, [&](size_t field, const syntax::Expr* e) {
      put(fields->fields[field]->type, static_cast<uint32_t>(types::fieldOffset(fields, field)), e);
    });
  } else {
    for (auto& [index, e] : indexed(literal, info_).elements) put(static_cast<Array*>(u)->element, 0, e);
  }
  return valueOf(type, leaves);
}

void FunctionBuilder::forEachField(const CompositeLit* literal, Struct* fields,
                                   const std::function<void(size_t, const syntax::Expr*)>& visit) {
  std::unordered_map<Symbol, size_t> byName;
  if (literal->keyed != 0) {
    for (size_t i = 0; i < fields->fields.size(); i++) byName[fields->fields[i]->name] = i;
  }
  for (size_t i = 0; i < literal->elements.size(); i++) {
    if (auto* pair = syntax::as<const KeyValueExpr>(literal->elements[i])) {
      visit(byName.at(static_cast<const Name*>(pair->key)->symbol), pair->value);
    } else if (fields->fields[i]->name.isBlank()) {
      drop(evalAs(literal->elements[i], fields->fields[i]->type));  // it stays zero
    } else {
      visit(i, literal->elements[i]);
    }
  }
}

// Fills zeroed memory that nothing else knows yet.
void FunctionBuilder::compositeInto(Pointer at, const CompositeLit* literal, Type* type) {
  at.base = settle(at.base);
  if (auto* fields = under<Struct>(type)) {
    forEachField(literal, fields, [&](size_t field, const syntax::Expr* e) {
      auto offset = static_cast<uint32_t>(types::fieldOffset(fields, field));
      evalInto(shifted(at, offset), e, fields->fields[field]->type);
    });
    return;
  }
  auto* array = under<Array>(type);
  uint64_t size = layoutOf(array->element).size;
  for (auto& [index, e] : indexed(literal, info_).elements) {
    evalInto(shifted(at, static_cast<uint32_t>(static_cast<uint64_t>(index) * size)), e, array->element);
  }
}

Value FunctionBuilder::sliceLiteral(const CompositeLit* literal, Type* type, Type* elementType) {
  Indexed elements = indexed(literal, info_);
  uint64_t size = layoutOf(elementType).size;
  Expr* array;
  if (Address data = elements.elements.empty() ? 0 : program_.staticArray(info_, literal, elementType, elements.length)) {
    // All constant: one copy of prepared data.
    array = newArray(elementType, elements.length);
    copyRange(again(array), make_.i32(static_cast<int32_t>(data)),
              make_.i32(static_cast<int32_t>(size * static_cast<uint64_t>(elements.length))), elementType);
  } else {
    array = newArray(elementType, elements.length);
    for (auto& [index, e] : elements.elements) {
      evalInto({again(array), static_cast<uint32_t>(static_cast<uint64_t>(index) * size)}, e, elementType);
    }
  }
  return valueOf(type, std::vector<Expr*>{array, make_.i64(elements.length), make_.i64(elements.length)});
}

Value FunctionBuilder::mapLiteral(const CompositeLit* literal, Type* type, types::Map* map) {
  Expr* made = callEntry(abi::Entry::mapMake, {make_.i32(static_cast<int32_t>(program_.descriptorOf(type))),
                                               make_.i64(static_cast<int64_t>(literal->elements.size()))});
  Value result = valueOf(type, std::vector<Expr*>{made});
  for (const syntax::Expr* element : literal->elements) {
    auto* pair = static_cast<const KeyValueExpr*>(element);
    Value key = evalAs(pair->key, map->key);
    if (hasCalls(pair->value)) key = settle(key);
    Value value = evalAs(pair->value, map->value);
    if (!value.inMemory()) value = hold(value);
    storeValue(mapSlot(again(result), key), value);
  }
  return result;
}

}  // namespace millrace::build
