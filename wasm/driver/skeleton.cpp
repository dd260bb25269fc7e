// What a skeleton keeps: everything that can be reached from the exported declarations.
#include "wasm/driver/skeleton.h"

#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/build/walk.h"
#include "wasm/syntax/literal.h"

namespace millrace::driver {

using namespace syntax;
using build::forEachChild;
using types::Func;
using types::Object;
using types::ObjectKind;
using types::PkgName;
using types::Type;
using types::TypeKind;
using types::TypeName;
using types::Var;

Skeleton::Skeleton(const types::CheckedPackage& package, std::span<const std::string_view> also) : package_(package) {
  declareAll();
  for (Object* object : package.package->scope->objects()) {
    std::string_view name = object->name.text();
    if (isExported(name) || std::find(also.begin(), also.end(), name) != also.end()) keep(object, Depth::Values);
  }
  visitWaiting();
  keepSmallBodies();
  for (auto& [object, declared] : declared_) {
    if (declared.depth != Depth::None) objects_.push_back(const_cast<Object*>(object));
  }
  std::sort(objects_.begin(), objects_.end(), [](const Object* a, const Object* b) { return a->pos < b->pos; });
}

void Skeleton::visitWaiting() {
  while (!waiting_.empty()) {
    Object* object = waiting_.back();
    waiting_.pop_back();
    visit(object, declared_.at(object));
  }
}

// Only now, when it is known what is imported anyway: no body is worth one more package.
void Skeleton::keepSmallBodies() {
  std::set<const types::Package*> imported;
  for (auto& [file, imports] : imports_) {
    for (const Import& import : imports) {
      if (import.used) imported.insert(import.package);
    }
  }
  while (!small_.empty()) {
    Func* function = small_.back();
    small_.pop_back();
    if (!isSmall(function->decl, imported)) continue;
    file_ = function->file;
    bodies_.insert(function);
    walkBody(function->decl->body);
    visitWaiting();
  }
}

bool Skeleton::keepsMethods(const TypeName* type) const {
  auto found = declared_.find(type);
  return found != declared_.end() && found->second.depth == Depth::Values;
}

// ---------------------------------------------------------------------------------------------- what is declared

void Skeleton::declareAll() {
  for (const File* file : package_.files) {
    addImports(file);
    for (const Decl* decl : file->declarations) {
      collectInterfaces(decl);
      if (auto* constants = as<const ConstDecl>(decl)) {
        for (const Name* name : constants->names) declare(name, file, decl);
      } else if (auto* variables = as<const VarDecl>(decl)) {
        for (const Name* name : variables->names) declare(name, file, decl);
      } else if (auto* type = as<const TypeDecl>(decl)) {
        declare(type->name, file, decl);
      } else if (auto* function = as<const FuncDecl>(decl)) {
        if (function->name->symbol.text() != "init" || function->receiver != nullptr) declare(function->name, file, decl);
      }
    }
  }
  std::vector<Func*> methods;
  for (auto& [object, declared] : declared_) {
    auto* decl = as<const FuncDecl>(declared.decl);
    if (decl == nullptr || decl->receiver == nullptr) continue;
    methods.push_back(static_cast<Func*>(const_cast<Object*>(object)));
  }
  for (Func* method : methods) {
    Type* receiver = types::unalias(method->signature()->receiver->type);
    if (auto* pointer = types::as<types::Pointer>(receiver)) receiver = types::unalias(pointer->base);
    declared_.at(types::as<types::Named>(receiver)->origin->object).methods.push_back(method);
  }
}

void Skeleton::declare(const Name* name, const File* file, const Decl* decl) {
  Object* object = package_.info.objectOf(name);
  if (object != nullptr && !name->symbol.isBlank()) declared_[object] = {file, decl, Depth::None, {}};
}

void Skeleton::addImports(const File* file) {
  std::vector<Import>& imports = imports_[file];
  for (const Decl* decl : file->declarations) {
    auto* import = as<const ImportDecl>(decl);
    if (import == nullptr) continue;
    std::string path = stringLiteralValue(import->path->text);
    auto sought = [&](const types::Package* p) { return p->path == path || p->path == "vendor/" + path; };
    auto found = std::find_if(package_.package->imports.begin(), package_.package->imports.end(), sought);
    const types::Package* package = found == package_.package->imports.end() ? nullptr : *found;
    std::string name(import->localName != nullptr ? import->localName->symbol.text()
                     : package != nullptr         ? package->name.text()
                                                  : path);
    imports.push_back({import, std::move(name), std::move(path), import->localName != nullptr, package, false});
  }
}

// Methods that only types of this package can have, so that they matter although nobody else can call them.
void Skeleton::collectInterfaces(const Node* node) {
  if (auto* interface = as<const InterfaceType>(node)) {
    for (const Field* method : interface->methods) {
      if (method->name != nullptr && !isExported(method->name->symbol.text())) {
        interfaceMethods_.insert(method->name->symbol.text());
      }
    }
  }
  forEachChild(node, [this](const Node* child) { collectInterfaces(child); });
}

// ------------------------------------------------------------------------------------------------- what is kept

void Skeleton::keep(Object* object, Depth depth) {
  auto found = declared_.find(object);
  if (found == declared_.end() || found->second.depth >= depth) return;
  found->second.depth = depth;
  waiting_.push_back(object);
}

void Skeleton::visit(Object* object, Declared& declared) {
  file_ = declared.file;
  if (auto* decl = as<const ConstDecl>(declared.decl)) {
    bool group = isIotaGroup(declared.file, decl);
    for (const Decl* other : declared.file->declarations) {
      auto* constants = as<const ConstDecl>(other);
      if (other != decl && (!group || constants == nullptr || other->group != decl->group)) continue;
      for (const Name* name : constants->names) keep(package_.info.objectOf(name), Depth::Values);
      if (constants->type != nullptr) walk(constants->type, Depth::Values);
      if (constants->values != nullptr) walk(constants->values, Depth::Values);
    }
  } else if (auto* type = as<const TypeDecl>(declared.decl)) {
    for (const Field* param : type->typeParameters) walk(param, declared.depth);
    walk(type->type, declared.depth);
    if (declared.depth != Depth::Values) return;
    for (Func* method : declared.methods) {
      std::string_view name = method->name.text();
      if (isExported(name) || interfaceMethods_.contains(name)) keep(method, Depth::Values);
    }
  } else if (as<const VarDecl>(declared.decl) != nullptr) {
    visitVariable(declared);
  } else if (auto* function = as<const FuncDecl>(declared.decl)) {
    visitFunction(static_cast<Func*>(object), function);
  }
}

void Skeleton::visitVariable(const Declared& declared) {
  auto* decl = as<const VarDecl>(declared.decl);
  if (variableTypes_.contains(decl) || initialised_.contains(decl)) return;
  for (const Name* name : decl->names) keep(package_.info.objectOf(name), Depth::Values);
  if (decl->type != nullptr) return walk(decl->type, Depth::Values);
  std::vector<Type*> path;
  for (const Name* name : decl->names) {
    Object* object = package_.info.objectOf(name);
    if (object != nullptr && keepType(object->type, path)) continue;
    initialised_.insert(decl);
    return walkBody(decl->values);
  }
  std::vector<std::string>& texts = variableTypes_[decl];
  const auto qualifier = [](types::Package* package, void* self) -> std::string_view {
    auto* skeleton = static_cast<Skeleton*>(self);
    return package == skeleton->package_.package ? "" : skeleton->nameIn(skeleton->file_, package);
  };
  for (const Name* name : decl->names) {
    texts.push_back(types::typeString(package_.info.objectOf(name)->type, qualifier, this));
  }
}

void Skeleton::visitFunction(Func* function, const FuncDecl* decl) {
  if (decl->receiver != nullptr) walk(decl->receiver->type, Depth::Values);
  for (const Field* param : decl->typeParameters) walk(param, Depth::Values);
  walk(decl->type, Depth::Values);
  if (decl->body == nullptr) return;
  collectDead(decl);
  bool generic = !decl->typeParameters.empty() || !function->signature()->receiverTypeParams.empty();
  if (!generic) return small_.push_back(function);
  bodies_.insert(function);
  walkBody(decl->body);
}

void Skeleton::collectDead(const FuncDecl* decl) {
  const std::function<void(const Node*)> visit = [&](const Node* node) {
    if (auto* block = as<const BlockStmt>(node)) {
      for (const Stmt* statement : block->list) {
        auto* conditional = as<const IfStmt>(statement);
        if (conditional != nullptr && isDead(conditional, decl)) dead_.insert(conditional);
      }
    }
    forEachChild(node, visit);
  };
  visit(decl->body);
}

// Its condition is constant and false, and nothing is missing without it: what the function declares may be used here only.
bool Skeleton::isDead(const IfStmt* statement, const FuncDecl* decl) const {
  const types::TypeAndValue& condition = package_.info.of(statement->condition);
  if (condition.mode != types::Mode::Constant || types::boolValue(condition.value)) return false;
  if (statement->init != nullptr || statement->otherwise != nullptr) return false;
  bool needed = false;
  const std::function<void(const Node*)> visit = [&](const Node* node) {
    if (node->kind == NodeKind::BranchStmt) needed = true;
    if (auto* name = as<const Name>(node)) {
      Object* object = package_.info.objectOf(name);
      needed = needed || (object != nullptr && object->package == package_.package && decl->body->pos <= object->pos &&
                          object->pos < statement->pos);
    }
    forEachChild(node, visit);
  };
  visit(statement);
  return !needed;
}

void Skeleton::walk(const Node* node, Depth depth) {
  if (auto* name = as<const Name>(node)) return use(name, depth);
  if (auto* selector = as<const SelectorExpr>(node)) return walk(selector->x, depth);
  if (auto* structure = as<const StructType>(node)) {
    for (const Field* field : structure->fields) {
      bool hidden = field->name != nullptr && !isExported(field->name->symbol.text());
      walk(field->type, hidden ? Depth::Layout : depth);
    }
    return;
  }
  forEachChild(node, [&](const Node* child) { walk(child, depth); });
}

// In a body values of any type that an expression has may become interfaces, without the type's being named.
void Skeleton::walkBody(const Node* node) {
  if (dead_.contains(node)) return;
  if (node->kind < NodeKind::EmptyStmt && node->kind != NodeKind::BadExpr) {
    const types::TypeAndValue& value = package_.info.of(static_cast<const Expr*>(node));
    std::vector<Type*> path;
    if (value.type != nullptr) keepType(value.type, path);
  }
  if (auto* name = as<const Name>(node)) return use(name, Depth::Values);
  if (auto* selector = as<const SelectorExpr>(node)) {
    keepMethodOf(selector);
    return walkBody(selector->x);
  }
  if (auto* constants = as<const ConstDecl>(node)) {
    if (constants->type != nullptr) walkBody(constants->type);
    if (constants->values != nullptr) walkBody(constants->values);
    return;
  }
  forEachChild(node, [this](const Node* child) { walkBody(child); });
}

void Skeleton::use(const Name* name, Depth depth) {
  Object* object = package_.info.objectOf(name);
  if (auto* field = types::as<Var>(object); field != nullptr && field->embedded) {  // the name stands for the field, too
    Type* type = field->type;
    if (auto* pointer = types::as<types::Pointer>(type)) type = pointer->base;
    if (auto* named = types::as<types::Named>(type)) object = named->origin->object;
    if (auto* alias = types::as<types::Alias>(type)) object = alias->object;
  }
  if (object == nullptr || object->package != package_.package) {
    // Imported without a name, or predeclared.
    if (object == nullptr || object->package == nullptr) return;
    for (Import& import : imports_[file_]) {
      import.used = import.used || (import.name == "." && import.package == object->package);
    }
    return;
  }
  if (object->kind != ObjectKind::PkgName) return keep(object, depth);
  for (Import& import : imports_[file_]) {
    import.used = import.used || (import.decl != nullptr && import.decl->pos == object->pos);
  }
}

void Skeleton::keepMethodOf(const SelectorExpr* selector) {
  auto found = package_.info.selections.find(selector);
  if (found == package_.info.selections.end()) return;
  if (auto* method = types::as<Func>(found->second.object)) keep(method->origin, Depth::Values);
}

// Keeps all of this package that the type is made of. False if it cannot be written here: it holds unexported names of
// other packages.
bool Skeleton::keepType(Type* type, std::vector<Type*>& path) {
  if (type == nullptr || std::find(path.begin(), path.end(), type) != path.end()) return true;
  path.push_back(type);
  bool writable = true;
  const auto part = [&](Type* t) { writable = keepType(t, path) && writable; };
  const auto named = [&](TypeName* object, std::span<Type* const> arguments) {
    if (object->package == package_.package) {
      keep(object, Depth::Values);
      writable = writable && declared_.contains(object);  // it is not local
    } else if (object->package != nullptr && !isExported(object->name.text())) {
      writable = false;
    }
    for (Type* argument : arguments) part(argument);
  };
  const auto member = [&](const Object* object) {
    bool hidden = !isExported(object->name.text()) && object->package != package_.package;
    writable = writable && !hidden;
    part(object->type);
  };
  switch (type->kind) {
    case TypeKind::Basic: case TypeKind::TypeParam: case TypeKind::Union: break;
    case TypeKind::Named: {
      auto* n = static_cast<types::Named*>(type);
      named(n->origin->object, n->typeArgs);
      break;
    }
    case TypeKind::Alias: {
      auto* n = static_cast<types::Alias*>(type);
      named(n->object, n->typeArgs);
      break;
    }
    case TypeKind::Pointer: part(static_cast<types::Pointer*>(type)->base); break;
    case TypeKind::Slice: part(static_cast<types::Slice*>(type)->element); break;
    case TypeKind::Array: part(static_cast<types::Array*>(type)->element); break;
    case TypeKind::Chan: part(static_cast<types::Chan*>(type)->element); break;
    case TypeKind::Map: part(static_cast<types::Map*>(type)->key), part(static_cast<types::Map*>(type)->value); break;
    case TypeKind::Struct:
      for (Var* field : static_cast<types::Struct*>(type)->fields) member(field);
      break;
    case TypeKind::Tuple:
      for (Var* var : static_cast<types::Tuple*>(type)->vars) part(var->type);
      break;
    case TypeKind::Signature:
      part(static_cast<types::Signature*>(type)->params), part(static_cast<types::Signature*>(type)->results);
      break;
    case TypeKind::Interface:
      for (Func* method : static_cast<types::Interface*>(type)->explicitMethods) member(method);
      for (Type* embedded : static_cast<types::Interface*>(type)->embeddeds) part(embedded);
      break;
  }
  path.pop_back();
  return writable;
}

// Whether constants of the declaration's group depend on each other's places.
bool Skeleton::isIotaGroup(const File* file, const Decl* decl) const {
  if (decl->group == nullptr) return false;
  const std::function<bool(const Node*)> usesIota = [&](const Node* node) {
    if (auto* name = as<const Name>(node)) return name->symbol.text() == "iota";
    bool uses = false;
    forEachChild(node, [&](const Node* child) { uses = uses || usesIota(child); });
    return uses;
  };
  return std::any_of(file->declarations.begin(), file->declarations.end(), [&](const Decl* other) {
    if (other->group != decl->group) return false;
    auto* constants = as<const ConstDecl>(other);
    return constants->values == nullptr || usesIota(constants->values);
  });
}

// Worth inlining where it is called: no loops, few calls, nothing that needs a frame of its own, no generic code that
// would be made anew for it. The bounds let utf8.RuneLen in and leave fmt.Fprint out.
bool Skeleton::isSmall(const FuncDecl* decl, const std::set<const types::Package*>& imported) const {
  constexpr int kMostNodes = 48, kMostCalls = 2;
  if ((decl->pragmas & kPragmaNoInline) != 0) return false;
  int nodes = 0, calls = 0;
  bool fits = true;
  const std::function<void(const Node*)> count = [&](const Node* node) {
    if (dead_.contains(node)) return;
    switch (node->kind) {
      case NodeKind::FuncLit: case NodeKind::CallStmt: case NodeKind::SelectStmt: case NodeKind::ForStmt:
      case NodeKind::LabeledStmt: case NodeKind::DeclStmt:
        fits = false;
        return;
      case NodeKind::CallExpr: {
        types::Mode mode = package_.info.of(unparen(static_cast<const CallExpr*>(node)->function)).mode;
        bool isCall = mode != types::Mode::TypeExpr && mode != types::Mode::Builtin;
        fits = fits && (!isCall || ++calls <= kMostCalls);
        break;
      }
      case NodeKind::SelectorExpr: {
        auto found = package_.info.selections.find(static_cast<const SelectorExpr*>(node));
        if (found == package_.info.selections.end()) break;
        auto* method = types::as<Func>(found->second.object);
        fits = fits && (method == nullptr || method->origin == method);
        break;
      }
      case NodeKind::Name: {
        auto* name = static_cast<const Name*>(node);
        Object* object = package_.info.objectOf(name);
        bool recovers = object != nullptr && object->kind == ObjectKind::Builtin && name->symbol.text() == "recover";
        auto* package = types::as<PkgName>(object);
        fits = fits && !recovers && (package == nullptr || imported.contains(package->imported)) &&
               !package_.info.instances.contains(name);
        break;
      }
      default: break;
    }
    fits = fits && ++nodes <= kMostNodes;
    if (fits) forEachChild(node, count);
  };
  forEachChild(decl->body, count);
  return fits;
}

// How the file writes the package: by the name of an import that it has, or else of one more.
std::string_view Skeleton::nameIn(const File* file, const types::Package* package) {
  std::vector<Import>& imports = imports_[file];
  for (Import& import : imports) {
    if (import.path != package->path && "vendor/" + import.path != package->path) continue;
    if (import.name == "_" || import.name == ".") continue;
    import.used = true;
    return import.name;
  }
  std::string name(package->name.text());
  const auto taken = [&] {
    const auto objects = package_.package->scope->objects();
    return std::any_of(imports.begin(), imports.end(), [&](const Import& import) { return import.name == name; }) ||
           std::any_of(objects.begin(), objects.end(), [&](const Object* object) { return object->name.text() == name; });
  };
  while (taken()) name += '_';
  std::string_view path = package->path;
  if (path.starts_with("vendor/")) path.remove_prefix(7);
  imports.push_back({nullptr, name, std::string(path), name != package->name.text(), package, true});
  return imports.back().name;
}

}  // namespace millrace::driver
