// Equality of values, by type.
#include "runtime/abi/type.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using types::Array;
using types::BasicKind;
using types::Struct;
using types::TypeKind;
using types::under;

namespace {

Op equalOp(ValueType type) {
  switch (type) {
    case ValueType::I32: return Op::I32Eq;
    case ValueType::I64: return Op::I64Eq;
    case ValueType::F32: return Op::F32Eq;
    case ValueType::F64: return Op::F64Eq;
  }
  UNREACHABLE();
}

bool isZeroConstant(const Expr* e) { return e->kind == ir::ExprKind::Const && e->bits == 0; }

}  // namespace

Expr* FunctionBuilder::equalScalar(Expr* a, Expr* b) {
  bool isInteger = a->type == ValueType::I32 || a->type == ValueType::I64;
  if (isInteger && isZeroConstant(b)) return make_.isZero(a);
  if (isInteger && isZeroConstant(a)) return make_.isZero(b);
  return make_.binary(equalOp(a->type), a, b);
}

Expr* FunctionBuilder::equal(const Value& a, const Value& b) {
  Type* u = types::underlying(a.type);
  switch (u->kind) {
    case TypeKind::Basic:
      switch (static_cast<types::Basic*>(u)->basic) {
        case BasicKind::String: case BasicKind::UntypedString: return equalStrings(a, b);
        case BasicKind::Complex64: case BasicKind::Complex128: case BasicKind::UntypedComplex:
          return make_.binary(Op::I32And, equalScalar(a.leaves[0], b.leaves[0]), equalScalar(a.leaves[1], b.leaves[1]));
        default: return equalScalar(a.leaves[0], b.leaves[0]);
      }
    case TypeKind::Interface: return equalInterfaces(a, b);
    case TypeKind::Struct: case TypeKind::Array: return equalAggregates(a, b);
    default: return equalScalar(a.leaves[0], b.leaves[0]);  // pointers; slices, maps and functions with nil
  }
}

// `first` decides; only if it is 1 is `second` asked for.
Expr* FunctionBuilder::both(Expr* first, const std::function<Expr*()>& second) {
  if (first->kind == ir::ExprKind::Const) return first->bits == 0 ? first : second();
  LocalId result = newLocal(ValueType::I32);
  BlockId more = newBlock(), end = newBlock();
  set(result, first);
  branch(get(result), more, end);
  startBlock(more);
  set(result, second());
  jump(end);
  startBlock(end);
  return get(result);
}

Expr* FunctionBuilder::equalStrings(const Value& x, const Value& y) {
  if (isZeroConstant(y.leaves[1])) return make_.isZero(x.leaves[1]);
  if (isZeroConstant(x.leaves[1])) return make_.isZero(y.leaves[1]);
  Value a = hold(x), b = hold(y);
  return both(make_.binary(Op::I64Eq, again(a.leaves[1]), again(b.leaves[1])), [&] {
    return callEntry(abi::Entry::memEqual, {again(a.leaves[0]), again(b.leaves[0]), again(a.leaves[1])});
  });
}

Expr* FunctionBuilder::equalInterfaces(const Value& x, const Value& y) {
  if (isZeroConstant(y.leaves[0])) return make_.isZero(x.leaves[0]);
  if (isZeroConstant(x.leaves[0])) return make_.isZero(y.leaves[0]);
  Value a = hold(x), b = hold(y);
  Expr* aType = hold(dynamicType(a));
  Expr* bType = hold(dynamicType(b));
  return both(make_.binary(Op::I32Eq, again(aType), bType), [&] {
    // Two nils are equal; else the values decide.
    LocalId result = newLocal(ValueType::I32);
    BlockId compare = newBlock(), end = newBlock();
    set(result, make_.i32(1));
    branch(again(aType), compare, end);
    startBlock(compare);
    set(result, callEntry(abi::Entry::ifaceEqual, {again(aType), again(a.leaves[1]), again(b.leaves[1])}));
    jump(end);
    startBlock(end);
    return get(result);
  });
}

Expr* FunctionBuilder::equalAggregates(const Value& x, const Value& y) {
  if (x.inMemory()) {
    FunctionId function = program_.equalFunction(x.type);
    std::vector<Expr*> arguments = {addressOf({x.address, x.offset}), addressOf({y.address, y.offset}), make_.i32(0)};
    return call(function, arguments)[0];
  }
  Value a = hold(x), b = hold(y);
  if (auto* array = under<Array>(x.type)) {
    if (array->length == 0) return make_.i32(1);
    return equal(part(again(a), array->element, 0), part(again(b), array->element, 0));
  }
  auto* fields = under<Struct>(x.type);
  return equalFields(fields, 0, a, b);
}

Expr* FunctionBuilder::equalFields(types::Struct* fields, size_t from, const Value& a, const Value& b) {
  for (size_t i = from; i < fields->fields.size(); i++) {
    types::Var* field = fields->fields[i];
    if (field->name.isBlank() || layoutOf(field->type).leaves.empty()) continue;
    auto offset = static_cast<uint32_t>(types::fieldOffset(fields, i));
    Expr* same = equal(part(again(a), field->type, offset), part(again(b), field->type, offset));
    if (i + 1 == fields->fields.size()) return same;
    return both(same, [&] { return equalFields(fields, i + 1, a, b); });
  }
  return make_.i32(1);
}

}  // namespace millrace::build
