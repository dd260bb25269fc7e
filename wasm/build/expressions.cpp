// Operands: names, selectors, indexing, slicing, dereferencing, addresses.
#include <bit>

#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using namespace syntax;
using types::Array;
using types::BasicKind;
using types::Mode;
using types::Selection;
using types::SelectionKind;
using types::Signature;
using types::Struct;
using types::TypeKind;
using types::under;
using types::VarRole;

Type* FunctionBuilder::substitute(Type* type) {
  if (environment_.params.empty() || type == nullptr) return type;
  return types::substitute(program_.session(), type, environment_.params, environment_.args);
}

Type* FunctionBuilder::typeOf(const syntax::Expr* e) { return substitute(info_.of(e).type); }

Value FunctionBuilder::eval(const syntax::Expr* e) {
  const types::TypeAndValue& known = info_.of(e);
  if (known.mode == Mode::Constant) return constant(substitute(known.type), known.value);
  if (known.mode == Mode::NilValue) return zeroValue(substitute(known.type));
  Pos outer = pos_;
  setPos(e->pos);
  Value value;
  switch (e->kind) {
    case NodeKind::ParenExpr: value = eval(static_cast<const ParenExpr*>(e)->x); break;
    case NodeKind::FuncLit: value = evalFuncLit(static_cast<const FuncLit*>(e)); break;
    case NodeKind::CompositeLit: value = evalComposite(static_cast<const CompositeLit*>(e)); break;
    case NodeKind::SliceExpr: value = evalSlice(static_cast<const SliceExpr*>(e)); break;
    case NodeKind::AssertExpr: {
      auto* assertion = static_cast<const AssertExpr*>(e);
      value = assertType(eval(assertion->x), typeOf(assertion->type), false).first;
      break;
    }
    case NodeKind::Operation: {
      auto* operation = static_cast<const Operation*>(e);
      if (operation->y != nullptr) {
        value = evalBinary(operation);
      } else if (operation->op == Operator::Mul) {
        value = load(evalReference(e));
      } else {
        value = evalUnary(operation);
      }
      break;
    }
    case NodeKind::CallExpr: value = evalCallValue(static_cast<const CallExpr*>(e)); break;
    case NodeKind::Name: case NodeKind::SelectorExpr: case NodeKind::IndexExpr: value = load(evalReference(e)); break;
    default: UNREACHABLE();
  }
  setPos(outer);
  return value;
}

Value FunctionBuilder::load(const Reference& reference) {
  return reference.memory ? loadValue(reference.type, reference.at) : reference.value;
}

Value FunctionBuilder::evalAs(const syntax::Expr* e, Type* target) { return assignable(eval(e), target); }

// Puts the value at `at`, which is zeroed and which nothing else knows yet.
void FunctionBuilder::evalInto(Pointer at, const syntax::Expr* e, Type* target) {
  const syntax::Expr* inner = unparen(const_cast<syntax::Expr*>(e));
  if (auto* literal = syntax::as<const CompositeLit>(inner)) {
    Type* type = typeOf(literal);
    Type* u = types::underlying(type);
    if (types::identical(type, target) && (u->kind == TypeKind::Struct || u->kind == TypeKind::Array)) {
      compositeInto(at, literal, type);
      return;
    }
  }
  storeValue(at, evalAs(e, target));
}

std::vector<Value> FunctionBuilder::evalMany(const syntax::Expr* e) {
  const syntax::Expr* inner = unparen(const_cast<syntax::Expr*>(e));
  setPos(inner->pos);
  const auto pair = [&](std::pair<Value, Expr*> result) {
    auto* tuple = types::as<types::Tuple>(info_.of(inner).type);
    Type* okType = tuple != nullptr && tuple->vars.size() == 2 ? substitute(tuple->vars[1]->type) : basic(BasicKind::Bool);
    return std::vector<Value>{result.first, valueOf(okType, std::vector<Expr*>{result.second})};
  };
  switch (inner->kind) {
    case NodeKind::CallExpr: return evalCall(static_cast<const CallExpr*>(inner));
    case NodeKind::AssertExpr: {
      auto* assertion = static_cast<const AssertExpr*>(inner);
      return pair(assertType(eval(assertion->x), typeOf(assertion->type), true));
    }
    case NodeKind::IndexExpr: {
      auto* index = static_cast<const IndexExpr*>(inner);
      Value map = hold(eval(index->x));
      auto* type = under<types::Map>(map.type);
      return pair(mapLookup(map, evalLookupKey(index->index, type->key), true));
    }
    case NodeKind::Operation: {
      auto* operation = static_cast<const Operation*>(inner);
      ENSURE(operation->op == Operator::Receive);
      Value channel = eval(operation->x);
      return pair(receive(channel, under<types::Chan>(channel.type)->element));
    }
    default: UNREACHABLE();
  }
}

// --------------------------------------------------------------------------------------------- references

// What `e` denotes: memory that can be read, written or pointed into where Go has a variable in memory, else a value.
FunctionBuilder::Reference FunctionBuilder::evalReference(const syntax::Expr* e) {
  if (info_.of(e).mode == types::Mode::Constant) return byValue(eval(e));
  switch (e->kind) {
    case NodeKind::ParenExpr: return evalReference(static_cast<const ParenExpr*>(e)->x);
    case NodeKind::Name: {
      auto* name = static_cast<const Name*>(e);
      types::Object* object = info_.objectOf(name);
      if (auto* function = types::as<Func>(object)) return byValue(evalFunctionValue(instanceOf(name, function)));
      auto* var = types::as<Var>(object);
      ENSURE(var != nullptr);
      return variableReference(var);
    }
    case NodeKind::SelectorExpr: return selectorReference(static_cast<const SelectorExpr*>(e));
    case NodeKind::IndexExpr: return indexReference(static_cast<const IndexExpr*>(e));
    case NodeKind::Operation: {
      auto* operation = static_cast<const Operation*>(e);
      if (operation->op != Operator::Mul || operation->y != nullptr) break;
      Value target = eval(operation->x);
      Pointer at = pointer(target.leaves[0]);
      setPos(operation->pos);
      nilCheck(at.base);
      return inPlace(typeOf(e), at);
    }
    default: break;
  }
  return byValue(eval(e));
}

FunctionBuilder::Reference FunctionBuilder::variableReference(Var* var) {
  Type* type = substitute(var->type);
  if (var->role == VarRole::Package) {
    return inPlace(type, {make_.i32(static_cast<int32_t>(program_.variable(var))), 0});
  }
  const Storage& storage = storageOf(var);
  if (storage.kind == Storage::Memory) return inPlace(type, {get(storage.local), 0});
  std::vector<Expr*> leaves;
  for (size_t i = 0; i < layoutOf(type).leaves.size(); i++) leaves.push_back(get(storage.local + static_cast<LocalId>(i)));
  return byValue(valueOf(type, leaves));
}

FunctionBuilder::Reference FunctionBuilder::selectorReference(const SelectorExpr* selector) {
  auto selection = selectionOf(selector);
  if (!selection) {  // of a package
    types::Object* object = info_.objectOf(selector->selector);
    if (auto* function = types::as<Func>(object)) {
      return byValue(evalFunctionValue(instanceOf(selector->selector, function)));
    }
    return variableReference(types::as<Var>(object));
  }
  if (selection->kind == SelectionKind::MethodExpr) return byValue(evalMethodExpr(selector, *selection));
  if (selection->kind == SelectionKind::Method) return byValue(evalMethodValue(selector, *selection));
  return field(evalReference(selector->x), selection->path);
}

// Follows `path` from a struct or pointer to a struct through embedded fields to the last field.
FunctionBuilder::Reference FunctionBuilder::field(Reference from, std::span<const int> path) {
  for (int index : path) {
    if (auto* to = under<types::Pointer>(from.type)) {
      Pointer at = pointer(load(from).leaves[0]);
      nilCheck(at.base);
      from = inPlace(to->base, at);
    }
    auto* fields = under<Struct>(from.type);
    Type* type = fields->fields[static_cast<size_t>(index)]->type;
    auto offset = static_cast<uint32_t>(types::fieldOffset(fields, static_cast<size_t>(index)));
    from = from.memory ? inPlace(type, shifted(from.at, offset)) : byValue(part(from.value, type, offset));
  }
  return from;
}

FunctionBuilder::Reference FunctionBuilder::indexReference(const IndexExpr* index) {
  // f[int] names an instance of a generic function.
  if (info_.of(index).mode == Mode::Value && under<Signature>(typeOf(index)) != nullptr) {
    const syntax::Expr* x = unparen(index->x);
    auto* name = syntax::as<const Name>(x);
    if (auto* selector = syntax::as<const SelectorExpr>(x)) name = selector->selector;
    auto* function = name == nullptr ? nullptr : types::as<Func>(info_.objectOf(name));
    if (function != nullptr && info_.instances.contains(name)) {
      return byValue(evalFunctionValue(instanceOf(name, function)));
    }
  }
  Type* type = typeOf(index->x);
  Type* u = types::underlying(type);
  if (auto* map = types::as<types::Map>(u)) {
    Value m = hold(eval(index->x));
    return byValue(mapLookup(m, evalLookupKey(index->index, map->key), false).first);
  }
  if (auto* slice = types::as<types::Slice>(u)) {
    Value s = hold(eval(index->x));
    Expr* at = checkedIndex(index->index, s.leaves[1]);
    return inPlace(slice->element, element(again(s.leaves[0]), 0, at, slice->element));
  }
  if (u->kind == TypeKind::Basic) {  // string
    Value s = hold(eval(index->x));
    Expr* at = checkedIndex(index->index, s.leaves[1]);
    Expr* address = make_.binary(Op::I32Add, again(s.leaves[0]), make_.unary(Op::I32WrapI64, at));
    return byValue(valueOf(typeOf(index), std::vector<Expr*>{make_.load(Op::I32Load8U, address, 0)}));
  }
  Reference from;
  if (auto* to = types::as<types::Pointer>(u)) {
    Pointer at = pointer(eval(index->x).leaves[0]);
    nilCheck(at.base);
    from = inPlace(to->base, at);
  } else {
    from = evalReference(index->x);
  }
  auto* array = under<Array>(from.type);
  Expr* at = checkedIndex(index->index, make_.i64(array->length));
  if (from.memory) return inPlace(array->element, element(again(from.at.base), from.at.offset, at, array->element));
  if (from.value.inMemory()) {
    return inPlace(array->element, element(again(from.value.address), from.value.offset, at, array->element));
  }
  return byValue(part(from.value, array->element, 0));  // the one element of a [1]T
}

// Address of element `index` (an i64 within bounds) of what begins at base + offset.
Pointer FunctionBuilder::element(Expr* base, uint32_t offset, Expr* index, Type* type) {
  uint64_t size = layoutOf(type).size;
  if (index->kind == ir::ExprKind::Const && index->bits * size + offset < (1u << 30)) {
    return {hold(base), offset + static_cast<uint32_t>(index->bits * size)};
  }
  Expr* bytes = make_.unary(Op::I32WrapI64, index);
  if ((size & (size - 1)) == 0 && size != 0) {
    bytes = make_.binary(Op::I32Shl, bytes, make_.i32(std::countr_zero(size)));
  } else {
    bytes = make_.binary(Op::I32Mul, bytes, make_.i32(static_cast<int32_t>(size)));
  }
  return {hold(make_.inObject(base, bytes)), offset};
}

Expr* FunctionBuilder::checkedIndex(const syntax::Expr* e, Expr* length) {
  Value index = eval(e);
  Expr* at = hold(toInt64(index));
  setPos(e->pos);
  if (at->kind == ir::ExprKind::Const && length->kind == ir::ExprKind::Const && at->bits < length->bits) return at;
  const char* fault = isUnsigned(index.type) ? "panicIndexU" : "panicIndex";
  check(make_.binary(Op::I64GeU, again(at), again(length)), program_.runtimeFunction(fault), {again(at), again(length)});
  return at;
}

Pointer FunctionBuilder::addressOfOperand(const syntax::Expr* e) {
  Reference reference = evalReference(e);
  ENSURE(reference.memory);
  return reference.at;
}

// ------------------------------------------------------------------------------------------------- slicing

Value FunctionBuilder::evalSlice(const SliceExpr* slice) {
  Type* type = typeOf(slice->x);
  Type* u = types::underlying(type);
  Expr *base, *length, *capacity;
  uint32_t offset = 0;
  uint64_t elementSize = 1;
  bool ofLength = false;  // bounds are told as lengths: strings and arrays
  bool isString = false;
  if (auto* s = types::as<types::Slice>(u)) {
    Value value = hold(eval(slice->x));
    base = value.leaves[0], length = value.leaves[1], capacity = value.leaves[2];
    elementSize = layoutOf(s->element).size;
  } else if (u->kind == TypeKind::Basic) {
    Value value = hold(eval(slice->x));
    base = value.leaves[0], length = capacity = value.leaves[1];
    ofLength = isString = true;
  } else {
    Pointer at;
    if (auto* to = types::as<types::Pointer>(u)) {
      at = pointer(eval(slice->x).leaves[0]);
      nilCheck(at.base);
      u = types::underlying(to->base);
    } else {
      at = addressOfOperand(slice->x);
    }
    auto* array = types::as<Array>(u);
    base = at.base, offset = at.offset;
    length = capacity = make_.i64(array->length);
    elementSize = layoutOf(array->element).size;
    ofLength = true;
  }

  const auto bound = [&](int i) -> std::pair<Expr*, bool> {
    if (slice->index[i] == nullptr) return {nullptr, false};
    Value value = eval(slice->index[i]);
    return {hold(toInt64(value)), isUnsigned(value.type)};
  };
  auto [low, lowUnsigned] = bound(0);
  auto [high, highUnsigned] = bound(1);
  auto [max, maxUnsigned] = bound(2);
  setPos(slice->pos);
  const auto fail = [&](Expr* value, bool isUnsignedValue, Expr* limit, abi::SliceFault fault) {
    if (value->kind == ir::ExprKind::Const && limit->kind == ir::ExprKind::Const && value->bits <= limit->bits) return;
    if (value->kind == ir::ExprKind::Const && value->bits == 0) return;
    check(make_.binary(Op::I64GtU, again(value), again(limit)),
          program_.runtimeFunction(isUnsignedValue ? "panicSliceU" : "panicSlice"),
          {make_.i32(static_cast<int32_t>(fault)), again(value), again(limit)});
  };
  Expr* end = high != nullptr ? high : length;
  if (max != nullptr) {
    fail(max, maxUnsigned, capacity, ofLength ? abi::SliceFault::MaxLength : abi::SliceFault::MaxCapacity);
    fail(end, highUnsigned, max, abi::SliceFault::High3);
    capacity = max;
    if (low != nullptr) fail(low, lowUnsigned, end, abi::SliceFault::Low3);
  } else {
    if (high != nullptr) {
      fail(high, highUnsigned, capacity, ofLength ? abi::SliceFault::HighLength : abi::SliceFault::HighCapacity);
    }
    if (low != nullptr) fail(low, lowUnsigned, end, abi::SliceFault::Low);
  }

  Expr* newLength = low == nullptr ? again(end) : hold(make_.binary(Op::I64Sub, again(end), again(low)));
  Expr* newCapacity = low == nullptr ? again(capacity) : hold(make_.binary(Op::I64Sub, again(capacity), again(low)));
  Expr* start = addressOf({again(base), offset});
  if (low != nullptr && !(low->kind == ir::ExprKind::Const && low->bits == 0)) {
    // What is empty keeps its address: one past the end would be inside the next object.
    Expr* bytes = make_.binary(Op::I32Mul, make_.unary(Op::I32WrapI64, again(low)),
                               make_.i32(static_cast<int32_t>(elementSize)));
    Expr* kept = isString ? newLength : newCapacity;
    bytes = make_.select(make_.isZero(again(kept)), make_.i32(0), bytes);
    start = make_.binary(Op::I32Add, start, bytes);
  }
  std::vector<Expr*> leaves = {start, newLength};
  if (!isString) leaves.push_back(newCapacity);
  Type* result = isString && info_.of(slice).type == nullptr ? type : typeOf(slice);
  return valueOf(result, leaves);
}

// ------------------------------------------------------------------------------------------------ functions

std::optional<Selection> FunctionBuilder::selectionOf(const SelectorExpr* selector) {
  auto found = info_.selections.find(selector);
  if (found == info_.selections.end()) return std::nullopt;
  Selection selection = found->second;
  if (environment_.params.empty()) return selection;
  // In generic code the receiver's type is only known now.
  Type* receiver = substitute(selection.receiver);
  auto result = types::lookupFieldOrMethod(program_.session(), receiver, true, package_, selector->selector->symbol);
  ENSURE(result.object != nullptr);
  selection.receiver = receiver;
  selection.object = result.object;
  selection.path = program_.arena().copy(result.path);
  selection.indirect = result.indirect;
  return selection;
}

Instance FunctionBuilder::instanceOf(const Name* name, Func* function) {
  auto found = info_.instances.find(name);
  if (found == info_.instances.end()) return {function, {}};
  std::vector<Type*> arguments;
  for (Type* argument : found->second.typeArgs) arguments.push_back(substitute(argument));
  return {function->origin, program_.arena().copy(arguments)};
}

Value FunctionBuilder::evalFunctionValue(const Instance& instance) {
  auto address = static_cast<int32_t>(program_.functionValue(instance));
  return valueOf(program_.signatureOf(instance), std::vector<Expr*>{make_.i32(address)});
}

Value FunctionBuilder::evalUnary(const Operation* operation) {
  const syntax::Expr* x = unparen(operation->x);
  switch (operation->op) {
    case Operator::And: {
      Type* type = typeOf(operation);
      if (auto* literal = syntax::as<const CompositeLit>(x)) {
        Type* element = under<types::Pointer>(type)->base;
        Expr* object = newObject(element);
        evalInto({again(object), 0}, literal, element);
        return valueOf(type, std::vector<Expr*>{object});
      }
      Pointer at = addressOfOperand(x);
      return valueOf(type, std::vector<Expr*>{addressOf(at)});
    }
    case Operator::Receive: {
      Value channel = eval(x);
      return receive(channel, under<types::Chan>(channel.type)->element).first;
    }
    case Operator::Not: {
      Value value = eval(x);
      return valueOf(value.type, std::vector<Expr*>{make_.isZero(value.leaves[0])});
    }
    case Operator::Add: return eval(x);
    case Operator::Sub: {
      Value value = eval(x);
      auto kind = static_cast<types::Basic*>(types::underlying(value.type))->basic;
      std::vector<Expr*> leaves;
      for (Expr* leaf : value.leaves) leaves.push_back(negate(leaf, kind));
      return valueOf(value.type, leaves);
    }
    case Operator::Xor: {
      Value value = eval(x);
      auto kind = static_cast<types::Basic*>(types::underlying(value.type))->basic;
      Expr* leaf = value.leaves[0];
      Expr* flipped = leaf->type == ValueType::I32 ? make_.binary(Op::I32Xor, leaf, make_.i32(-1))
                                                   : make_.binary(Op::I64Xor, leaf, make_.i64(-1));
      return valueOf(value.type, std::vector<Expr*>{wrap(flipped, kind)});
    }
    default: UNREACHABLE();
  }
}

}  // namespace millrace::build
