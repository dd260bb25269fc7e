// Constants, conversions T(x), and the implicit ones of assignments.

#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/types/constant.h"

namespace millrace::build {

using namespace syntax;
using types::Array;
using types::BasicKind;
using types::TypeKind;
using types::under;

namespace {

bool isInteger(BasicKind kind) {
  return (kind >= BasicKind::Int && kind <= BasicKind::Uintptr) || kind == BasicKind::UntypedInt ||
         kind == BasicKind::UntypedRune;
}

bool isString(Type* type) {
  auto* basic = under<types::Basic>(type);
  return basic != nullptr && (basic->basic == BasicKind::String || basic->basic == BasicKind::UntypedString);
}

// []byte, []rune and types like them.
bool isSliceOf(Type* type, BasicKind kind) {
  auto* slice = under<types::Slice>(type);
  auto* element = slice == nullptr ? nullptr : under<types::Basic>(slice->element);
  return element != nullptr && element->basic == kind;
}

}  // namespace

Value FunctionBuilder::stringConstant(std::string_view text, Type* type) {
  return valueOf(type, std::vector<Expr*>{make_.i32(static_cast<int32_t>(program_.data().text(text))),
                                          make_.i64(static_cast<int64_t>(text.size()))});
}

uint64_t constantBits(BasicKind kind, const types::Constant* value) {
  using enum BasicKind;
  switch (kind) {
    case Bool: case UntypedBool: return types::boolValue(value);
    case Float32: return __builtin_bit_cast(uint32_t, types::float32Value(value));
    case Float64: case UntypedFloat: return __builtin_bit_cast(uint64_t, types::float64Value(value));
    default: {
      int64_t asSigned = 0;
      uint64_t asUnsigned = 0;
      if (types::exactInt64(value, &asSigned)) asUnsigned = static_cast<uint64_t>(asSigned);
      else ENSURE(types::exactUint64(value, &asUnsigned));
      return asUnsigned;
    }
  }
}

Value FunctionBuilder::constant(Type* type, const types::Constant* value) {
  auto* basic = under<types::Basic>(type);
  ENSURE(basic != nullptr);  // where an interface was wanted, the checker recorded the constant's own type
  BasicKind kind = basic->basic;
  if (kind == BasicKind::String || kind == BasicKind::UntypedString) {
    return stringConstant(types::stringValue(value), type);
  }
  if (kind == BasicKind::Complex64 || kind == BasicKind::Complex128 || kind == BasicKind::UntypedComplex) {
    BasicKind half = kind == BasicKind::Complex64 ? BasicKind::Float32 : BasicKind::Float64;
    ValueType leaf = kind == BasicKind::Complex64 ? ValueType::F32 : ValueType::F64;
    return valueOf(type, std::vector<Expr*>{make_.constant(leaf, constantBits(half, types::realPart(value))),
                                            make_.constant(leaf, constantBits(half, types::imaginaryPart(value)))});
  }
  Leaf leaf = scalarLeaf(kind);
  uint64_t bits = constantBits(kind, value);
  if (leaf.type == ValueType::I32) bits = static_cast<uint32_t>(bits);
  return valueOf(type, std::vector<Expr*>{make_.constant(leaf.type, bits)});
}

// ---------------------------------------------------------------------------------------------- assignability

Value FunctionBuilder::assignable(const Value& value, Type* target) {
  if (value.type == target) return value;
  if (types::isInterface(target)) {
    if (types::identical(types::underlying(value.type), types::underlying(target))) {
      Value same = value;
      same.type = target;
      return same;
    }
    return toInterface(value, target);
  }
  Value same = value;
  same.type = target;
  return same;
}

// ------------------------------------------------------------------------------------------------ conversions

Value FunctionBuilder::convert(const Value& value, Type* target) {
  Type *from = types::underlying(value.type), *to = types::underlying(target);
  if (to->kind == TypeKind::Interface) return assignable(value, target);
  auto* fromBasic = types::as<types::Basic>(from);
  auto* toBasic = types::as<types::Basic>(to);
  if (toBasic != nullptr && isString(target)) {
    if (fromBasic != nullptr && isInteger(fromBasic->basic)) {
      Expr* data = callEntry(abi::Entry::runeToString, {toInt64(value)});
      Expr* length = secondResult();
      return valueOf(target, std::vector<Expr*>{data, length});
    }
    if (isSliceOf(value.type, BasicKind::Uint8)) {
      Value bytes = hold(value);
      Expr* data = callEntry(abi::Entry::bytesToString, {again(bytes.leaves[0]), again(bytes.leaves[1])});
      return valueOf(target, std::vector<Expr*>{data, again(bytes.leaves[1])});
    }
    if (isSliceOf(value.type, BasicKind::Int32)) {
      Expr* data = callEntry(abi::Entry::runesToString, {value.leaves[0], value.leaves[1]});
      Expr* length = secondResult();
      return valueOf(target, std::vector<Expr*>{data, length});
    }
    return assignable(value, target);
  }
  if (isString(value.type) && to->kind == TypeKind::Slice) {
    bool isBytes = isSliceOf(target, BasicKind::Uint8);
    Value text = hold(value);
    Expr* data = callEntry(isBytes ? abi::Entry::stringToBytes : abi::Entry::stringToRunes,
                           {again(text.leaves[0]), again(text.leaves[1])});
    Expr* second = secondResult();
    Expr* length = isBytes ? again(text.leaves[1]) : again(second);
    return valueOf(target, std::vector<Expr*>{data, length, second});
  }
  if (from->kind == TypeKind::Slice && (to->kind == TypeKind::Pointer || to->kind == TypeKind::Array)) {
    auto* array = to->kind == TypeKind::Array ? static_cast<Array*>(to)
                                              : under<Array>(static_cast<types::Pointer*>(to)->base);
    Value slice = hold(value);
    check(make_.binary(Op::I64LtS, again(slice.leaves[1]), make_.i64(array->length)),
          program_.runtimeFunction("panicSliceConvert"), {again(slice.leaves[1]), make_.i64(array->length)});
    if (to->kind == TypeKind::Pointer) return valueOf(target, std::vector<Expr*>{again(slice.leaves[0])});
    return settle(loadValue(target, {again(slice.leaves[0]), 0}));
  }
  if (fromBasic == nullptr || toBasic == nullptr) {
    // Pointers, unsafe.Pointer, and types of one underlying type; uintptr has 64 bits, pointers 32.
    if (toBasic != nullptr && toBasic->basic == BasicKind::Uintptr && value.leaves[0]->type == ValueType::I32) {
      return valueOf(target, std::vector<Expr*>{make_.unary(Op::I64ExtendI32U, value.leaves[0])});
    }
    return assignable(value, target);
  }
  return convertBasic(value, fromBasic->basic, target, toBasic->basic);
}

// ------------------------------------------------------------------------------------------- without a copy

const syntax::Expr* FunctionBuilder::copiedBy(const syntax::Expr* e) {
  auto* call = syntax::as<const CallExpr>(unparen(const_cast<syntax::Expr*>(e)));
  if (call == nullptr || call->arguments.size() != 1 || info_.of(call).mode == types::Mode::Constant) return nullptr;
  if (info_.of(unparen(call->function)).mode != types::Mode::TypeExpr) return nullptr;
  const syntax::Expr* from = call->arguments[0];
  Type *source = typeOf(from), *target = typeOf(call);
  bool copies = (isString(target) && isSliceOf(source, BasicKind::Uint8)) || (isSliceOf(target, BasicKind::Uint8) && isString(source));
  return copies ? from : nullptr;
}

Value FunctionBuilder::evalUncopied(const syntax::Expr* e) {
  const syntax::Expr* from = copiedBy(e);
  if (from == nullptr) return eval(e);
  Value value = hold(eval(from));
  std::vector<Expr*> leaves = {again(value.leaves[0]), again(value.leaves[1])};
  if (!isString(typeOf(e))) leaves.push_back(again(value.leaves[1]));
  return valueOf(typeOf(e), leaves);
}

// Of a key that is only looked up.
Value FunctionBuilder::evalLookupKey(const syntax::Expr* e, Type* key) {
  return isString(key) && copiedBy(e) != nullptr ? assignable(evalUncopied(e), key) : evalAs(e, key);
}

Value FunctionBuilder::convertBasic(const Value& value, BasicKind from, Type* target, BasicKind to) {
  const auto isComplex = [](BasicKind kind) {
    return kind == BasicKind::Complex64 || kind == BasicKind::Complex128 || kind == BasicKind::UntypedComplex;
  };
  const auto halfOf = [](BasicKind kind) { return kind == BasicKind::Complex64 ? BasicKind::Float32 : BasicKind::Float64; };
  if (isComplex(from)) {
    std::vector<Expr*> parts;
    for (Expr* leaf : value.leaves) parts.push_back(convertNumber(leaf, halfOf(from), halfOf(to)));
    return valueOf(target, parts);
  }
  if (isComplex(to)) {  // a constant, where the target is a type argument
    Expr* real = convertNumber(value.leaves[0], from, halfOf(to));
    return valueOf(target, std::vector<Expr*>{real, make_.zero(real->type)});
  }
  return valueOf(target, std::vector<Expr*>{convertNumber(value.leaves[0], from, to)});
}

// Integers are cut or extended; floats are rounded; a float beyond an integer's range saturates (Go leaves that open).
Expr* FunctionBuilder::convertNumber(Expr* e, BasicKind from, BasicKind to) {
  using enum BasicKind;
  if (from == to || from == Bool) return e;
  const auto isFloat = [](BasicKind k) { return k == Float32 || k == Float64 || k == UntypedFloat; };
  const auto isUnsignedKind = [](BasicKind k) { return k >= Uint && k <= Uintptr; };
  if (from == UnsafePointer) return to == Uintptr ? make_.unary(Op::I64ExtendI32U, e) : e;
  if (to == UnsafePointer) return e->type == ValueType::I64 ? make_.unary(Op::I32WrapI64, e) : e;
  ValueType toType = scalarLeaf(to).type;
  if (isFloat(from) && isFloat(to)) {
    if (e->type == toType) return e;
    return make_.unary(toType == ValueType::F32 ? Op::F32DemoteF64 : Op::F64PromoteF32, e);
  }
  if (isFloat(to)) {
    bool u = isUnsignedKind(from);
    if (toType == ValueType::F32) {
      if (e->type == ValueType::I64) return make_.unary(u ? Op::F32ConvertI64U : Op::F32ConvertI64S, e);
      return make_.unary(u ? Op::F32ConvertI32U : Op::F32ConvertI32S, e);
    }
    if (e->type == ValueType::I64) return make_.unary(u ? Op::F64ConvertI64U : Op::F64ConvertI64S, e);
    return make_.unary(u ? Op::F64ConvertI32U : Op::F64ConvertI32S, e);
  }
  if (isFloat(from)) {
    bool u = to == Uint64 || to == Uint || to == Uintptr, single = e->type == ValueType::F32;
    Expr* wide = make_.unary(u ? (single ? Op::I64TruncSatF32U : Op::I64TruncSatF64U)
                               : (single ? Op::I64TruncSatF32S : Op::I64TruncSatF64S), e);
    return toType == ValueType::I64 ? wide : wrap(make_.unary(Op::I32WrapI64, wide), to);
  }
  if (e->type == ValueType::I32 && toType == ValueType::I64) {
    return make_.unary(isUnsignedKind(from) ? Op::I64ExtendI32U : Op::I64ExtendI32S, e);
  }
  if (e->type == ValueType::I64 && toType == ValueType::I32) e = make_.unary(Op::I32WrapI64, e);
  return wrap(e, to);
}

Value FunctionBuilder::evalConversion(const CallExpr* call) {
  Type* target = typeOf(call->function);
  Value value = eval(call->arguments[0]);
  setPos(call->pos);
  return convert(value, target);
}

}  // namespace millrace::build
