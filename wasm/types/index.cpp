// Index and slice expressions.
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

// x[i]. True: x is a generic function, and the index lists type arguments, which the caller deals with.
bool Checker::indexExpr(Operand& x, IndexExpr* e) {
  exprOrType(x, e->x, true);
  if (!x.valid()) {
    use(e->index);
    return false;
  }
  if (x.mode == Mode::TypeExpr) {
    x.invalidate();
    x.type = checkVarType(e);
    if (isValid(x.type)) x.mode = Mode::TypeExpr;
    return false;
  }
  if (x.mode == Mode::Value) {
    auto* signature = under<Signature>(x.type);
    if (signature != nullptr && !signature->typeParams.empty()) return true;
  }
  requireInstantiated(Target(), x);
  if (!x.valid()) return false;

  bool valid = true;
  int64_t length = -1;  // known if not negative
  Type* under = underlying(x.type);
  switch (under->kind) {
    case TypeKind::Basic:
      valid = isString(under);
      if (!valid) break;
      if (x.isConstant()) length = static_cast<int64_t>(stringValue(x.value).size());
      x.mode = Mode::Value;
      x.type = universe_.byteType;
      break;
    case TypeKind::Array:
      length = static_cast<Array*>(under)->length;
      if (x.mode != Mode::Variable) x.mode = Mode::Value;
      x.type = static_cast<Array*>(under)->element;
      break;
    case TypeKind::Pointer: {
      auto* array = types::under<Array>(static_cast<Pointer*>(under)->base);
      valid = array != nullptr;
      if (!valid) break;
      length = array->length;
      x.mode = Mode::Variable;
      x.type = array->element;
      break;
    }
    case TypeKind::Slice:
      x.mode = Mode::Variable;
      x.type = static_cast<Slice*>(under)->element;
      break;
    case TypeKind::Map:
      indexMap(x, e, static_cast<Map*>(under)->key, static_cast<Map*>(under)->value);
      return false;
    case TypeKind::Interface: {
      bool done = false;
      valid = isTypeParam(x.type) && indexTypeParam(x, e, &length, &done);
      if (done) return false;
      break;
    }
    default: valid = false;
  }
  if (!valid) {
    error(e->pos, {"cannot index ", &x});
    use(e->index);
    x.invalidate();
    return false;
  }
  Expr* single = singleIndex(e);
  if (single == nullptr) {
    x.invalidate();
    return false;
  }
  int64_t ignored;
  index(single, length, &ignored);
  return false;
}

void Checker::indexMap(Operand& x, IndexExpr* e, Type* key, Type* element) {
  Expr* single = singleIndex(e);
  if (single == nullptr) return x.invalidate();
  Operand k;
  expr(k, single);
  assignment(k, key, "map index");
  // An invalid key is no reason to distrust the element.
  x.mode = Mode::MapIndex;
  x.type = element;
  x.expr = e;
}

// An operand whose type is a type parameter: all types of its set must have the same elements, and, if one is a map,
// all must be maps with the same keys. `done`: they are maps, and x is finished.
bool Checker::indexTypeParam(Operand& x, IndexExpr* e, int64_t* length, bool* done) {
  Type *key = nullptr, *element = nullptr;
  Mode mode = Mode::Variable;
  bool valid = forEachType(x.type, [&](Type*, Type* u) {
    if (u == nullptr) return false;
    int64_t len = -1;
    Type *k = nullptr, *el = nullptr;
    switch (u->kind) {
      case TypeKind::Basic:
        if (!isString(u)) return false;
        el = universe_.byteType;
        mode = Mode::Value;
        break;
      case TypeKind::Array:
        len = static_cast<Array*>(u)->length;
        el = static_cast<Array*>(u)->element;
        if (x.mode != Mode::Variable) mode = Mode::Value;
        break;
      case TypeKind::Pointer: {
        auto* array = under<Array>(static_cast<Pointer*>(u)->base);
        if (array == nullptr) return false;
        len = array->length;
        el = array->element;
        break;
      }
      case TypeKind::Slice: el = static_cast<Slice*>(u)->element; break;
      case TypeKind::Map:
        k = static_cast<Map*>(u)->key;
        el = static_cast<Map*>(u)->value;
        break;
      default: return false;
    }
    if (element == nullptr) {
      *length = len;
      key = k;
      element = el;
      return true;
    }
    if ((key == nullptr) != (k == nullptr) || (key != nullptr && !identical(key, k)) || !identical(element, el)) {
      return false;
    }
    if (len >= 0 && len < *length) *length = len;
    return true;
  });
  if (!valid) return false;
  if (key != nullptr) {
    indexMap(x, e, key, element);
    *done = true;
    return true;
  }
  x.mode = mode;
  x.type = element;
  return true;
}

bool Checker::sliceExpr(Operand& x, SliceExpr* e) {
  expr(x, e->x);
  if (!x.valid()) {
    use(ExprList(e->index, 3));
    return false;
  }
  // Strings count as slices of bytes.
  Type *commonType = nullptr, *common = nullptr;
  bool hasString = false;
  bool valid = forEachType(x.type, [&](Type* type, Type* u) {
    if (u == nullptr) {
      error(&x, {"cannot slice ", &x, ": no specific type in ", x.type});
      return false;
    }
    if (isString(u)) {
      u = newSlice(universe_.byteType);
      hasString = true;
    }
    if (common == nullptr) {
      commonType = type;
      common = u;
      return true;
    }
    if (identical(common, u)) return true;
    error(&x, {"cannot slice ", &x, ": ", commonType, " and ", type, " have different underlying types"});
    return false;
  });
  if (!valid) return false;
  if (hasString) common = isTypeParam(x.type) ? basic(BasicKind::String) : underlying(x.type);

  valid = false;
  int64_t length = -1;
  if (hasString) {
    if (e->full) {
      error(e->index[2] != nullptr ? At(e->index[2]) : At(e), {"invalid operation: 3-index slice of string"});
      return false;
    }
    valid = true;
    if (x.isConstant()) length = static_cast<int64_t>(stringValue(x.value).size());
    if (isUntyped(x.type)) x.type = basic(BasicKind::String);
  } else if (auto* array = types::as<Array>(common)) {
    if (x.mode != Mode::Variable) {
      error(&x, {"cannot slice unaddressable value ", &x});
      return false;
    }
    valid = true;
    length = array->length;
    x.type = newSlice(array->element);
  } else if (auto* pointer = types::as<Pointer>(common)) {
    if (auto* pointed = under<Array>(pointer->base)) {
      valid = true;
      length = pointed->length;
      x.type = newSlice(pointed->element);
    }
  } else {
    valid = common->kind == TypeKind::Slice;
  }
  if (!valid) {
    error(&x, {"cannot slice ", &x});
    return false;
  }
  x.mode = Mode::Value;
  if (e->full && (e->index[1] == nullptr || e->index[2] == nullptr)) return false;  // reported by the parser

  // Constant indices must be in range and in order.
  int64_t values[3];
  for (int i = 0; i < 3; i++) {
    values[i] = i == 0 ? 0 : length >= 0 ? length : -1;
    if (e->index[i] == nullptr) continue;
    int64_t value;
    index(e->index[i], length >= 0 ? length + 1 : -1, &value);
    values[i] = value >= 0 ? value : -1;
  }
  for (int i = 0; i < 2; i++) {
    for (int j = i + 1; j < 3 && values[i] > 0; j++) {
      if (values[j] < 0 || values[j] >= values[i]) continue;
      // The second is the one at fault; it is there, since what is left out is never smaller.
      error(e->index[j], {"invalid slice indices: ", values[j], " < ", values[i]});
      return true;
    }
  }
  return true;
}

// The index, or the first of several, which is reported.
Expr* Checker::singleIndex(IndexExpr* e) {
  auto* list = as<ListExpr>(e->index);
  if (list == nullptr) return e->index;
  if (list->elements.size() < 2) return nullptr;
  error(list->elements[1], {"invalid operation: more than one index"});
  return list->elements[0];
}

// Checks an index below `limit` (if that is not negative). `value`: if constant and valid, else -1. The result is its
// type.
Type* Checker::index(Expr* e, int64_t limit, int64_t* value) {
  *value = -1;
  Operand x;
  expr(x, e);
  if (!isValidIndex(x, "index", false)) return invalidType();
  if (!x.isConstant()) return x.type;
  if (kindOf(x.value) == ConstantKind::Unknown) return invalidType();
  int64_t v;
  exactInt64(x.value, &v);
  if (limit >= 0 && v >= limit) {
    error(&x, {"invalid argument: index ", x.value, " out of bounds [0:", limit, "]"});
    return invalidType();
  }
  *value = v;
  return x.type;
}

bool Checker::isValidIndex(Operand& x, std::string_view what, bool allowNegative) {
  if (!x.valid()) return false;
  convertUntyped(x, basic(BasicKind::Int));
  if (!x.valid()) return false;
  if (!allBasic(x.type, kIsInteger)) {
    error(&x, {"invalid argument: ", what, " ", &x, " must be integer"});
    return false;
  }
  if (!x.isConstant()) return true;
  if (!allowNegative && sign(x.value) < 0) {
    error(&x, {"invalid argument: ", what, " ", &x, " must not be negative"});
    return false;
  }
  if (!isRepresentable(x.value, basic(BasicKind::Int), &x.value)) {
    error(&x, {"invalid argument: ", what, " ", &x, " overflows int"});
    return false;
  }
  return true;
}

}  // namespace millrace::types
