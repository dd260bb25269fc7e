// Type descriptors, method tables of interfaces, and shapes for the allocator, in the layout of runtime/abi/type.h.
//
// A descriptor lists all methods of its type, but a method is built only when the program somewhere calls one of its name
// through an interface, or looks methods up by reflection; else its code is kNoCode. So it is with the entries of method
// tables. A method's type is there when some interface has a method of its name. Which names those are grows while functions
// are built, so entries are filled in between.
#include "runtime/abi/type.h"

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "wasm/build/program-builder.h"
#include "wasm/build/type-text.h"
#include "wasm/syntax/names.h"

namespace millrace::build {

using syntax::isExported;

using types::Array;
using types::BasicKind;
using types::Named;
using types::Struct;
using types::TypeKind;
using types::under;

namespace {

abi::Kind kindOf(Type* type) {
  Type* u = types::underlying(type);
  switch (u->kind) {
    case TypeKind::Basic: {
      auto basic = static_cast<types::Basic*>(u)->basic;
      // abi::Kind has the composite kinds between Complex128 and String.
      if (basic == BasicKind::String) return abi::Kind::String;
      if (basic == BasicKind::UnsafePointer) return abi::Kind::UnsafePointer;
      ENSURE(basic >= BasicKind::Bool && basic <= BasicKind::Complex128);
      return static_cast<abi::Kind>(static_cast<int>(abi::Kind::Bool) + static_cast<int>(basic) - static_cast<int>(BasicKind::Bool));
    }
    case TypeKind::Pointer: return abi::Kind::Pointer;
    case TypeKind::Slice: return abi::Kind::Slice;
    case TypeKind::Array: return abi::Kind::Array;
    case TypeKind::Map: return abi::Kind::Map;
    case TypeKind::Chan: return abi::Kind::Chan;
    case TypeKind::Struct: return abi::Kind::Struct;
    case TypeKind::Signature: return abi::Kind::Func;
    case TypeKind::Interface: return abi::Kind::Interface;
    default: UNREACHABLE();
  }
}

uint64_t headSize(abi::Kind kind) {
  switch (kind) {
    case abi::Kind::Array: return sizeof(abi::ArrayType);
    case abi::Kind::Chan: return sizeof(abi::ChanType);
    case abi::Kind::Func: return sizeof(abi::FuncType);
    case abi::Kind::Interface: return sizeof(abi::InterfaceType);
    case abi::Kind::Map: return sizeof(abi::MapType);
    case abi::Kind::Pointer: return sizeof(abi::PointerType);
    case abi::Kind::Slice: return sizeof(abi::SliceType);
    case abi::Kind::Struct: return sizeof(abi::StructType);
    default: return sizeof(abi::Type);
  }
}

void appendVarint(std::string& out, size_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

uint32_t hashText(std::string_view text) {
  uint32_t hash = 2166136261;
  for (char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619;
  return hash;
}

// Can equal keys differ, so that assigning must store the new one (+0 and -0, strings of one content)?
bool needsKeyUpdate(Type* type) {
  Type* u = types::underlying(type);
  switch (u->kind) {
    case TypeKind::Basic: {
      auto kind = static_cast<types::Basic*>(u)->basic;
      return (kind >= BasicKind::Float32 && kind <= BasicKind::Complex128) || kind == BasicKind::String;
    }
    case TypeKind::Interface: return true;
    case TypeKind::Array: return needsKeyUpdate(static_cast<Array*>(u)->element);
    case TypeKind::Struct: {
      auto* fields = static_cast<Struct*>(u);
      return std::any_of(fields->fields.begin(), fields->fields.end(), [](Var* f) { return needsKeyUpdate(f->type); });
    }
    default: return false;
  }
}

bool hashMightPanic(Type* type) {
  Type* u = types::underlying(type);
  switch (u->kind) {
    case TypeKind::Interface: return true;
    case TypeKind::Array: return hashMightPanic(static_cast<Array*>(u)->element);
    case TypeKind::Struct: {
      auto* fields = static_cast<Struct*>(u);
      return std::any_of(fields->fields.begin(), fields->fields.end(), [](Var* f) { return hashMightPanic(f->type); });
    }
    default: return false;
  }
}

// The declared type that `type` is or points to; else null.
Named* declaredBy(Type* type) {
  auto* pointer = types::as<types::Pointer>(type);
  return types::as<Named>(pointer != nullptr ? pointer->base : type);
}

types::Package* packageOf(Type* type) {
  Named* declared = declaredBy(type);
  return declared != nullptr ? declared->object->package : nullptr;
}

bool embedsFields(Type* type) {
  auto* fields = types::as<Struct>(type);
  return fields != nullptr && std::any_of(fields->fields.begin(), fields->fields.end(), [](Var* f) { return f->embedded; });
}

// In the place of a method's code: not 0, which in a method table says that there is no method.
constexpr uint32_t kNoCode = 0xffffffff;

}  // namespace

bool ProgramBuilder::isDirect(Type* type, TypeTable& table) {
  const Layout& layout = table.layoutOf(type);
  return layout.size == 8 && layout.pointerBytes == 8 && !layout.inMemory;
}

Address ProgramBuilder::nameData(std::string_view name, bool exported, std::string_view tag, types::Package* package,
                                 bool embedded) {
  bool withPackage = package != nullptr && !exported && !name.empty();
  std::string bytes;
  bytes.push_back(static_cast<char>(exported | (tag.empty() ? 0 : 2) | (withPackage ? 4 : 0) | (embedded ? 8 : 0)));
  appendVarint(bytes, name.size());
  bytes += name;
  if (!tag.empty()) {
    appendVarint(bytes, tag.size());
    bytes += tag;
  }
  if (withPackage) {
    Address path = nameData(package->path, false, {}, nullptr, false);
    for (int i = 0; i < 4; i++) bytes.push_back(static_cast<char>(path >> (8 * i)));
  }
  auto [at, isNew] = names_.try_emplace(bytes, 0);
  if (isNew) {
    at->second = data_.constants(bytes.size(), 1);
    data_.putBytes(at->second, bytes);
  }
  return at->second;
}

Address ProgramBuilder::pointerBitmap(const std::vector<bool>& map) {
  if (map.empty()) return 0;
  std::string bytes((map.size() + 7) / 8, '\0');
  for (size_t i = 0; i < map.size(); i++) {
    if (map[i]) bytes[i / 8] = static_cast<char>(bytes[i / 8] | (1 << (i % 8)));
  }
  return data_.text(bytes);
}

Address ProgramBuilder::shapeOf(uint64_t size, const std::vector<bool>& pointers) {
  auto [at, isNew] = shapes_.try_emplace({size, pointers}, 0);
  if (isNew) {
    Address shape = data_.constants(sizeof(abi::Type), 8);
    at->second = shape;
    data_.put64(shape + offsetof(abi::Type, size), size);
    data_.put64(shape + offsetof(abi::Type, pointerBytes), pointers.size() * 8);
    data_.put8(shape + offsetof(abi::Type, align), 8);
    data_.put8(shape + offsetof(abi::Type, fieldAlign), 8);
    data_.putPointer(shape + offsetof(abi::Type, gcData), pointerBitmap(pointers));
  }
  return at->second;
}

Address ProgramBuilder::allocationShape(Type* type) {
  uint32_t id = types_.idOf(type);
  auto [at, isNew] = allocationShapes_.try_emplace(id, 0);
  if (isNew) {
    Address shape = shapeOf(types_.layoutOf(type).size, types_.pointerMap(type));
    allocationShapes_[id] = shape;
    return shape;
  }
  return at->second;
}

Address ProgramBuilder::descriptorOf(Type* type) {
  type = types::unalias(type);
  uint32_t id = types_.idOf(type);
  if (auto found = descriptors_.find(id); found != descriptors_.end()) return found->second;
  type = types_.typeOf(id);
  if (Address linked = linkedDescriptor(type); linked != 0) return descriptors_[id] = linked;
  abi::Kind kind = kindOf(type);
  uint64_t size = headSize(kind);
  // What a type has beyond the fixed part: methods, then a function's parameters.
  std::vector<types::Selection> methods;
  if (kind != abi::Kind::Interface) methods = types::methodSet(config_.session, type);
  auto* named = types::as<Named>(type);
  bool uncommon = named != nullptr || !methods.empty();
  uint64_t uncommonAt = size;
  if (uncommon) size += sizeof(abi::UncommonType);
  uint64_t inOutAt = size;
  auto* signature = kind == abi::Kind::Func ? under<types::Signature>(type) : nullptr;
  if (signature != nullptr) size += 8 * (signature->params->vars.size() + signature->results->vars.size());
  uint64_t methodsAt = size;
  size += methods.size() * sizeof(abi::Method);
  Address at = data_.constants(size, 8);
  descriptors_[id] = at;
  if (kind == abi::Kind::Func) functionTypes_.push_back(id);
  if (named != nullptr ? kind != abi::Kind::Interface : embedsFields(type)) {
    relatedToTypes_.push_back(id);
    if (reflectsPointers_) addWork([this, type] { describeRelated(type); });
  }

  fillHead(type, kind, at, uncommon);
  if (uncommon) {
    Address record = at + static_cast<Address>(uncommonAt);
    types::Package* package = packageOf(type);
    if (package != nullptr) {
      data_.put32(record + offsetof(abi::UncommonType, packagePath), nameData(package->path, false, {}, nullptr, false));
    }
    size_t exported = 0;
    for (auto& method : methods) exported += isExported(method.object->name.text());
    data_.put16(record + offsetof(abi::UncommonType, methodCount), static_cast<uint16_t>(methods.size()));
    data_.put16(record + offsetof(abi::UncommonType, exportedCount), static_cast<uint16_t>(exported));
    data_.put32(record + offsetof(abi::UncommonType, methodsOffset), static_cast<uint32_t>(methodsAt - uncommonAt));
    for (size_t i = 0; i < methods.size(); i++) {
      Address entry = at + static_cast<Address>(methodsAt + i * sizeof(abi::Method));
      addMethod(type, methods[i], entry, package);
    }
  }
  if (signature != nullptr) {
    Address slot = at + static_cast<Address>(inOutAt);
    for (auto* tuple : {signature->params, signature->results}) {
      for (Var* var : tuple->vars) {
        data_.putPointer(slot, descriptorOf(var->type));
        slot += 8;
      }
    }
  }
  return at;
}

void ProgramBuilder::fillHead(Type* type, abi::Kind kind, Address at, bool uncommon) {
  const Layout& layout = types_.layoutOf(type);
  std::string text = reflectText(type);
  bool named = types::as<Named>(type) != nullptr || types::as<types::Basic>(type) != nullptr;
  uint8_t flags = 0;
  if (uncommon) flags |= abi::kTypeUncommon;
  if (named) flags |= abi::kTypeNamed;
  if (isRegularMemory(type)) flags |= abi::kTypeRegularMemory;
  if (isDirect(type, types_)) flags |= abi::kTypeDirectIface;
  data_.put64(at + offsetof(abi::Type, size), layout.size);
  data_.put64(at + offsetof(abi::Type, pointerBytes), layout.pointerBytes);
  data_.put32(at + offsetof(abi::Type, hash), hashText(types::typeString(type)));
  data_.put8(at + offsetof(abi::Type, flags), flags);
  data_.put8(at + offsetof(abi::Type, align), static_cast<uint8_t>(layout.alignment));
  data_.put8(at + offsetof(abi::Type, fieldAlign), static_cast<uint8_t>(layout.alignment));
  data_.put8(at + offsetof(abi::Type, kind), static_cast<uint8_t>(kind));
  if (types::isComparable(type)) data_.putPointer(at + offsetof(abi::Type, equal), staticClosure(equalFunction(type)));
  data_.putPointer(at + offsetof(abi::Type, gcData), pointerBitmap(types_.pointerMap(type)));
  Named* declared = declaredBy(type);
  bool exported = declared != nullptr && isExported(declared->object->name.text());
  data_.put32(at + offsetof(abi::Type, text), nameData(text, exported, {}, nullptr, false));

  Type* u = types::underlying(type);
  switch (kind) {
    case abi::Kind::Array: {
      auto* array = static_cast<Array*>(u);
      data_.putPointer(at + offsetof(abi::ArrayType, element), descriptorOf(array->element));
      data_.putPointer(at + offsetof(abi::ArrayType, slice), descriptorOf(sliceTypeOf(array->element)));
      data_.put64(at + offsetof(abi::ArrayType, length), static_cast<uint64_t>(array->length));
      break;
    }
    case abi::Kind::Chan: {
      auto* channel = static_cast<types::Chan*>(u);
      data_.putPointer(at + offsetof(abi::ChanType, element), descriptorOf(channel->element));
      uint64_t direction = channel->direction == syntax::ChanDir::Both ? 3 : channel->direction == syntax::ChanDir::SendOnly ? 2 : 1;
      data_.put64(at + offsetof(abi::ChanType, direction), direction);
      break;
    }
    case abi::Kind::Func: {
      auto* signature = static_cast<types::Signature*>(u);
      data_.put16(at + offsetof(abi::FuncType, inCount), static_cast<uint16_t>(signature->params->vars.size()));
      auto out = static_cast<uint16_t>(signature->results->vars.size() | (signature->variadic ? 0x8000 : 0));
      data_.put16(at + offsetof(abi::FuncType, outCount), out);
      break;
    }
    case abi::Kind::Interface: fillInterface(type, static_cast<types::Interface*>(u), at); break;
    case abi::Kind::Map: {
      auto* map = static_cast<types::Map*>(u);
      data_.putPointer(at + offsetof(abi::MapType, key), descriptorOf(map->key));
      data_.putPointer(at + offsetof(abi::MapType, element), descriptorOf(map->value));
      data_.putPointer(at + offsetof(abi::MapType, hasher), staticClosure(hashFunction(map->key)));
      fillMapGroup(map, at);
      break;
    }
    case abi::Kind::Pointer:
      data_.putPointer(at + offsetof(abi::PointerType, element), descriptorOf(static_cast<types::Pointer*>(u)->base));
      break;
    case abi::Kind::Slice:
      data_.putPointer(at + offsetof(abi::SliceType, element), descriptorOf(static_cast<types::Slice*>(u)->element));
      break;
    case abi::Kind::Struct: fillStruct(static_cast<Struct*>(u), at); break;
    default: break;
  }
}

// The groups a map's table is made of: {uint64; [8]struct{key; value}}, as Go lays them out. Large keys and values stand in
// objects of their own.
void ProgramBuilder::fillMapGroup(types::Map* map, Address at) {
  constexpr uint64_t kMaxInline = 128;
  constexpr int64_t kSlots = 8;
  bool indirectKey = types_.layoutOf(map->key).size > kMaxInline;
  bool indirectValue = types_.layoutOf(map->value).size > kMaxInline;
  const auto field = [&](Type* type) {
    auto* var = arena().make<Var>();
    var->kind = types::ObjectKind::Var;
    var->role = types::VarRole::Field;
    var->type = type;
    return var;
  };
  const auto structOf = [&](Type* first, Type* second) {
    auto* fields = arena().make<Struct>();
    fields->kind = TypeKind::Struct;
    fields->fields = arena().copy(std::vector<Var*>{field(first), field(second)});
    return fields;
  };
  auto* slot = structOf(indirectKey ? pointerTo(map->key) : map->key, indirectValue ? pointerTo(map->value) : map->value);
  auto* slots = arena().make<Array>();
  slots->kind = TypeKind::Array;
  slots->length = kSlots;
  slots->element = slot;
  auto* group = structOf(types::basicType(BasicKind::Uint64), slots);
  data_.putPointer(at + offsetof(abi::MapType, group), allocationShape(group));
  data_.put64(at + offsetof(abi::MapType, groupSize), static_cast<uint64_t>(types::sizeOf(group)));
  data_.put64(at + offsetof(abi::MapType, slotSize), static_cast<uint64_t>(types::sizeOf(slot)));
  data_.put64(at + offsetof(abi::MapType, elementOffset), static_cast<uint64_t>(types::fieldOffset(slot, 1)));
  constexpr uint32_t kNeedKeyUpdate = 1, kHashMightPanic = 2, kIndirectKey = 4, kIndirectValue = 8;
  uint32_t flags = (indirectKey ? kIndirectKey : 0) | (indirectValue ? kIndirectValue : 0);
  if (needsKeyUpdate(map->key)) flags |= kNeedKeyUpdate;
  if (hashMightPanic(map->key)) flags |= kHashMightPanic;
  data_.put32(at + offsetof(abi::MapType, flags), flags);
}

void ProgramBuilder::fillInterface(Type* type, types::Interface* interface, Address at) {
  auto methods = types::allMethods(interface);
  auto* named = types::as<Named>(type);
  types::Package* package = named != nullptr ? named->object->package : nullptr;
  for (Func* method : methods) {
    if (package == nullptr) package = method->package;
  }
  if (package != nullptr) {
    data_.putPointer(at + offsetof(abi::InterfaceType, packagePath), nameData(package->path, false, {}, nullptr, false));
  }
  if (methods.empty()) return;
  Address list = data_.constants(methods.size() * sizeof(abi::InterfaceMethod), 8);
  data_.putPointer(at + offsetof(abi::InterfaceType, methods), list);
  data_.put64(at + offsetof(abi::InterfaceType, methods) + 8, methods.size());
  data_.put64(at + offsetof(abi::InterfaceType, methods) + 16, methods.size());
  for (size_t i = 0; i < methods.size(); i++) {
    Address entry = list + static_cast<Address>(i * sizeof(abi::InterfaceMethod));
    std::string_view name = methods[i]->name.text();
    types::Package* other = methods[i]->package != package ? methods[i]->package : nullptr;
    data_.put32(entry + offsetof(abi::InterfaceMethod, name), nameData(name, isExported(name), {}, other, false));
    data_.put32(entry + offsetof(abi::InterfaceMethod, type), descriptorOf(methodType(methods[i])));
    wantMethodType(methods[i]->name);
  }
}

void ProgramBuilder::fillStruct(Struct* fields, Address at) {
  size_t count = fields->fields.size();
  if (count == 0) return;
  Address list = data_.constants(count * sizeof(abi::StructField), 8);
  data_.putPointer(at + offsetof(abi::StructType, fields), list);
  data_.put64(at + offsetof(abi::StructType, fields) + 8, count);
  data_.put64(at + offsetof(abi::StructType, fields) + 16, count);
  for (size_t i = 0; i < count; i++) {
    Var* field = fields->fields[i];
    Address entry = list + static_cast<Address>(i * sizeof(abi::StructField));
    std::string_view name = field->name.text();
    std::string_view tag = fields->tags.empty() ? std::string_view() : fields->tags[i];
    bool exported = isExported(name);
    data_.putPointer(entry + offsetof(abi::StructField, name), nameData(name, exported, tag, nullptr, field->embedded));
    data_.putPointer(entry + offsetof(abi::StructField, type), descriptorOf(field->type));
    data_.put64(entry + offsetof(abi::StructField, offset), static_cast<uint64_t>(types::fieldOffset(fields, i)));
    if (!exported && field->package != nullptr) {
      data_.putPointer(at + offsetof(abi::StructType, packagePath), nameData(field->package->path, false, {}, nullptr, false));
    }
  }
}

// ------------------------------------------------------------------------------------------------- methods

// `ofType`: the package that the type's descriptor names. A method's name says its package only if that is another.
void ProgramBuilder::addMethod(Type* type, const types::Selection& method, Address entry, types::Package* ofType) {
  Symbol symbol = method.object->name;
  std::string_view name = symbol.text();
  types::Package* package = static_cast<Func*>(method.object)->package;
  data_.put32(entry + offsetof(abi::Method, name),
              nameData(name, isExported(name), {}, package != ofType ? package : nullptr, false));
  for (size_t field : {offsetof(abi::Method, type), offsetof(abi::Method, interfaceCall), offsetof(abi::Method, directCall)}) {
    data_.put32(entry + static_cast<Address>(field), kNoCode);
  }
  WantedName& wanted = wanted_[symbol];
  wanted.untyped.push_back({type, method, entry});
  wanted.uncoded.push_back({type, method, entry});
  if (isAlwaysWanted(symbol, static_cast<Func*>(method.object)->package)) wanted.type = wanted.code = true;
  if (wanted.type || wanted.code) addWork([this, symbol] { fillMethods(symbol); });
}

void ProgramBuilder::wantMethodType(Symbol name) {
  if (wanted_[name].type) return;
  wanted_[name].type = true;
  addWork([this, name] { fillMethods(name); });
}

void ProgramBuilder::wantMethod(Symbol name) {
  if (wanted_[name].code) return;
  wanted_[name].code = true;
  addWork([this, name] { fillMethods(name); });
}

// From now on methods can be found by reflection: all exported ones are wanted.
void ProgramBuilder::wantAllMethods() {
  if (reflectsMethods_) return;
  reflectsMethods_ = true;
  std::vector<Symbol> names;
  for (auto& [name, wanted] : wanted_) {
    if (isExported(name.text())) names.push_back(name);
  }
  for (Symbol name : names) {
    wantMethodType(name);
    wantMethod(name);
  }
}

// What reflection may make of a declared type: pointers to it, which may have methods, and its function type, whose functions
// it may make and convert.
void ProgramBuilder::describeRelated(Type* named) {
  descriptorOf(pointerTo(named));
  if (auto* signature = under<types::Signature>(named)) descriptorOf(signature);
}

// From now on types can be made by reflection: those that the program's code relies on must be there.
void ProgramBuilder::wantPointerTypes() {
  if (reflectsPointers_) return;
  reflectsPointers_ = true;
  for (size_t i = 0; i < relatedToTypes_.size(); i++) describeRelated(types_.typeOf(relatedToTypes_[i]));
}

void ProgramBuilder::fillMethods(Symbol name) {
  if (wanted_[name].type) {
    for (const MethodEntry& entry : std::exchange(wanted_[name].untyped, {})) {
      Address type = descriptorOf(methodType(static_cast<Func*>(entry.method.object)));
      data_.put32(entry.at + offsetof(abi::Method, type), type);
    }
  }
  if (!wanted_[name].code) return;
  for (const MethodEntry& entry : std::exchange(wanted_[name].uncoded, {})) {
    uint32_t index = tableIndexOf(interfaceMethod(entry.type, entry.method));
    data_.put32(entry.at + offsetof(abi::Method, interfaceCall), index);
    // Only reflection calls a method with its receiver as first argument.
    if (!reflectsMethods_) continue;
    auto* signature = arena().make<types::Signature>(*static_cast<types::Signature*>(methodType(static_cast<Func*>(entry.method.object))));
    auto* receiver = arena().make<Var>();
    receiver->kind = types::ObjectKind::Var;
    receiver->type = entry.type;
    std::vector<Var*> parameters = {receiver};
    parameters.insert(parameters.end(), signature->params->vars.begin(), signature->params->vars.end());
    auto* tuple = arena().make<types::Tuple>(*signature->params);
    tuple->vars = arena().copy(parameters);
    signature->params = tuple;
    types::Selection selection = entry.method;
    selection.receiver = entry.type;
    data_.put32(entry.at + offsetof(abi::Method, directCall), tableIndexOf(methodExpression(selection, signature)));
  }
  for (const MethodEntry& entry : std::exchange(wanted_[name].inTables, {})) {
    data_.put64(entry.at, tableIndexOf(interfaceMethod(entry.type, entry.method)));
  }
}

uint32_t ProgramBuilder::methodIndex(types::Interface* interface, Symbol name, types::Package* package) {
  auto methods = types::allMethods(interface);
  for (size_t i = 0; i < methods.size(); i++) {
    bool same = methods[i]->name == name && (isExported(name.text()) || methods[i]->package == package);
    if (same) return static_cast<uint32_t>(i);
  }
  UNREACHABLE();
}

Address ProgramBuilder::itabOf(Type* concrete, Type* interfaceType) {
  std::pair key = {types_.idOf(concrete), types_.idOf(interfaceType)};
  if (auto found = itabs_.find(key); found != itabs_.end()) return found->second;
  auto* interface = under<types::Interface>(interfaceType);
  auto methods = types::allMethods(interface);
  Address at = data_.constants(offsetof(abi::ITab, functions) + 8 * std::max<size_t>(1, methods.size()), 8);
  itabs_[key] = at;
  Address type = descriptorOf(concrete);
  data_.putPointer(at + offsetof(abi::ITab, interface), descriptorOf(interfaceType));
  data_.putPointer(at + offsetof(abi::ITab, type), type);
  data_.put32(at + offsetof(abi::ITab, hash), hashText(types::typeString(concrete)));
  // Both lists are sorted the same way.
  std::vector<types::Selection> available = types::methodSet(config_.session, concrete);
  size_t next = 0;
  for (size_t i = 0; i < methods.size(); i++) {
    const auto same = [&](const types::Selection& s) {
      return s.object->name == methods[i]->name &&
             (isExported(methods[i]->name.text()) || static_cast<Func*>(s.object)->package == methods[i]->package);
    };
    while (next < available.size() && !same(available[next])) next++;
    ENSURE(next < available.size());
    Address entry = at + static_cast<Address>(offsetof(abi::ITab, functions) + 8 * i);
    data_.put64(entry, kNoCode);
    Symbol name = methods[i]->name;
    wanted_[name].inTables.push_back({concrete, available[next], entry});
    if (isAlwaysWanted(name, methods[i]->package)) wanted_[name].code = true;
    if (wanted_[name].code) addWork([this, name] { fillMethods(name); });
  }
  return at;
}

// ------------------------------------------------------------------------------------------ constant values

Address ProgramBuilder::zeroes(uint64_t size) {
  constexpr uint64_t kShared = 1024;
  if (size > kShared) return data_.constants(size, 8);
  if (zeroes_ == 0) zeroes_ = data_.constants(kShared, 16);
  return zeroes_;
}

Address ProgramBuilder::constantObject(Type* type, std::span<const uint64_t> bits) {
  std::vector<uint64_t> key(bits.begin(), bits.end());
  auto [at, isNew] = constantObjects_.try_emplace({types_.idOf(type), key}, 0);
  if (isNew) {
    const Layout& layout = types_.layoutOf(type);
    at->second = data_.constants(layout.size, layout.alignment);
    for (size_t i = 0; i < bits.size(); i++) putLeaf(at->second, layout.leaves[i], bits[i]);
  }
  return at->second;
}

void ProgramBuilder::putLeaf(Address at, const Leaf& leaf, uint64_t bits) {
  using enum Op;
  uint32_t size = 8;
  if (leaf.store == I32Store8) size = 1;
  else if (leaf.store == I32Store16) size = 2;
  else if (leaf.store == I32Store || leaf.store == F32Store) size = 4;
  data_.put(at + leaf.offset, bits, size);
}

}  // namespace millrace::build
