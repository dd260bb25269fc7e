// Equality and hash functions of types, for descriptors, maps and values in memory. The runtime calls them too, so they never
// park.
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/build/program-builder.h"

namespace millrace::build {

using types::Array;
using types::BasicKind;
using types::Struct;
using types::TypeKind;
using types::under;

bool ProgramBuilder::isRegularMemory(Type* type) {
  Type* u = types::underlying(type);
  switch (u->kind) {
    case TypeKind::Pointer: case TypeKind::Chan: return true;
    case TypeKind::Basic: {
      auto kind = static_cast<types::Basic*>(u)->basic;
      return (kind >= BasicKind::Bool && kind <= BasicKind::Uintptr) || kind == BasicKind::UnsafePointer;
    }
    case TypeKind::Array: return isRegularMemory(static_cast<Array*>(u)->element);
    case TypeKind::Struct: {
      auto* fields = static_cast<Struct*>(u);
      int64_t end = 0;
      for (size_t i = 0; i < fields->fields.size(); i++) {
        Var* field = fields->fields[i];
        if (field->name.isBlank() || types::fieldOffset(fields, i) != end || !isRegularMemory(field->type)) return false;
        end += types::sizeOf(field->type);
      }
      return end == types::sizeOf(u);
    }
    default: return false;
  }
}

namespace {

const types::Info kNoInfo;

// Adds a loop over [0, count) around `body`; the builder goes on after it.
void repeat(FunctionBuilder& b, int64_t count, const std::function<void(Expr* index)>& body) {
  LocalId index = b.newVariableLocal(ValueType::I64);
  ir::BlockId head = b.newBlock(), inside = b.newBlock(), end = b.newBlock();
  b.set(index, b.make().i64(0));
  b.jump(head);
  b.startBlock(head);
  b.branch(b.make().binary(Op::I64LtS, b.get(index), b.make().i64(count)), inside, end);
  b.startBlock(inside);
  body(b.get(index));
  b.set(index, b.make().binary(Op::I64Add, b.get(index), b.make().i64(1)));
  b.jump(head);
  b.startBlock(end);
}

}  // namespace

FunctionBuilder ProgramBuilder::generated(const std::string& name, std::vector<ValueType> parameters,
                                          std::vector<ValueType> results, uint32_t flags) {
  FunctionId id = module_.addFunction(name, module_.signatureOf({std::move(parameters), std::move(results)}));
  module_.functions[id]->flags |= flags;
  return FunctionBuilder(*this, id, kNoInfo, runtime_, {});
}

FunctionId ProgramBuilder::equalFunction(Type* type) {
  using enum ValueType;
  bool regular = isRegularMemory(type);
  uint32_t key = regular ? static_cast<uint32_t>(types_.layoutOf(type).size) : types_.idOf(type);
  auto& known = regular ? memoryEquals_ : equals_;
  if (auto found = known.find(key); found != known.end()) return found->second;
  std::string name = regular ? "runtime.memequal" + std::to_string(key) : "type:.eq." + types::typeString(type);
  FunctionBuilder b = generated(name, {I32, I32, I32}, {I32}, ir::kNeverParks | ir::kTakesClosure);
  known[key] = b.id();
  ir::Make& make = make_;
  const auto answer = [&](Expr* e) { b.returnValues(std::vector<Expr*>{e}); };
  const auto unequalIfNot = [&](Expr* same) {
    ir::BlockId no = b.newBlock(), yes = b.newBlock();
    b.branch(same, yes, no);
    b.startBlock(no);
    answer(make.i32(0));
    b.startBlock(yes);
  };
  Pointer p = {b.get(0), 0}, q = {b.get(1), 0};
  if (regular) {
    Op load = key == 1 ? Op::I32Load8U : key == 2 ? Op::I32Load16U : key == 4 ? Op::I32Load : key == 8 ? Op::I64Load : Op::None;
    if (key == 0) answer(make.i32(1));
    else if (load == Op::None) answer(b.callEntry(abi::Entry::memEqual, {p.base, q.base, make.i64(key)}));
    else answer(make.binary(key == 8 ? Op::I64Eq : Op::I32Eq, make.load(load, p.base, 0), make.load(load, q.base, 0)));
    return b.id();
  }
  Type* u = types::underlying(type);
  if (auto* array = types::as<Array>(u)) {
    repeat(b, array->length, [&](Expr* index) {
      index = b.settle(index);
      Pointer x = b.element(b.get(0), 0, b.again(index), array->element);
      Pointer y = b.element(b.get(1), 0, b.again(index), array->element);
      unequalIfNot(b.equal(b.loadValue(array->element, x), b.loadValue(array->element, y)));
    });
    answer(make.i32(1));
  } else if (auto* fields = types::as<Struct>(u)) {
    for (size_t i = 0; i < fields->fields.size(); i++) {
      Var* field = fields->fields[i];
      if (field->name.isBlank()) continue;
      auto offset = static_cast<uint32_t>(types::fieldOffset(fields, i));
      unequalIfNot(b.equal(b.loadValue(field->type, b.shifted(p, offset)), b.loadValue(field->type, b.shifted(q, offset))));
    }
    answer(make.i32(1));
  } else {
    answer(b.equal(b.loadValue(type, p), b.loadValue(type, q)));
  }
  return b.id();
}

FunctionId ProgramBuilder::hashFunction(Type* type) {
  using enum ValueType;
  bool regular = isRegularMemory(type);
  uint32_t key = regular ? static_cast<uint32_t>(types_.layoutOf(type).size) : types_.idOf(type);
  auto& known = regular ? memoryHashes_ : hashes_;
  if (auto found = known.find(key); found != known.end()) return found->second;
  std::string name = regular ? "runtime.memhash" + std::to_string(key) : "type:.hash." + types::typeString(type);
  FunctionBuilder b = generated(name, {I32, I64, I32}, {I64}, ir::kNeverParks | ir::kTakesClosure);
  known[key] = b.id();
  ir::Make& make = make_;
  const auto answer = [&](Expr* e) { b.returnValues(std::vector<Expr*>{e}); };
  using enum abi::Entry;
  if (regular) {
    answer(b.callEntry(hashMemory, {b.get(0), make.i32(static_cast<int32_t>(key)), b.get(1)}));
    return b.id();
  }
  const auto part = [&](Type* t, Pointer at, Expr* seed) {
    return b.call(hashFunction(t), std::vector<Expr*>{b.addressOf(at), seed, make.i32(0)})[0];
  };
  Type* u = types::underlying(type);
  switch (u->kind) {
    case TypeKind::Array: {
      auto* array = static_cast<Array*>(u);
      LocalId hash = b.newVariableLocal(I64);
      b.set(hash, b.get(1));
      repeat(b, array->length, [&](Expr* index) {
        b.set(hash, part(array->element, b.element(b.get(0), 0, index, array->element), b.get(hash)));
      });
      answer(b.get(hash));
      break;
    }
    case TypeKind::Struct: {
      auto* fields = static_cast<Struct*>(u);
      Expr* hash = b.get(1);
      for (size_t i = 0; i < fields->fields.size(); i++) {
        if (fields->fields[i]->name.isBlank()) continue;
        hash = part(fields->fields[i]->type, {b.get(0), static_cast<uint32_t>(types::fieldOffset(fields, i))}, hash);
      }
      answer(hash);
      break;
    }
    case TypeKind::Interface: {
      bool empty = types::allMethods(static_cast<types::Interface*>(u)).empty();
      answer(b.callEntry(empty ? hashEface : hashIface, {b.get(0), b.get(1)}));
      break;
    }
    case TypeKind::Basic: {
      auto kind = static_cast<types::Basic*>(u)->basic;
      bool isComplex = kind == BasicKind::Complex64 || kind == BasicKind::Complex128;
      bool isSingle = kind == BasicKind::Float32 || kind == BasicKind::Complex64;
      if (kind == BasicKind::String) {
        answer(b.callEntry(hashString, {b.get(0), b.get(1)}));
        break;
      }
      Expr* hash = b.callEntry(isSingle ? hashFloat32 : hashFloat64, {b.get(0), b.get(1)});
      if (isComplex) {
        Expr* second = b.addressOf({b.get(0), isSingle ? 4u : 8u});
        hash = b.callEntry(isSingle ? hashFloat32 : hashFloat64, {second, hash});
      }
      answer(hash);
      break;
    }
    default:  // not comparable: only inside an interface, where the runtime panics before it comes here
      b.unreachable();
  }
  return b.id();
}

}  // namespace millrace::build
