// Package variables: their addresses, and initial values that can be data instead of code.
#include "wasm/build/variables.h"

#include <bit>

#include "runtime/base/check.h"

namespace millrace::build {

using namespace syntax;
using types::Array;
using types::BasicKind;
using types::Mode;
using types::Struct;
using types::TypeKind;
using types::under;

uint64_t constantBits(BasicKind kind, const types::Constant* value);

namespace {

// For variables that lie side by side.
Address spaceFor(DataBuilder& data, const Layout& layout, uint64_t count = 1) {
  uint64_t bytes = std::max<uint64_t>(layout.size * count, 1);
  return data.variables(bytes, std::max<uint32_t>(layout.alignment, 8), layout.pointerBytes > 0);
}

}  // namespace

Address ProgramBuilder::variable(Var* var) {
  if (auto linked = linkedVariables_.find(var); linked != linkedVariables_.end()) var = linked->second;
  auto [at, isNew] = variables_.try_emplace(var, 0);
  if (!isNew) return at->second;
  if (isLinked(var->package)) {
    std::string symbol = std::string(var->package->path) + "." + std::string(var->name.text());
    Address address = linkedVariable(symbol);
    if (address == 0) FATAL(("the image has no variable " + symbol).c_str());
    return variables_[var] = address;
  }
  const Layout& layout = types_.layoutOf(var->type);
  Address address = spaceFor(data_, layout);
  variables_[var] = address;
  if (config_.embedded != nullptr) {
    if (auto found = config_.embedded->find(var); found != config_.embedded->end()) writeEmbedded(address, var, found->second);
  }
  if (auto found = initializers_.find(var); found != initializers_.end()) {
    StaticInitializer init(*this, *found->second.info, true);
    if (init.isStatic(found->second.value, var->type)) init.write(address, found->second.value, var->type);
  }
  return address;
}

void ProgramBuilder::writeEmbedded(Address at, Var* var, const Embedded& embedded) {
  if (!embedded.isFileSystem) {
    const std::string& bytes = embedded.files.at(0).bytes;
    if (under<types::Slice>(var->type) == nullptr) return data_.putString(at, bytes);
    // A slice can be written to, so it gets bytes of its own.
    Address copy = data_.constants(std::max<uint64_t>(bytes.size(), 1), 1);
    data_.putBytes(copy, bytes);
    data_.putPointer(at, copy);
    data_.put64(at + 8, bytes.size());
    data_.put64(at + 16, bytes.size());
    return;
  }
  // struct { files *[]struct { name, data string; hash [16]byte } }; nobody reads the hash.
  constexpr uint32_t kFileBytes = 48;
  const uint64_t count = embedded.files.size();
  Address list = data_.constants(24 + kFileBytes * count, 8);
  data_.putPointer(at, list);
  data_.putPointer(list, list + 24);
  data_.put64(list + 8, count);
  data_.put64(list + 16, count);
  for (size_t i = 0; i < count; i++) {
    const Address file = list + 24 + kFileBytes * static_cast<Address>(i);
    data_.putString(file, embedded.files[i].name);
    data_.putString(file + 16, embedded.files[i].bytes);
  }
}

// The constant elements of a slice literal as data to copy from; 0 when one is not constant.
Address ProgramBuilder::staticArray(const types::Info& info, const CompositeLit* literal, Type* element, int64_t length) {
  StaticInitializer init(*this, info, false);
  constexpr size_t kWorthIt = 4;
  if (literal->elements.size() < kWorthIt || !init.areStatic(literal, element)) return 0;
  const Layout& layout = types_.layoutOf(element);
  Address at = data_.constants(layout.size * static_cast<uint64_t>(length), std::max<uint32_t>(layout.alignment, 8));
  init.writeElements(at, literal, element);
  return at;
}

namespace {

const syntax::Expr* inner(const syntax::Expr* e) { return unparen(const_cast<syntax::Expr*>(e)); }

bool isAggregate(Type* type) {
  Type* u = types::underlying(type);
  return u->kind == TypeKind::Struct || u->kind == TypeKind::Array;
}

}  // namespace

bool StaticInitializer::isStatic(const syntax::Expr* e, Type* target) {
  e = inner(e);
  const auto& known = info_.of(e);
  if (known.mode == Mode::NilValue) return true;
  if (known.mode == Mode::Constant) return true;
  if (types::isInterface(target)) return false;
  switch (e->kind) {
    case NodeKind::Name: case NodeKind::SelectorExpr: return functionOf(e) != nullptr;
    case NodeKind::CompositeLit: {
      auto* literal = static_cast<const CompositeLit*>(e);
      Type* type = known.type;
      if (auto* to = under<types::Pointer>(type); to != nullptr && literal->type == nullptr) {
        return withObjects_ && areStatic(literal, to->base);
      }
      Type* u = types::underlying(type);
      if (isAggregate(type)) return areStatic(literal, type);
      return withObjects_ && u->kind == TypeKind::Slice && areStatic(literal, static_cast<types::Slice*>(u)->element);
    }
    case NodeKind::Operation: {
      auto* operation = static_cast<const Operation*>(e);
      if (operation->op != Operator::And || operation->y != nullptr || !withObjects_) return false;
      const syntax::Expr* x = inner(operation->x);
      if (auto* literal = syntax::as<const CompositeLit>(x)) return isAggregate(info_.of(literal).type) && areStatic(literal, info_.of(literal).type);
      auto* name = syntax::as<const Name>(x);
      auto* var = name == nullptr ? nullptr : types::as<Var>(info_.objectOf(name));
      return var != nullptr && var->role == types::VarRole::Package;
    }
    default: return false;
  }
}

// A plain function used as a value.
Func* StaticInitializer::functionOf(const syntax::Expr* e) {
  auto* name = syntax::as<const Name>(e);
  if (auto* selector = syntax::as<const SelectorExpr>(e)) {
    if (info_.selections.contains(selector)) return nullptr;
    name = selector->selector;
  }
  if (name == nullptr || info_.instances.contains(name)) return nullptr;
  return types::as<Func>(info_.objectOf(name));
}

// `type`: of a struct or array literal, or the element type of a slice literal.
bool StaticInitializer::areStatic(const CompositeLit* literal, Type* type) {
  auto* fields = isAggregate(type) ? under<Struct>(info_.of(literal).type) : nullptr;
  if (auto* to = under<types::Pointer>(info_.of(literal).type); fields == nullptr && to != nullptr) fields = under<Struct>(to->base);
  for (size_t i = 0; i < literal->elements.size(); i++) {
    const syntax::Expr* element = literal->elements[i];
    auto* pair = syntax::as<const KeyValueExpr>(element);
    const syntax::Expr* value = pair != nullptr ? pair->value : element;
    if (!isStatic(value, elementType(literal, fields, pair, i))) return false;
  }
  return true;
}

Type* StaticInitializer::elementType(const CompositeLit* literal, Struct* fields, const KeyValueExpr* pair, size_t i) {
  if (fields != nullptr) return fields->fields[pair == nullptr ? i : fieldIndex(fields, static_cast<const Name*>(pair->key)->symbol)]->type;
  Type* type = info_.of(literal).type;
  if (auto* to = under<types::Pointer>(type); to != nullptr && literal->type == nullptr) type = to->base;
  Type* u = types::underlying(type);
  return u->kind == TypeKind::Slice ? static_cast<types::Slice*>(u)->element : static_cast<Array*>(u)->element;
}

size_t StaticInitializer::fieldIndex(Struct* fields, types::Symbol name) {
  for (size_t i = 0; i < fields->fields.size(); i++) {
    if (fields->fields[i]->name == name) return i;
  }
  UNREACHABLE();
}

void StaticInitializer::write(Address at, const syntax::Expr* e, Type* target) {
  e = inner(e);
  const auto& known = info_.of(e);
  if (known.mode == Mode::NilValue) return;
  if (known.mode == Mode::Constant) return writeConstant(at, known.type, known.value, target);
  if (Func* function = functionOf(e)) return program_.data().putPointer(at, program_.functionValue({function, {}}));
  if (auto* operation = syntax::as<const Operation>(e)) {
    const syntax::Expr* x = inner(operation->x);
    if (auto* literal = syntax::as<const CompositeLit>(x)) return writeObject(at, literal, info_.of(literal).type);
    auto* var = types::as<Var>(info_.objectOf(static_cast<const Name*>(x)));
    return program_.data().putPointer(at, program_.variable(var));
  }
  auto* literal = static_cast<const CompositeLit*>(e);
  Type* type = known.type;
  if (auto* to = under<types::Pointer>(type); to != nullptr && literal->type == nullptr) return writeObject(at, literal, to->base);
  if (isAggregate(type)) return writeElements(at, literal, type);
  auto* slice = under<types::Slice>(type);
  int64_t length = lengthOf(literal);
  const Layout& layout = program_.typeTable().layoutOf(slice->element);
  Address array = spaceFor(program_.data(), layout, static_cast<uint64_t>(length));
  program_.data().putPointer(at, array);
  program_.data().put64(at + 8, static_cast<uint64_t>(length));
  program_.data().put64(at + 16, static_cast<uint64_t>(length));
  writeElements(array, literal, slice->element);
}

void StaticInitializer::writeObject(Address at, const CompositeLit* literal, Type* type) {
  const Layout& layout = program_.typeTable().layoutOf(type);
  Address object = spaceFor(program_.data(), layout);
  program_.data().putPointer(at, object);
  writeElements(object, literal, type);
}

int64_t StaticInitializer::lengthOf(const CompositeLit* literal) {
  int64_t next = 0, length = 0;
  for (const syntax::Expr* element : literal->elements) {
    if (auto* pair = syntax::as<const KeyValueExpr>(element)) ENSURE(types::exactInt64(info_.of(pair->key).value, &next));
    length = std::max(length, ++next);
  }
  return length;
}

// `type` as for areStatic; of a slice literal, the elements' type.
void StaticInitializer::writeElements(Address at, const CompositeLit* literal, Type* type) {
  Type* own = info_.of(literal).type;
  if (auto* to = under<types::Pointer>(own); to != nullptr && literal->type == nullptr) own = to->base;
  if (auto* fields = under<Struct>(own)) {
    for (size_t i = 0; i < literal->elements.size(); i++) {
      auto* pair = syntax::as<const KeyValueExpr>(literal->elements[i]);
      size_t field = pair == nullptr ? i : fieldIndex(fields, static_cast<const Name*>(pair->key)->symbol);
      if (fields->fields[field]->name.isBlank()) continue;
      auto offset = static_cast<Address>(types::fieldOffset(fields, field));
      write(at + offset, pair == nullptr ? literal->elements[i] : pair->value, fields->fields[field]->type);
    }
    return;
  }
  auto* array = under<Array>(own);
  Type* element = array != nullptr ? array->element : type;
  uint64_t size = program_.typeTable().layoutOf(element).size;
  int64_t next = 0;
  for (const syntax::Expr* e : literal->elements) {
    if (auto* pair = syntax::as<const KeyValueExpr>(e)) {
      ENSURE(types::exactInt64(info_.of(pair->key).value, &next));
      e = pair->value;
    }
    write(at + static_cast<Address>(size * static_cast<uint64_t>(next)), e, element);
    next++;
  }
}

void StaticInitializer::writeConstant(Address at, Type* type, const types::Constant* value, Type* target) {
  DataBuilder& data = program_.data();
  auto kind = under<types::Basic>(type)->basic;
  if (types::isInterface(target)) {
    Address object = data.constants(std::max<uint64_t>(program_.typeTable().layoutOf(type).size, 1), 8);
    writeConstant(object, type, value, type);
    bool empty = types::allMethods(under<types::Interface>(target)).empty();
    data.putPointer(at, empty ? program_.descriptorOf(type) : program_.itabOf(type, target));
    data.putPointer(at + 8, object);
    return;
  }
  switch (kind) {
    case BasicKind::String: case BasicKind::UntypedString: data.putString(at, types::stringValue(value)); break;
    case BasicKind::Complex64: case BasicKind::Complex128: {
      BasicKind half = kind == BasicKind::Complex64 ? BasicKind::Float32 : BasicKind::Float64;
      uint32_t size = kind == BasicKind::Complex64 ? 4 : 8;
      data.put(at, constantBits(half, types::realPart(value)), size);
      data.put(at + size, constantBits(half, types::imaginaryPart(value)), size);
      break;
    }
    default: program_.putLeaf(at, scalarLeaf(kind), constantBits(kind, value));
  }
}

}  // namespace millrace::build
