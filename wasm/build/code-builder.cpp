// Blocks, locals, memory and calls: what all other parts of the builder are written in.
#include "wasm/build/code-builder.h"

#include "runtime/abi/layout.h"
#include "runtime/base/check.h"

namespace millrace::build {
namespace {

// Longer arrays are allocated by element: their pointer maps would grow with them.
constexpr int64_t kLongArray = 64;

}  // namespace

using ir::Stmt;
using ir::StmtKind;
using ir::Terminator;
using ir::TerminatorKind;

CodeBuilder::CodeBuilder(ProgramBuilder& program, FunctionId function)
    : program_(program), make_(program.make()), function_(function) {
  current_ = newBlock();
}

const Layout& CodeBuilder::layoutOf(Type* type) { return program_.typeTable().layoutOf(type); }

ir::Function& CodeBuilder::function() { return *program_.module().functions[function_]; }

// ------------------------------------------------------------------------------------------------- blocks

BlockId CodeBuilder::newBlock() {
  auto& blocks = function().blocks;
  blocks.emplace_back();
  return static_cast<BlockId>(blocks.size() - 1);
}

bool CodeBuilder::isOpen() const {
  return program_.module().functions[function_]->blocks[current_].terminator.kind == TerminatorKind::None;
}

void CodeBuilder::terminate(const Terminator& terminator) {
  if (!isOpen()) return;
  Terminator& slot = function().blocks[current_].terminator;
  slot = terminator;
  slot.pos = pos_;
}

void CodeBuilder::jump(BlockId target) {
  Terminator t;
  t.kind = TerminatorKind::Jump;
  t.targets = program_.arena().copy(std::vector<BlockId>{target});
  terminate(t);
}

void CodeBuilder::branch(Expr* condition, BlockId ifTrue, BlockId ifFalse) {
  if (condition->kind == ir::ExprKind::Const) return jump(condition->bits != 0 ? ifTrue : ifFalse);
  Terminator t;
  t.kind = TerminatorKind::Branch;
  t.value = condition;
  t.targets = program_.arena().copy(std::vector<BlockId>{ifTrue, ifFalse});
  terminate(t);
}

void CodeBuilder::switchOn(Expr* value, std::span<const BlockId> targets) {
  Terminator t;
  t.kind = TerminatorKind::Switch;
  t.value = value;
  t.targets = program_.arena().copy(targets);
  terminate(t);
}

void CodeBuilder::returnValues(std::span<Expr* const> values) {
  Terminator t;
  t.kind = TerminatorKind::Return;
  t.values = program_.arena().copy(std::span<Expr* const>(values));
  terminate(t);
}

void CodeBuilder::rethrow(Expr* record) {
  Terminator t;
  t.kind = TerminatorKind::Rethrow;
  t.values = program_.arena().copy(std::vector<Expr*>{record});
  terminate(t);
}

void CodeBuilder::unreachable() {
  Terminator t;
  t.kind = TerminatorKind::Unreachable;
  terminate(t);
}

void CodeBuilder::append(const Stmt& statement) {
  if (!isOpen()) return;  // after a return or panic: never reached
  function().blocks[current_].statements.push_back(statement);
  function().blocks[current_].statements.back().pos = pos_;
}

// ------------------------------------------------------------------------------------------------- locals

LocalId CodeBuilder::newLocal(ValueType type) {
  function().locals.push_back({type});
  return static_cast<LocalId>(function().locals.size() - 1);
}

LocalId CodeBuilder::newVariableLocal(ValueType type) {
  LocalId local = newLocal(type);
  variableLocals_.insert(local);
  return local;
}

void CodeBuilder::set(LocalId local, Expr* value) {
  Stmt s{};
  s.kind = StmtKind::Set;
  s.local = local;
  s.value = value;
  append(s);
}

Expr* CodeBuilder::get(LocalId local) { return make_.local(local, function().locals[local].type); }

Expr* CodeBuilder::hold(Expr* e) {
  if (ir::Make::isTrivial(e)) return make_.again(e);
  LocalId local = newLocal(e->type);
  set(local, e);
  return get(local);
}

Expr* CodeBuilder::settle(Expr* e) {
  if (e->kind == ir::ExprKind::Const || (e->kind == ir::ExprKind::Local && !variableLocals_.contains(e->offset))) {
    return make_.again(e);
  }
  LocalId local = newLocal(e->type);
  set(local, e);
  return get(local);
}

// ------------------------------------------------------------------------------------------------- memory

Pointer CodeBuilder::pointer(Expr* base, uint32_t offset) {
  // A constant part of the address goes into the offset of loads and stores.
  if (base->kind == ir::ExprKind::Binary && base->op == Op::I32Add && base->b->kind == ir::ExprKind::Const &&
      base->b->bits < (1u << 30)) {
    return {hold(base->a), offset + static_cast<uint32_t>(base->b->bits)};
  }
  return {hold(base), offset};
}

Pointer CodeBuilder::shifted(Pointer at, uint32_t bytes) { return {again(at.base), at.offset + bytes}; }

Expr* CodeBuilder::addressOf(Pointer at) {
  return make_.inObject(again(at.base), make_.i32(static_cast<int32_t>(at.offset)));
}

void CodeBuilder::store(Op op, Pointer at, Expr* value, bool isPointer) {
  Stmt s{};
  s.kind = StmtKind::Store;
  s.op = op;
  s.address = again(at.base);
  s.offset = at.offset;
  s.value = value;
  s.pointers = isPointer;
  append(s);
}

void CodeBuilder::storeLeaf(const Leaf& leaf, Pointer at, Expr* value) {
  // A pointer fills its slot: the upper half is zero whatever was there.
  if (leaf.type == ValueType::I32 && leaf.store == Op::I64Store) value = make_.unary(Op::I64ExtendI32U, value);
  store(leaf.store, shifted(at, leaf.offset), value, leaf.isPointer);
}

Expr* CodeBuilder::leafAsWord(const Leaf& leaf, Expr* value) {
  switch (leaf.store) {
    case Op::I32Store8: value = make_.binary(Op::I32And, value, make_.i32(0xff)); break;
    case Op::I32Store16: value = make_.binary(Op::I32And, value, make_.i32(0xffff)); break;
    case Op::F32Store: value = make_.unary(Op::I32ReinterpretF32, value); break;
    case Op::F64Store: value = make_.unary(Op::I64ReinterpretF64, value); break;
    default: break;
  }
  return value->type == ValueType::I64 ? value : make_.unary(Op::I64ExtendI32U, value);
}

Expr* CodeBuilder::loadLeaf(const Leaf& leaf, Pointer at) {
  return make_.load(leaf.load, again(at.base), at.offset + leaf.offset);
}

void CodeBuilder::storePointer(Pointer at, Expr* value) {
  store(Op::I64Store, at, make_.unary(Op::I64ExtendI32U, value), true);
}

void CodeBuilder::copyMemory(Pointer to, Pointer from, Type* type) {
  const Layout& layout = layoutOf(type);
  if (layout.size == 0) return;
  copyRange(addressOf(to), addressOf(from), make_.i32(static_cast<int32_t>(layout.size)), type);
}

void CodeBuilder::copyRange(Expr* to, Expr* from, Expr* bytes, Type* element) {
  Stmt s{};
  s.kind = StmtKind::MemoryCopy;
  s.address = to;
  s.value = from;
  s.size = bytes;
  s.pointers = layoutOf(element).pointerBytes != 0;
  append(s);
}

void CodeBuilder::zeroMemory(Pointer at, Type* type) {
  const Layout& layout = layoutOf(type);
  if (layout.size == 0) return;
  if (layout.size <= 32 && layout.size % 8 == 0) {
    for (uint32_t i = 0; i < layout.size; i += 8) {
      store(Op::I64Store, shifted(at, i), make_.i64(0), i < layout.pointerBytes);
    }
    return;
  }
  zeroRange(addressOf(at), make_.i32(static_cast<int32_t>(layout.size)), type);
}

void CodeBuilder::zeroRange(Expr* at, Expr* bytes, Type* element) {
  Stmt s{};
  s.kind = StmtKind::MemoryFill;
  s.address = at;
  s.value = make_.i32(0);
  s.size = bytes;
  s.pointers = layoutOf(element).pointerBytes != 0;
  append(s);
}

Expr* CodeBuilder::atomic(Op op, Pointer at, Expr* first, Expr* second, bool isPointer) {
  Stmt s{};
  s.kind = StmtKind::Atomic;
  s.op = op;
  s.address = again(at.base);
  s.offset = at.offset;
  s.value = first;
  s.size = second;
  s.pointers = isPointer;
  bool isStore = op >= Op::I32AtomicStore && op <= Op::I64AtomicStore32;
  s.local = isStore ? kNone : newLocal(ir::resultType(op));
  append(s);
  return isStore ? nullptr : get(s.local);
}

// -------------------------------------------------------------------------------------------------- calls

std::vector<Expr*> CodeBuilder::appendCall(ir::Call call, const std::vector<ValueType>& results) {
  std::vector<LocalId> locals;
  std::vector<Expr*> values;
  for (ValueType type : results) locals.push_back(newLocal(type));
  call.results = program_.arena().copy(locals);
  Stmt s{};
  s.kind = StmtKind::Call;
  s.call = program_.arena().make<ir::Call>(call);
  append(s);
  for (LocalId local : locals) values.push_back(get(local));
  return values;
}

std::vector<Expr*> CodeBuilder::call(FunctionId callee, std::span<Expr* const> arguments) {
  ir::Call call{};
  call.callee = ir::CalleeKind::Function;
  call.function = callee;
  call.arguments = program_.arena().copy(arguments);
  // By value: making more functions may move the table of signatures.
  auto results = program_.module().signatures[program_.module().functions[callee]->signature].results;
  return appendCall(call, results);
}

std::vector<Expr*> CodeBuilder::callTable(Expr* index, uint32_t signature, std::span<Expr* const> arguments) {
  ir::Call call{};
  call.callee = ir::CalleeKind::Table;
  call.tableIndex = index;
  call.signature = signature;
  call.arguments = program_.arena().copy(arguments);
  auto results = program_.module().signatures[signature].results;
  return appendCall(call, results);
}

Expr* CodeBuilder::callEntry(abi::Entry entry, std::initializer_list<Expr*> arguments) {
  return callEntry(entry, std::span<Expr* const>(arguments.begin(), arguments.size()));
}

Expr* CodeBuilder::callEntry(abi::Entry entry, std::span<Expr* const> arguments) {
  const abi::EntryPoint& point = abi::entryPoint(entry);
  ENSURE(arguments.size() + 1 == point.signature.size());
  for (size_t i = 0; i < arguments.size(); i++) ENSURE(arguments[i]->type == valueTypeOf(point.signature[i + 1]));
  ir::Call call{};
  call.callee = ir::CalleeKind::Entry;
  call.entry = entry;
  call.arguments = program_.arena().copy(arguments);
  std::vector<ValueType> results;
  if (point.signature[0] != 'v') results.push_back(valueTypeOf(point.signature[0]));
  auto values = appendCall(call, results);
  if ((point.flags & abi::kNoReturn) != 0) unreachable();
  return values.empty() ? nullptr : values[0];
}

ValueType CodeBuilder::valueTypeOf(char letter) {
  switch (letter) {
    case 'i': return ValueType::I32;
    case 'l': return ValueType::I64;
    case 'f': return ValueType::F32;
    case 'd': return ValueType::F64;
    default: UNREACHABLE();
  }
}

Expr* CodeBuilder::secondResult() {
  return settle(make_.load(Op::I64Load, make_.worker(), offsetof(abi::WorkerAbi, result)));
}

void CodeBuilder::check(Expr* condition, FunctionId fault, std::initializer_list<Expr*> arguments) {
  check(condition, fault, std::span<Expr* const>(arguments.begin(), arguments.size()));
}

void CodeBuilder::check(Expr* condition, FunctionId fault, std::span<Expr* const> arguments) {
  if (condition->kind == ir::ExprKind::Const && condition->bits == 0) return;
  ir::Call call{};
  call.callee = ir::CalleeKind::Function;
  call.function = fault;
  call.arguments = program_.arena().copy(arguments);
  Stmt s{};
  s.kind = StmtKind::Check;
  s.value = condition;
  s.call = program_.arena().make<ir::Call>(call);
  append(s);
}

Expr* CodeBuilder::goroutine() {
  return make_.load(Op::I32Load, make_.worker(), offsetof(abi::WorkerAbi, goroutine));
}

Expr* CodeBuilder::stage(uint64_t bytes) {
  if (bytes > abi::kStageBytes) return callEntry(abi::Entry::stageGrow, {make_.i32(static_cast<int32_t>(bytes))});
  return hold(make_.load(Op::I32Load, goroutine(), offsetof(abi::GoroutineAbi, stage)));
}

// ------------------------------------------------------------------------------------------------- values

Value CodeBuilder::valueOf(Type* type, std::span<Expr* const> leaves) {
  const Layout& layout = layoutOf(type);
  ENSURE(!layout.inMemory && layout.leaves.size() == leaves.size());
  Value value;
  value.type = type;
  value.leaves = program_.arena().copy(leaves);
  return value;
}

Value CodeBuilder::addressValue(Expr* address) {
  return valueOf(types::basicType(types::BasicKind::UnsafePointer), std::vector<Expr*>{address});
}

Value CodeBuilder::inMemory(Type* type, Pointer at) {
  Value value;
  value.type = type;
  value.address = again(at.base);
  value.offset = at.offset;
  return value;
}

Value CodeBuilder::loadValue(Type* type, Pointer at) {
  const Layout& layout = layoutOf(type);
  if (layout.inMemory) return inMemory(type, at);
  std::vector<Expr*> leaves;
  for (const Leaf& leaf : layout.leaves) leaves.push_back(loadLeaf(leaf, at));
  return valueOf(type, leaves);
}

void CodeBuilder::storeValue(Pointer at, const Value& value) {
  const Layout& layout = layoutOf(value.type);
  if (value.inMemory()) return copyMemory(at, {value.address, value.offset}, value.type);
  for (size_t i = 0; i < value.leaves.size(); i++) storeLeaf(layout.leaves[i], at, value.leaves[i]);
}

Value CodeBuilder::zeroValue(Type* type) {
  const Layout& layout = layoutOf(type);
  if (layout.inMemory) {
    Expr* zero = make_.i32(static_cast<int32_t>(program_.zeroes(layout.size)));
    return inMemory(type, {zero, 0});
  }
  std::vector<Expr*> leaves;
  for (const Leaf& leaf : layout.leaves) leaves.push_back(make_.zero(leaf.type));
  return valueOf(type, leaves);
}

Value CodeBuilder::again(const Value& value) {
  Value copy = value;
  if (value.inMemory()) {
    copy.address = again(value.address);
  } else {
    std::vector<Expr*> leaves;
    for (Expr* leaf : value.leaves) leaves.push_back(again(leaf));
    copy.leaves = program_.arena().copy(leaves);
  }
  return copy;
}

Value CodeBuilder::hold(const Value& value) {
  if (value.inMemory()) return value;
  std::vector<Expr*> leaves;
  for (Expr* leaf : value.leaves) leaves.push_back(hold(leaf));
  Value held = value;
  held.leaves = program_.arena().copy(leaves);
  return held;
}

Value CodeBuilder::settle(const Value& value) {
  Value settled = value;
  if (value.inMemory()) {
    Pointer copy = {newObject(value.type), 0};
    copyMemory(copy, {value.address, value.offset}, value.type);
    return inMemory(value.type, copy);
  }
  std::vector<Expr*> leaves;
  for (Expr* leaf : value.leaves) leaves.push_back(settle(leaf));
  settled.leaves = program_.arena().copy(leaves);
  return settled;
}

Expr* CodeBuilder::newObject(Type* type) {
  Expr* object;
  if (auto* array = types::under<types::Array>(type); array != nullptr && array->length > kLongArray) {
    object = newArray(array->element, array->length);
  } else {
    object = callEntry(abi::Entry::newObject, {make_.i32(static_cast<int32_t>(program_.allocationShape(type)))});
  }
  notNil_.insert(object->offset);
  return object;
}

Expr* CodeBuilder::newArray(Type* element, int64_t count) {
  Expr* shape = make_.i32(static_cast<int32_t>(program_.allocationShape(element)));
  Expr* array = callEntry(abi::Entry::newArray, {shape, make_.i64(count)});
  notNil_.insert(array->offset);
  return array;
}

Expr* CodeBuilder::newShape(uint64_t size, const std::vector<bool>& pointers) {
  return callEntry(abi::Entry::newObject, {make_.i32(static_cast<int32_t>(program_.shapeOf(size, pointers)))});
}

Value CodeBuilder::part(const Value& whole, Type* type, uint32_t offset) {
  if (whole.inMemory()) return loadValue(type, {again(whole.address), whole.offset + offset});
  const Layout& layout = layoutOf(whole.type);
  size_t count = layoutOf(type).leaves.size();
  if (count == 0) return valueOf(type, {});
  if (layout.leaves.empty()) return zeroValue(type);  // of an array of no elements: not reached
  size_t first = 0;
  while (layout.leaves[first].offset < offset) first++;
  return valueOf(type, std::span<Expr* const>(whole.leaves).subspan(first, count));
}

void CodeBuilder::appendWords(const Value& value, std::vector<Expr*>& out) {
  if (value.inMemory()) {
    out.push_back(addressOf({value.address, value.offset}));
  } else {
    out.insert(out.end(), value.leaves.begin(), value.leaves.end());
  }
}

Value CodeBuilder::fromWords(Type* type, std::span<Expr* const> words, size_t& at) {
  const Layout& layout = layoutOf(type);
  if (layout.inMemory) return inMemory(type, {words[at++], 0});
  size_t first = at;
  at += layout.leaves.size();
  return valueOf(type, words.subspan(first, layout.leaves.size()));
}

void CodeBuilder::nilCheck(Expr* pointer) {
  if (isKnownNotNil(pointer)) return;
  check(make_.isZero(again(pointer)), program_.runtimeFunction("panicNil"), {});
}

// Constant addresses and the address of an object just made.
bool CodeBuilder::isKnownNotNil(const Expr* pointer) const {
  if (pointer->kind == ir::ExprKind::Const) return pointer->bits != 0;
  return pointer->kind == ir::ExprKind::Local && notNil_.contains(pointer->offset);
}

}  // namespace millrace::build
