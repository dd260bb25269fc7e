// Variables, places, assignment.
#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/build/walk.h"

namespace millrace::build {

using namespace syntax;
using types::Array;
using types::BasicKind;
using types::Struct;
using types::under;
using types::VarRole;

namespace {

// Does the tree read one of the locals [first, last)? Does it read memory?
bool readsLocals(const Expr* e, LocalId first, LocalId last) {
  if (e == nullptr) return false;
  if (e->kind == ir::ExprKind::Local) return e->offset >= first && e->offset < last;
  return readsLocals(e->a, first, last) || readsLocals(e->b, first, last) || readsLocals(e->c, first, last);
}

bool readsMemory(const Expr* e) {
  if (e == nullptr) return false;
  return e->kind == ir::ExprKind::Load || readsMemory(e->a) || readsMemory(e->b) || readsMemory(e->c);
}

}  // namespace

// Does evaluating `e` call anything (a conversion counts: telling them apart is not worth it) or receive?
bool FunctionBuilder::hasCalls(const Node* e) {
  if (e == nullptr) return false;
  if (e->kind == NodeKind::CallExpr) return true;
  if (e->kind == NodeKind::FuncLit) return false;
  if (auto* operation = syntax::as<const Operation>(e); operation != nullptr && operation->op == Operator::Receive) return true;
  bool found = false;
  forEachChild(e, [&](const Node* child) { found = found || hasCalls(child); });
  return found;
}

// ------------------------------------------------------------------------------------------------ variables

bool FunctionBuilder::needsMemory(const Var* var) {
  auto found = captures_->variables.find(var);
  return found != captures_->variables.end() && needsBox(found->second);
}

Storage& FunctionBuilder::storageOf(const Var* var) {
  auto found = storage_.find(var);
  ENSURE(found != storage_.end());
  return found->second;
}

Storage FunctionBuilder::makeStorage(Type* type, bool inMemory) {
  const Layout& layout = layoutOf(type);
  if (inMemory || layout.inMemory) return {Storage::Memory, newVariableLocal(ValueType::I32), false};
  Storage storage = {Storage::Registers, kNone, false};
  for (const Leaf& leaf : layout.leaves) {
    LocalId local = newVariableLocal(leaf.type);
    if (storage.local == kNone) storage.local = local;
  }
  return storage;
}

// A fresh variable each time the declaration is reached: a closure or pointer made earlier keeps the earlier one.
void FunctionBuilder::declareVariable(const Var* var, const Value* initial) {
  Type* type = substitute(var->type);
  auto [at, isNew] = storage_.try_emplace(var);
  if (isNew) {
    at->second = makeStorage(type, needsMemory(var));
    auto facts = captures_->variables.find(var);
    bool known = facts != captures_->variables.end() && (facts->second.captured || facts->second.addressed);
    if (at->second.kind == Storage::Memory && !known) {
      at->second.reusable = true;
      privateObjects_.insert(at->second.local);
    }
  }
  Storage storage = at->second;
  if (storage.kind == Storage::Memory) {
    Value settled;
    if (initial != nullptr) settled = initial->inMemory() ? *initial : stable(*initial);
    makeObject(storage, type);
    if (initial != nullptr) storeValue({get(storage.local), 0}, settled);
    return;
  }
  if (initial == nullptr) return setZero(storage, type);
  assignStorage(storage, *initial);
}

// A zeroed object for the variable.
void FunctionBuilder::makeObject(const Storage& storage, Type* type) {
  if (storage.reusable && mayRepeat()) {
    // Nobody else knows the object of an earlier time round: it is used again.
    BlockId make = newBlock(), clear = newBlock(), end = newBlock();
    branch(get(storage.local), clear, make);
    startBlock(make);
    set(storage.local, newObject(type));
    jump(end);
    startBlock(clear);
    zeroMemory({get(storage.local), 0}, type);
    jump(end);
    startBlock(end);
    return;
  }
  set(storage.local, newObject(type));
}

void FunctionBuilder::setZero(const Storage& storage, Type* type) {
  const Layout& layout = layoutOf(type);
  if (storage.kind == Storage::Memory) return makeObject(storage, type);
  for (size_t i = 0; i < layout.leaves.size(); i++) {
    set(storage.local + static_cast<LocalId>(i), make_.zero(layout.leaves[i].type));
  }
}

// Leaves that can be stored one by one although the target may be what they read.
Value FunctionBuilder::stable(const Value& value) {
  if (value.inMemory() || value.leaves.size() < 2) return value;
  std::vector<Expr*> leaves;
  for (Expr* leaf : value.leaves) leaves.push_back(readsMemory(leaf) ? settle(leaf) : leaf);
  return valueOf(value.type, leaves);
}

void FunctionBuilder::assignLocals(LocalId first, const Value& value) {
  std::vector<Expr*> leaves;
  for (size_t i = 0; i < value.leaves.size(); i++) {
    Expr* leaf = value.leaves[i];
    leaves.push_back(readsLocals(leaf, first, first + static_cast<LocalId>(i)) ? settle(leaf) : leaf);
  }
  for (size_t i = 0; i < leaves.size(); i++) {
    LocalId local = first + static_cast<LocalId>(i);
    if (leaves[i]->kind == ir::ExprKind::Local && leaves[i]->offset == local) continue;
    set(local, leaves[i]);
  }
}

void FunctionBuilder::assignStorage(const Storage& storage, const Value& value) {
  if (storage.kind == Storage::Registers) {
    if (value.inMemory()) UNREACHABLE();
    return assignLocals(storage.local, value);
  }
  storeValue({get(storage.local), 0}, stable(value));
}

Value FunctionBuilder::readStorage(const Storage& storage, Type* type) {
  if (storage.kind == Storage::Memory) return loadValue(type, {get(storage.local), 0});
  std::vector<Expr*> leaves;
  for (size_t i = 0; i < layoutOf(type).leaves.size(); i++) leaves.push_back(get(storage.local + static_cast<LocalId>(i)));
  return valueOf(type, leaves);
}

// --------------------------------------------------------------------------------------------------- places

Place FunctionBuilder::place(const syntax::Expr* e) {
  e = unparen(const_cast<syntax::Expr*>(e));
  Place result;
  if (auto* name = syntax::as<const Name>(e)) {
    if (name->symbol.isBlank()) return result;
    auto* var = types::as<Var>(info_.objectOf(name));
    result.type = substitute(var->type);
    if (var->role != VarRole::Package) {
      const Storage& storage = storageOf(var);
      if (storage.kind == Storage::Registers) {
        result.kind = Place::Registers;
        result.local = storage.local;
        return result;
      }
    }
  } else if (auto* index = syntax::as<const IndexExpr>(e)) {
    if (auto* map = under<types::Map>(typeOf(index->x))) {
      result.kind = Place::MapElement;
      result.type = map->value;
      result.map = settle(eval(index->x));
      result.key = settle(evalAs(index->index, map->key));
      return result;
    }
    if (auto* array = under<Array>(typeOf(index->x))) {
      Place whole = place(index->x);
      if (whole.kind == Place::Registers) {  // a [1]T: the index can only be 0; or a [0]T: there is none
        checkedIndex(index->index, make_.i64(array->length));
        if (array->length == 0) return notReached(array->element);
        whole.type = array->element;
        return whole;
      }
      if (whole.kind == Place::Memory) {
        Expr* at = checkedIndex(index->index, make_.i64(array->length));
        result.kind = Place::Memory;
        result.type = array->element;
        result.pointer = element(whole.pointer.base, whole.pointer.offset, at, array->element);
        result.pointer.base = settle(result.pointer.base);
        return result;
      }
    }
  } else if (auto* selector = syntax::as<const SelectorExpr>(e)) {
    if (auto selection = selectionOf(selector); selection && under<Struct>(typeOf(selector->x)) != nullptr) {
      return fieldPlace(place(selector->x), selection->path);
    }
  }
  Reference reference = evalReference(e);
  ENSURE(reference.memory);
  result.kind = Place::Memory;
  result.type = reference.type;
  result.pointer = {settle(reference.at.base), reference.at.offset};
  return result;
}

// A place for code that a failed check keeps from being reached.
Place FunctionBuilder::notReached(Type* type) {
  Place result;
  Storage storage = makeStorage(type, false);
  result.type = type;
  result.kind = storage.kind == Storage::Memory ? Place::Memory : Place::Registers;
  result.local = storage.local;
  if (storage.kind == Storage::Memory) result.pointer = {get(storage.local), 0};
  return result;
}

// Follows fields, embedded pointers too, from the struct at `at` to the last one of `path`.
Place FunctionBuilder::fieldPlace(Place at, std::span<const int> path) {
  for (int step : path) {
    if (auto* to = under<types::Pointer>(at.type)) {
      Expr* target = settle(readPlace(at).leaves[0]);
      nilCheck(target);
      at.kind = Place::Memory;
      at.type = to->base;
      at.pointer = {target, 0};
    }
    auto* fields = under<Struct>(at.type);
    auto index = static_cast<size_t>(step);
    auto offset = static_cast<uint32_t>(types::fieldOffset(fields, index));
    if (at.kind == Place::Registers) {
      LocalId first = at.local;
      for (const Leaf& leaf : layoutOf(at.type).leaves) first += leaf.offset < offset;
      at.local = first;
    } else {
      at.pointer.offset += offset;
    }
    at.type = fields->fields[index]->type;
  }
  return at;
}

Value FunctionBuilder::readPlace(const Place& place) {
  switch (place.kind) {
    case Place::Registers: {
      std::vector<Expr*> leaves;
      for (size_t i = 0; i < layoutOf(place.type).leaves.size(); i++) {
        leaves.push_back(get(place.local + static_cast<LocalId>(i)));
      }
      return valueOf(place.type, leaves);
    }
    case Place::Memory: return loadValue(place.type, {again(place.pointer.base), place.pointer.offset});
    case Place::MapElement: return mapLookup(again(place.map), again(place.key), false).first;
    case Place::Blank: break;
  }
  UNREACHABLE();
}

void FunctionBuilder::assign(const Place& place, const Value& value) {
  switch (place.kind) {
    case Place::Blank: return drop(value);
    case Place::Registers: return assignLocals(place.local, value);
    case Place::Memory: return storeValue({again(place.pointer.base), place.pointer.offset}, stable(value));
    case Place::MapElement: {
      Value kept = value.inMemory() ? value : settle(value);
      storeValue(mapSlot(place.map, place.key), kept);
      return;
    }
  }
}

// --------------------------------------------------------------------------------------------- assignments

bool FunctionBuilder::declares(const syntax::Expr* e) const {
  auto* name = syntax::as<const Name>(e);
  auto* object = name == nullptr ? nullptr : info_.objectOf(name);
  return object != nullptr && object->pos == name->pos;
}

// Assigns to, or with `define` declares, each of the left-hand sides: the operands of all of them are evaluated first.
void FunctionBuilder::assignAll(std::span<syntax::Expr* const> left, std::span<const Value> values, bool define) {
  if (!define) return assignPlaces(placesOf(left), values);
  for (size_t i = 0; i < left.size(); i++) {
    if (!declares(left[i])) {
      assignPlaces(placesOf(left.subspan(i, 1)), values.subspan(i, 1));
      continue;
    }
    auto* var = types::as<Var>(info_.objectOf(static_cast<const Name*>(left[i])));
    Value initial = assignable(values[i], substitute(var->type));
    declareVariable(var, &initial);
  }
}

std::vector<Place> FunctionBuilder::placesOf(std::span<syntax::Expr* const> left) {
  std::vector<Place> places;
  for (const syntax::Expr* e : left) places.push_back(place(e));
  return places;
}

void FunctionBuilder::assignPlaces(std::span<const Place> places, std::span<const Value> values) {
  for (size_t i = 0; i < places.size(); i++) {
    assign(places[i], places[i].kind == Place::Blank ? values[i] : assignable(values[i], places[i].type));
  }
}

void FunctionBuilder::assignStatement(const AssignStmt* statement) {
  setPos(statement->pos);
  bool define = statement->op == Operator::Define;
  if (statement->rhs == nullptr || (statement->op != Operator::None && !define)) return assignOperation(statement);
  auto left = listOf(statement->lhs), right = listOf(statement->rhs);
  if (left.size() == 1 && right.size() == 1) return assignOne(left[0], right[0], define);
  if (right.size() == 1) {
    if (define) {
      std::vector<Value> values = evalMany(right[0]);
      setPos(statement->pos);
      return assignAll(left, values, true);
    }
    bool leftFirst = std::any_of(left.begin(), left.end(), hasCalls);
    std::vector<Place> places;
    if (leftFirst) places = placesOf(left);
    std::vector<Value> values = evalMany(right[0]);
    for (Value& value : values) value = leftFirst ? settle(value) : value.inMemory() ? value : hold(value);
    setPos(statement->pos);
    return assignPlaces(leftFirst ? places : placesOf(left), values);
  }
  // First everything is evaluated, the operands on the left before those on the right; then all is assigned.
  std::vector<Place> places;
  for (const syntax::Expr* e : left) places.push_back(define && declares(e) ? Place{} : place(e));
  std::vector<Value> values;
  for (size_t i = 0; i < right.size(); i++) {
    Type* target = places[i].type;
    if (define && declares(left[i])) {
      target = substitute(info_.objectOf(static_cast<const Name*>(left[i]))->type);
    }
    values.push_back(target == nullptr ? eval(right[i]) : evalAs(right[i], target));
  }
  for (Value& value : values) value = settle(value);
  setPos(statement->pos);
  for (size_t i = 0; i < left.size(); i++) {
    if (define && declares(left[i])) {
      declareVariable(types::as<Var>(info_.objectOf(static_cast<const Name*>(left[i]))), &values[i]);
    } else {
      assign(places[i], values[i]);
    }
  }
}

void FunctionBuilder::assignOne(const syntax::Expr* left, const syntax::Expr* right, bool define) {
  if (define && declares(left)) {
    auto* var = types::as<Var>(info_.objectOf(static_cast<const Name*>(left)));
    return declareFrom(var, right);
  }
  if (auto* name = syntax::as<const Name>(unparen(const_cast<syntax::Expr*>(left))); name != nullptr && name->symbol.isBlank()) {
    return drop(eval(right));
  }
  if (hasCalls(left)) {
    Place target = place(left);
    return assign(target, evalAs(right, target.type));
  }
  Pos pos = pos_;
  Value value = evalAs(right, typeOf(left));
  if (hasCalls(right) && !value.inMemory()) value = hold(value);
  setPos(pos);
  assign(place(left), value);
}

// var = right for a variable just declared: large values are built in place.
void FunctionBuilder::declareFrom(const Var* var, const syntax::Expr* right) {
  Type* type = substitute(var->type);
  const syntax::Expr* inner = unparen(const_cast<syntax::Expr*>(right));
  bool toMemory = layoutOf(type).inMemory || needsMemory(var);
  if (toMemory && inner->kind == NodeKind::CompositeLit && types::identical(typeOf(inner), type) && !mayRepeat()) {
    Expr* object = newObject(type);
    evalInto({again(object), 0}, inner, type);
    declareObject(var, object);
    return;
  }
  Value value = evalAs(right, type);
  declareVariable(var, &value);
}

// The variable is this new object.
void FunctionBuilder::declareObject(const Var* var, Expr* object) {
  Storage storage = {Storage::Memory, newVariableLocal(ValueType::I32), false};
  set(storage.local, object);
  storage_[var] = storage;
}

void FunctionBuilder::assignOperation(const AssignStmt* statement) {
  Operator op = statement->op;
  Type* type = typeOf(statement->lhs);
  const auto operand = [&] {
    if (statement->rhs == nullptr) return one(type);
    bool isShift = op == Operator::ShiftLeft || op == Operator::ShiftRight;
    return isShift ? evalShiftCount(statement->rhs) : evalAs(statement->rhs, type);
  };
  // What is on the right is evaluated first where that makes no difference to the order of calls.
  bool leftFirst = hasCalls(statement->lhs);
  Value right;
  if (!leftFirst && statement->rhs != nullptr && hasCalls(statement->rhs)) right = settle(operand());
  Place target = place(statement->lhs);
  if (right.type == nullptr) right = operand();
  setPos(statement->pos);
  if (target.kind == Place::MapElement && op != Operator::Div && op != Operator::Rem) {
    right = settle(right);
    Pointer slot = mapSlot(target.map, target.key);
    Value result = arithmetic(op, loadValue(type, slot), right, type);
    return storeValue(slot, stable(result));
  }
  assign(target, arithmetic(op, readPlace(target), right, type));
}

Value FunctionBuilder::one(Type* type) {
  auto kind = under<types::Basic>(type)->basic;
  switch (kind) {
    case BasicKind::Float32: return valueOf(type, std::vector<Expr*>{make_.f32(1)});
    case BasicKind::Float64: return valueOf(type, std::vector<Expr*>{make_.f64(1)});
    case BasicKind::Complex64: return valueOf(type, std::vector<Expr*>{make_.f32(1), make_.f32(0)});
    case BasicKind::Complex128: return valueOf(type, std::vector<Expr*>{make_.f64(1), make_.f64(0)});
    default: return valueOf(type, std::vector<Expr*>{make_.constant(scalarLeaf(kind).type, 1)});
  }
}

// A value nobody wants: what it loads has been checked already.
void FunctionBuilder::drop(const Value&) {}

}  // namespace millrace::build
