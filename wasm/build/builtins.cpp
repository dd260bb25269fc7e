// Go's built-in functions.
#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using namespace syntax;
using types::Array;
using types::BasicKind;
using types::BuiltinId;
using types::TypeKind;
using types::under;

std::vector<Value> FunctionBuilder::evalBuiltin(const CallExpr* call, BuiltinId id) {
  const auto one = [](const Value& value) { return std::vector<Value>{value}; };
  const auto argument = [&](size_t i) { return call->arguments[i]; };
  Type* type = substitute(info_.of(call).type);
  using enum BuiltinId;
  bool mayBeSpread = id == Append || id == Complex || id == Add || id == Slice || id == String;
  const std::vector<Value> spread = mayBeSpread ? evalSpread(call) : std::vector<Value>{};
  const auto operand = [&](size_t i) { return spread.empty() ? eval(argument(i)) : spread[i]; };
  switch (id) {
    case BuiltinId::Append: return one(evalAppend(call, type, spread));
    case BuiltinId::Make: return one(evalMake(call, type));
    case BuiltinId::Min: case BuiltinId::Max: return one(evalMinMax(call, type, id == BuiltinId::Max));
    case BuiltinId::Len: case BuiltinId::Cap: {
      Value length = evalLength(argument(0), id == BuiltinId::Cap);
      length.type = type;
      return one(length);
    }
    case BuiltinId::New: {
      Type* element = under<types::Pointer>(type)->base;
      Value initial;
      if (info_.of(argument(0)).mode != types::Mode::TypeExpr) initial = evalAs(argument(0), element);
      Expr* object = newObject(element);
      if (initial.type != nullptr) storeValue({again(object), 0}, initial);
      return one(valueOf(type, std::vector<Expr*>{object}));
    }
    case BuiltinId::Complex: {
      Value real = operand(0), imag = operand(1);
      return one(valueOf(type, std::vector<Expr*>{real.leaves[0], imag.leaves[0]}));
    }
    case BuiltinId::Real: case BuiltinId::Imag: {
      Value value = eval(argument(0));
      return one(valueOf(type, std::vector<Expr*>{value.leaves[id == BuiltinId::Imag]}));
    }
    case BuiltinId::Recover: return one(evalRecover(type));
    case BuiltinId::Add: {
      Value base = operand(0), length = operand(1);
      Expr* offset = length.leaves[0]->type == ValueType::I64 ? make_.unary(Op::I32WrapI64, length.leaves[0]) : length.leaves[0];
      return one(valueOf(type, std::vector<Expr*>{make_.binary(Op::I32Add, base.leaves[0], offset)}));
    }
    case BuiltinId::Slice: case BuiltinId::String: {
      Value base = hold(operand(0));
      return one(evalUnsafeSlice(base, operand(1), type, call->pos));
    }
    case BuiltinId::SliceData: case BuiltinId::StringData: {
      Value value = eval(argument(0));
      return one(valueOf(type, std::vector<Expr*>{value.leaves[0]}));
    }
    case BuiltinId::Alignof: case BuiltinId::Offsetof: case BuiltinId::Sizeof: {
      // Not constant only where a type parameter is involved: it is known here.
      int64_t size = 0;
      if (id == BuiltinId::Offsetof) {
        auto* selector = syntax::as<const SelectorExpr>(unparen(argument(0)));
        auto selection = selectionOf(selector);
        Type* holder = substitute(typeOf(selector->x));
        for (int step : selection->path) {
          if (auto* to = under<types::Pointer>(holder)) holder = to->base;
          auto* fields = under<types::Struct>(holder);
          size += types::fieldOffset(fields, static_cast<size_t>(step));
          holder = fields->fields[static_cast<size_t>(step)]->type;
        }
      } else {
        Type* of = typeOf(argument(0));
        size = id == BuiltinId::Sizeof ? types::sizeOf(of) : types::alignOf(of);
      }
      return one(valueOf(type, std::vector<Expr*>{make_.i64(size)}));
    }
    case BuiltinId::Copy: {
      std::vector<Value> arguments = evalBuiltinArguments(call, id);
      setPos(call->pos);
      return one(copyElements(arguments[0], arguments[1]));
    }
    default: {
      std::vector<Value> arguments = evalBuiltinArguments(call, id);
      setPos(call->pos);
      applyBuiltin(id, arguments);
      return {};
    }
  }
}

// f(g()) where g has several results: these; else nothing.
std::vector<Value> FunctionBuilder::evalSpread(const CallExpr* call) {
  if (call->arguments.size() != 1) return {};
  const types::TypeAndValue& known = info_.of(unparen(call->arguments[0]));
  if (known.mode == types::Mode::TypeExpr || types::as<types::Tuple>(known.type) == nullptr) return {};
  std::vector<Value> values = evalMany(call->arguments[0]);
  for (Value& value : values) value = settle(value);
  return values;
}

// The operands of a built-in that may stand after go or defer.
std::vector<Value> FunctionBuilder::evalBuiltinArguments(const CallExpr* call, BuiltinId id) {
  std::vector<Value> arguments = evalSpread(call);
  if (!arguments.empty()) {
    if (id == BuiltinId::Delete) arguments[1] = hold(assignable(arguments[1], under<types::Map>(arguments[0].type)->key));
    return arguments;
  }
  for (size_t i = 0; i < call->arguments.size(); i++) {
    if (id == BuiltinId::Panic) {
      arguments.push_back(evalAs(call->arguments[i], types::anyType()));
    } else if (id == BuiltinId::Delete && i == 1) {
      arguments.push_back(evalAs(call->arguments[i], under<types::Map>(arguments[0].type)->key));
    } else {
      arguments.push_back(eval(call->arguments[i]));
    }
    // What is printed or copied is what it is now, whatever the other operands do.
    if (i + 1 < call->arguments.size() && !arguments.back().inMemory()) arguments.back() = hold(arguments.back());
  }
  return arguments;
}

void FunctionBuilder::applyBuiltin(BuiltinId id, std::span<const Value> arguments) {
  switch (id) {
    case BuiltinId::Clear: {
      const Value& value = arguments[0];
      if (under<types::Map>(value.type) != nullptr) {
        callEntry(abi::Entry::mapClear, {make_.i32(static_cast<int32_t>(program_.descriptorOf(value.type))), value.leaves[0]});
      } else {
        uint64_t size = layoutOf(under<types::Slice>(value.type)->element).size;
        zeroRange(value.leaves[0], scaled(value.leaves[1], size), under<types::Slice>(value.type)->element);
      }
      break;
    }
    case BuiltinId::Close: callEntry(abi::Entry::chanClose, {arguments[0].leaves[0]}); break;
    case BuiltinId::Copy: copyElements(arguments[0], arguments[1]); break;
    case BuiltinId::Delete: mapDelete(hold(arguments[0]), arguments[1]); break;
    case BuiltinId::Panic: callEntry(abi::Entry::panic, {arguments[0].leaves[0], arguments[0].leaves[1]}); break;
    case BuiltinId::Print: print(arguments, false); break;
    case BuiltinId::Println: print(arguments, true); break;
    case BuiltinId::Recover: evalRecover(types::anyType()); break;
    default: UNREACHABLE();
  }
}

// elements * size as an i32 number of bytes.
Expr* FunctionBuilder::scaled(Expr* count, uint64_t size) {
  return make_.binary(Op::I32Mul, make_.unary(Op::I32WrapI64, count), make_.i32(static_cast<int32_t>(size)));
}

Value FunctionBuilder::evalLength(const syntax::Expr* e, bool capacity) {
  Type* type = typeOf(e);
  Type* u = types::underlying(type);
  Type* result = basic(BasicKind::Int);
  const auto integer = [&](Expr* length) { return valueOf(result, std::vector<Expr*>{length}); };
  switch (u->kind) {
    case TypeKind::Pointer: {
      eval(e);  // the length is the type's; what is called on the way is still called
      return integer(make_.i64(under<Array>(static_cast<types::Pointer*>(u)->base)->length));
    }
    case TypeKind::Array:
      eval(e);
      return integer(make_.i64(static_cast<Array*>(u)->length));
    case TypeKind::Slice: return integer(eval(e).leaves[capacity ? 2 : 1]);
    case TypeKind::Basic: return integer(eval(e).leaves[1]);
    case TypeKind::Map: {
      Expr* map = hold(eval(e).leaves[0]);
      return integer(make_.select(again(map), make_.load(Op::I64Load, again(map), offsetof(abi::MapHeader, count)), make_.i64(0)));
    }
    case TypeKind::Chan: {
      Expr* channel = eval(e).leaves[0];
      return integer(callEntry(capacity ? abi::Entry::chanCap : abi::Entry::chanLen, {channel}));
    }
    default: UNREACHABLE();
  }
}

// ------------------------------------------------------------------------------------------ append and copy

// make([]T, n), without a capacity of its own; else null.
const CallExpr* FunctionBuilder::madeSlice(const syntax::Expr* e) {
  auto* call = syntax::as<const CallExpr>(unparen(const_cast<syntax::Expr*>(e)));
  if (call == nullptr || call->arguments.size() != 2) return nullptr;
  auto* name = syntax::as<const Name>(unparen(call->function));
  auto* builtin = name == nullptr ? nullptr : types::as<types::Builtin>(info_.objectOf(name));
  bool isMake = builtin != nullptr && builtin->id == BuiltinId::Make;
  return isMake && under<types::Slice>(typeOf(call)) != nullptr ? call : nullptr;
}

Value FunctionBuilder::evalAppend(const CallExpr* call, Type* type, std::span<const Value> spread) {
  Type* elementType = under<types::Slice>(type)->element;
  uint64_t size = layoutOf(elementType).size;
  Value slice = hold(spread.empty() ? eval(call->arguments[0]) : spread[0]);
  if (call->arguments.size() == 1 && spread.empty()) return slice;
  slice = settle(slice);
  const CallExpr* made = spread.empty() && call->hasDots ? madeSlice(call->arguments[1]) : nullptr;  // append(s, make([]T, n)...)
  Value source;                // append(s, t...)
  std::vector<Value> elements; // append(s, a, b)
  Expr* count;
  if (!spread.empty()) {
    for (const Value& value : spread.subspan(1)) elements.push_back(settle(assignable(value, elementType)));
    count = make_.i64(static_cast<int64_t>(elements.size()));
  } else if (made != nullptr) {
    count = settle(toInt64(eval(made->arguments[1])));
    BlockId bad = newBlock(), good = newBlock();
    branch(make_.binary(Op::I64LtS, again(count), make_.i64(0)), bad, good);
    startBlock(bad);  // make says so
    setPos(made->pos);
    callEntry(abi::Entry::makeSlice,
              {make_.i32(static_cast<int32_t>(program_.allocationShape(elementType))), again(count), again(count)});
    jump(good);
    startBlock(good);
  } else if (call->hasDots) {
    source = hold(eval(call->arguments[1]));
    if (under<types::Slice>(source.type) == nullptr && under<types::Basic>(source.type) == nullptr) UNREACHABLE();
    count = again(source.leaves[1]);
  } else {
    for (size_t i = 1; i < call->arguments.size(); i++) {
      Value value = evalAs(call->arguments[i], elementType);
      elements.push_back(call->arguments.size() > 2 ? settle(value) : value);
    }
    count = make_.i64(static_cast<int64_t>(elements.size()));
  }
  setPos(call->pos);
  Expr* length = slice.leaves[1];
  Expr* newLength = hold(make_.binary(Op::I64Add, again(length), again(count)));
  LocalId data = newVariableLocal(ValueType::I32), capacity = newVariableLocal(ValueType::I64);
  set(data, again(slice.leaves[0]));
  set(capacity, again(slice.leaves[2]));
  BlockId grow = newBlock(), fits = newBlock(), done = made != nullptr ? newBlock() : fits;
  branch(make_.binary(Op::I64GtU, again(newLength), again(slice.leaves[2])), grow, fits);
  startBlock(grow);
  Expr* grown = callEntry(abi::Entry::growSlice,
                          {again(slice.leaves[0]), again(newLength), again(slice.leaves[2]), again(count),
                           make_.i32(static_cast<int32_t>(program_.allocationShape(elementType)))});
  Expr* newCapacity = secondResult();
  set(data, grown);
  set(capacity, newCapacity);
  jump(done);
  startBlock(fits);
  Pointer end = element(get(data), 0, again(length), elementType);
  if (made != nullptr) {
    zeroRange(addressOf(end), scaled(again(count), size), elementType);  // what was allocated now is zero
    jump(done);
    startBlock(done);
  } else if (call->hasDots) {
    copyRange(addressOf(end), again(source.leaves[0]), scaled(again(count), size), elementType);
  } else {
    for (size_t i = 0; i < elements.size(); i++) storeValue(shifted(end, static_cast<uint32_t>(i * size)), elements[i]);
  }
  return valueOf(type, std::vector<Expr*>{settle(get(data)), newLength, settle(get(capacity))});
}

// copy(to, from): the number of elements.
Value FunctionBuilder::copyElements(const Value& to, const Value& from) {
  uint64_t size = layoutOf(under<types::Slice>(to.type)->element).size;
  Value a = hold(to), b = hold(from);
  Expr* shorter = make_.binary(Op::I64LtS, again(a.leaves[1]), again(b.leaves[1]));
  Expr* count = settle(make_.select(shorter, again(a.leaves[1]), again(b.leaves[1])));
  copyRange(again(a.leaves[0]), again(b.leaves[0]), scaled(again(count), size), under<types::Slice>(to.type)->element);
  return valueOf(basic(BasicKind::Int), std::vector<Expr*>{count});
}

// ----------------------------------------------------------------------------------------------------- make

Value FunctionBuilder::evalMake(const CallExpr* call, Type* type) {
  const auto size = [&](size_t i) { return hold(toInt64(eval(call->arguments[i]))); };
  Type* u = types::underlying(type);
  auto descriptor = [&] { return make_.i32(static_cast<int32_t>(program_.descriptorOf(type))); };
  switch (u->kind) {
    case TypeKind::Slice: {
      Expr* length = size(1);
      Expr* capacity = call->arguments.size() > 2 ? size(2) : again(length);
      setPos(call->pos);
      Type* element = static_cast<types::Slice*>(u)->element;
      Expr* data = callEntry(abi::Entry::makeSlice, {make_.i32(static_cast<int32_t>(program_.allocationShape(element))),
                                                     again(length), again(capacity)});
      return valueOf(type, std::vector<Expr*>{data, length, capacity});
    }
    case TypeKind::Map: {
      Expr* hint = call->arguments.size() > 1 ? size(1) : make_.i64(0);
      return valueOf(type, std::vector<Expr*>{callEntry(abi::Entry::mapMake, {descriptor(), hint})});
    }
    case TypeKind::Chan: {
      Expr* capacity = call->arguments.size() > 1 ? size(1) : make_.i64(0);
      setPos(call->pos);
      return valueOf(type, std::vector<Expr*>{callEntry(abi::Entry::chanMake, {descriptor(), capacity})});
    }
    default: UNREACHABLE();
  }
}

// -------------------------------------------------------------------------------------------------- min, max

Value FunctionBuilder::evalMinMax(const CallExpr* call, Type* type, bool isMax) {
  Value best = hold(evalAs(call->arguments[0], type));
  auto kind = under<types::Basic>(type)->basic;
  for (size_t i = 1; i < call->arguments.size(); i++) {
    Value other = hold(evalAs(call->arguments[i], type));
    if (kind == BasicKind::Float32 || kind == BasicKind::Float64) {
      // WebAssembly's treat NaN and signed zeros as Go's do.
      Op op = kind == BasicKind::Float32 ? (isMax ? Op::F32Max : Op::F32Min) : (isMax ? Op::F64Max : Op::F64Min);
      best = hold(valueOf(type, std::vector<Expr*>{make_.binary(op, best.leaves[0], other.leaves[0])}));
      continue;
    }
    Expr* better = hold(compare(isMax ? Operator::Greater : Operator::Less, again(other), again(best)));
    std::vector<Expr*> leaves;
    for (size_t leaf = 0; leaf < best.leaves.size(); leaf++) {
      leaves.push_back(make_.select(again(better), again(other.leaves[leaf]), again(best.leaves[leaf])));
    }
    best = hold(valueOf(type, leaves));
  }
  return best;
}

// ---------------------------------------------------------------------------------------------------- unsafe

Value FunctionBuilder::evalUnsafeSlice(const Value& base, const Value& lengthValue, Type* type, Pos pos) {
  Expr* length = hold(toInt64(lengthValue));
  setPos(pos);
  bool isString = under<types::Slice>(type) == nullptr;
  uint64_t size = isString ? 1 : std::max<uint64_t>(1, layoutOf(under<types::Slice>(type)->element).size);
  Expr* tooLong = make_.binary(Op::I64GtU, again(length), make_.i64(static_cast<int64_t>((uint64_t{1} << 32) / size)));
  // Rules of panicUnsafe: length out of range, nil with a length; strings after slices.
  int32_t rule = isString ? 2 : 0;
  check(tooLong, program_.runtimeFunction("panicUnsafe"), {make_.i32(rule)});
  Expr* bytes = make_.binary(Op::I64Mul, again(length), make_.i64(static_cast<int64_t>(size)));
  Expr* end = make_.binary(Op::I64Add, make_.unary(Op::I64ExtendI32U, again(base.leaves[0])), bytes);
  check(make_.binary(Op::I64GtU, end, make_.i64(int64_t{1} << 32)), program_.runtimeFunction("panicUnsafe"),
        {make_.i32(rule)});
  Expr* nilWithLength = make_.binary(Op::I32And, make_.isZero(again(base.leaves[0])),
                                     make_.binary(Op::I64Ne, again(length), make_.i64(0)));
  check(nilWithLength, program_.runtimeFunction("panicUnsafe"), {make_.i32(rule + 1)});
  std::vector<Expr*> leaves = {again(base.leaves[0]), again(length)};
  if (!isString) leaves.push_back(again(length));
  return valueOf(type, leaves);
}

// ----------------------------------------------------------------------------------------------------- print

void FunctionBuilder::print(std::span<const Value> arguments, bool line) {
  const auto text = [&](std::string_view s) {
    Value value = stringConstant(s, basic(BasicKind::String));
    callEntry(abi::Entry::printString, {value.leaves[0], value.leaves[1]});
  };
  for (size_t i = 0; i < arguments.size(); i++) {
    if (line && i != 0) text(" ");
    printOne(arguments[i]);
  }
  if (line) text("\n");
  callEntry(abi::Entry::printEnd, {});
}

void FunctionBuilder::printOne(const Value& value) {
  using enum abi::Entry;
  Type* u = types::underlying(value.type);
  Expr* first = value.leaves[0];
  if (u->kind == TypeKind::Interface) {
    callEntry(printInterface, {first, value.leaves[1]});
    return;
  }
  if (u->kind == TypeKind::Slice) {
    callEntry(printSlice, {first, value.leaves[1], value.leaves[2]});
    return;
  }
  auto* basicType = types::as<types::Basic>(u);
  if (basicType == nullptr) {
    callEntry(printPointer, {first});
    return;
  }
  switch (basicType->basic) {
    case BasicKind::Bool: case BasicKind::UntypedBool: callEntry(printBool, {first}); break;
    case BasicKind::String: case BasicKind::UntypedString: callEntry(printString, {first, value.leaves[1]}); break;
    case BasicKind::Float32: callEntry(printFloat32, {first}); break;
    case BasicKind::Float64: case BasicKind::UntypedFloat: callEntry(printFloat, {first}); break;
    case BasicKind::Complex64: callEntry(printComplex64, {first, value.leaves[1]}); break;
    case BasicKind::Complex128: case BasicKind::UntypedComplex: callEntry(printComplex, {first, value.leaves[1]}); break;
    case BasicKind::UnsafePointer: case BasicKind::UntypedNil: callEntry(printPointer, {first}); break;
    default: callEntry(isUnsigned(value.type) ? printUint : printInt, {toInt64(value)}); break;
  }
}

}  // namespace millrace::build
