// Interface values: making them, looking inside, type assertions.
//
// An interface value is two words. The first is the dynamic type's descriptor (any) or a method table (interfaces with
// methods), 0 for nil; the second the value itself if it is one pointer, else the address of a copy that never changes.
#include "runtime/abi/type.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using types::under;

namespace {

bool isEmptyInterface(Type* type) { return types::allMethods(under<types::Interface>(type)).empty(); }

}  // namespace

Expr* FunctionBuilder::dynamicType(const Value& value) {
  if (isEmptyInterface(value.type)) return again(hold(value.leaves[0]));
  // From the method table, if there is one.
  Expr* table = hold(value.leaves[0]);
  LocalId result = newLocal(ValueType::I32);
  BlockId some = newBlock(), end = newBlock();
  set(result, again(table));
  branch(again(table), some, end);
  startBlock(some);
  set(result, make_.load(Op::I32Load, again(table), offsetof(abi::ITab, type)));
  jump(end);
  startBlock(end);
  return get(result);
}

Value FunctionBuilder::toInterface(const Value& value, Type* target) {
  if (types::isInterface(value.type)) {
    Value from = hold(value);
    if (isEmptyInterface(target)) {
      return valueOf(target, std::vector<Expr*>{dynamicType(from), again(from.leaves[1])});
    }
    // Another set of methods: the table is looked up by dynamic type; nil stays nil.
    Expr* type = hold(dynamicType(from));
    LocalId table = newLocal(ValueType::I32);
    BlockId some = newBlock(), end = newBlock();
    set(table, make_.i32(0));
    branch(again(type), some, end);
    startBlock(some);
    Expr* wanted = make_.i32(static_cast<int32_t>(program_.descriptorOf(target)));
    set(table, callEntry(abi::Entry::itabFor, {wanted, again(type), make_.i32(0)}));
    jump(end);
    startBlock(end);
    return valueOf(target, std::vector<Expr*>{get(table), again(from.leaves[1])});
  }
  Address first = isEmptyInterface(target) ? program_.descriptorOf(value.type) : program_.itabOf(value.type, target);
  return valueOf(target, std::vector<Expr*>{make_.i32(static_cast<int32_t>(first)), dataWord(value)});
}

// What stands in an interface's second word for `value`.
Expr* FunctionBuilder::dataWord(const Value& value) {
  const Layout& layout = layoutOf(value.type);
  if (ProgramBuilder::isDirect(value.type, program_.typeTable())) return value.leaves[0];
  if (layout.size == 0) return make_.i32(static_cast<int32_t>(program_.zeroes(8)));
  bool isConstant = !value.inMemory();
  for (Expr* leaf : value.leaves) isConstant &= leaf->kind == ir::ExprKind::Const;
  if (isConstant) {
    std::vector<uint64_t> bits;
    for (Expr* leaf : value.leaves) bits.push_back(leaf->bits);
    return make_.i32(static_cast<int32_t>(program_.constantObject(value.type, bits)));
  }
  Expr* object = newObject(value.type);
  storeValue({again(object), 0}, value);
  return object;
}

Value FunctionBuilder::unpackInterface(const Value& value, Type* type) {
  if (ProgramBuilder::isDirect(type, program_.typeTable())) {
    return valueOf(type, std::vector<Expr*>{value.leaves[1]});
  }
  return loadValue(type, pointer(value.leaves[1]));
}

std::pair<Value, Expr*> FunctionBuilder::assertType(const Value& interface, Type* type, bool commaOk) {
  Value from = hold(interface);
  Expr* dynamic = hold(dynamicType(from));
  const auto descriptor = [&](Type* t) { return make_.i32(static_cast<int32_t>(program_.descriptorOf(t))); };
  if (types::isInterface(type)) {
    bool toEmpty = isEmptyInterface(type);
    if (!commaOk) {
      check(make_.isZero(again(dynamic)), program_.runtimeFunction("panicAssert"),
            {make_.i32(0), descriptor(type), descriptor(from.type)});
      Expr* first = toEmpty ? again(dynamic)
                            : callEntry(abi::Entry::itabFor, {descriptor(type), again(dynamic), make_.i32(0)});
      return {valueOf(type, std::vector<Expr*>{first, again(from.leaves[1])}), nullptr};
    }
    LocalId first = newLocal(ValueType::I32);
    set(first, again(dynamic));
    if (!toEmpty) {
      BlockId some = newBlock(), end = newBlock();
      branch(again(dynamic), some, end);
      startBlock(some);
      set(first, callEntry(abi::Entry::itabFor, {descriptor(type), again(dynamic), make_.i32(1)}));
      jump(end);
      startBlock(end);
    }
    Expr* data = make_.select(get(first), again(from.leaves[1]), make_.i32(0));
    Expr* ok = make_.binary(Op::I32Ne, get(first), make_.i32(0));
    return {valueOf(type, std::vector<Expr*>{get(first), data}), ok};
  }
  Expr* matches = make_.binary(Op::I32Eq, again(dynamic), descriptor(type));
  if (!commaOk) {
    check(make_.isZero(matches), program_.runtimeFunction("panicAssert"),
          {again(dynamic), descriptor(type), descriptor(from.type)});
    return {unpackInterface(from, type), nullptr};
  }
  // The value where it matches, else zero.
  Expr* ok = settle(matches);
  const Layout& layout = layoutOf(type);
  BlockId yes = newBlock(), no = newBlock(), end = newBlock();
  std::vector<LocalId> locals;
  if (layout.inMemory) locals.push_back(newLocal(ValueType::I32));
  for (const Leaf& leaf : layout.leaves) locals.push_back(newLocal(leaf.type));
  const auto assign = [&](const Value& value) {
    std::vector<Expr*> words;
    appendWords(value, words);
    for (size_t i = 0; i < locals.size(); i++) set(locals[i], words[i]);
    jump(end);
  };
  branch(again(ok), yes, no);
  startBlock(yes);
  assign(unpackInterface(from, type));
  startBlock(no);
  assign(zeroValue(type));
  startBlock(end);
  std::vector<Expr*> words;
  for (LocalId local : locals) words.push_back(get(local));
  size_t at = 0;
  return {fromWords(type, words, at), ok};
}

}  // namespace millrace::build
