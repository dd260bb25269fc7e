// Collecting what a package declares, before anything is type-checked.
#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/const-group.h"

namespace millrace::types {

using namespace syntax;

void Checker::collectFiles(std::span<File* const> files) {
  for (File* file : files) {
    if (file->packageName == nullptr) continue;  // reported by the parser
    Symbol name = file->packageName->symbol;
    if (package_->name.empty()) {
      package_->name = name;
      if (name.isBlank()) error(file->packageName, {"invalid package name _"});
    } else if (name != package_->name) {
      error(file->packageName, {"package ", name, "; expected package ", package_->name});
      continue;
    }
    files_.push_back(file);
    fileScopes_.push_back({file, make<Scope>(package_->scope), {}});
  }
  GoVersion wanted = parseVersion(config_.goVersion);
  if (wanted > kCurrentVersion && !files_.empty()) {
    error(files_[0]->packageName, {"package requires newer Go version ", versionText(wanted),
                                   " (application built with ", versionText(kCurrentVersion), ")"});
  }
  for (const File* file : files_) {
    GoVersion declared = parseVersion(file->goVersion);
    if (declared > kCurrentVersion) {
      error(file->packageName, {"file requires newer Go version ", versionText(declared)});
    }
    GoVersion version = versionOf(file);
    if (version.given() && version < GoVersion{22}) info_.sharedLoopVars.push_back(file);
  }
}

// A file may ask for a version of its own, but for none before the first that knew of such wishes.
GoVersion Checker::versionOf(const File* file) const {
  GoVersion declared = parseVersion(file->goVersion);
  if (!declared.given()) return parseVersion(config_.goVersion);
  return std::max(declared, GoVersion{21});
}

Declaration* Checker::newDeclaration(Scope* scope, const File* file) {
  Declaration& declaration = declarations_.emplace_back();
  declaration.file = scope;
  declaration.source = file;
  declaration.version = env_.version;
  return &declaration;
}

void Checker::addDeclaration(Object* object, Declaration* declaration) {
  object->declaration = declaration;
  objects_.push_back(object);
  object->order = static_cast<uint32_t>(objects_.size());
}

void Checker::declarePackageObject(Name* name, Object* object, Declaration* declaration) {
  if (name->symbol == universe_.init) return error(name, {"cannot declare init - must be func"});
  if (name->symbol == universe_.main && package_->name == universe_.main) {
    return error(name, {"cannot declare main - must be func"});
  }
  declare(package_->scope, name, object);
  addDeclaration(object, declaration);
}

void Checker::collectObjects() {
  for (FileScope& fileScope : fileScopes_) {
    const File* file = fileScope.file;
    env_.version = versionOf(file);
    ConstGroup group;
    for (size_t i = 0; i < file->declarations.size(); i++) {
      Decl* decl = file->declarations[i];
      if (auto* import = as<ImportDecl>(decl)) {
        collectImport(fileScope, import);
      } else if (auto* constant = as<ConstDecl>(decl)) {
        group.step(file->declarations, i);
        collectConsts(fileScope.scope, file, constant, group);
      } else if (auto* variable = as<VarDecl>(decl)) {
        collectVars(fileScope.scope, file, variable);
      } else if (auto* type = as<TypeDecl>(decl)) {
        if (type->name == nullptr) continue;
        Name* name = type->name;
        auto* object = make<TypeName>(
            TypeName{{ObjectKind::TypeName, name->pos, name->symbol, nullptr, package_, nullptr}, type->alias});
        Declaration* declaration = newDeclaration(fileScope.scope, file);
        declaration->typeDecl = type;
        declarePackageObject(type->name, object, declaration);
      } else if (auto* function = as<FuncDecl>(decl)) {
        collectFunc(fileScope.scope, file, function);
      }
    }
  }
  checkFileScopes();
  resolveMethods();
}

void Checker::collectConsts(Scope* scope, const File* file, ConstDecl* decl, const ConstGroup& group) {
  const Constant* iota = makeInt64(arena_, group.iota);
  ExprList values = syntax::listOf(group.values);
  for (size_t i = 0; i < decl->names.size(); i++) {
    Name* name = decl->names[i];
    auto* object =
        make<Const>(Const{{ObjectKind::Const, name->pos, name->symbol, nullptr, package_, nullptr}, iota});
    Declaration* declaration = newDeclaration(scope, file);
    declaration->type = group.type;
    declaration->init = i < values.size() ? values[i] : nullptr;
    declaration->inherited = group.inherited;
    declarePackageObject(name, object, declaration);
  }
  checkArity(decl->pos, decl->names, values, true, group.inherited);
}

void Checker::collectVars(Scope* scope, const File* file, VarDecl* decl) {
  std::vector<Var*> list;
  for (Name* name : decl->names) list.push_back(newVar(VarRole::Package, name->pos, name->symbol, nullptr));
  std::span<Var*> vars = arena_.copy(list);
  // Several variables and one expression: they are declared together.
  Declaration* together = nullptr;
  if (as<ListExpr>(decl->values) == nullptr) {
    together = newDeclaration(scope, file);
    together->lhs = vars;
    together->type = decl->type;
    together->init = decl->values;
  }
  ExprList values = syntax::listOf(decl->values);
  for (size_t i = 0; i < vars.size(); i++) {
    Declaration* declaration = together;
    if (declaration == nullptr) {
      declaration = newDeclaration(scope, file);
      declaration->type = decl->type;
      declaration->init = i < values.size() ? values[i] : nullptr;
    }
    declarePackageObject(decl->names[i], vars[i], declaration);
  }
  if (decl->type == nullptr || decl->values != nullptr) checkArity(decl->pos, decl->names, values, false, false);
}

void Checker::collectFunc(Scope* scope, const File* file, FuncDecl* decl) {
  Name* name = decl->name;
  if (name == nullptr || decl->type == nullptr) return;
  auto* object = make<Func>(
      Func{{ObjectKind::Func, name->pos, name->symbol, nullptr, package_, nullptr}, decl, file, nullptr});
  object->origin = object;
  bool reported = false;
  if (decl->receiver != nullptr) {
    ReceiverParts parts = unpackReceiver(decl->receiver->type, false);
    auto* base = as<Name>(parts.base);
    if (base != nullptr && !name->symbol.isBlank()) methods_.push_back({object, parts.isPointer, base});
    recordObject(name, object);
  } else {
    bool isInit = name->symbol == universe_.init;
    if (isInit || (name->symbol == universe_.main && package_->name == universe_.main)) {
      if (!decl->typeParameters.empty()) {
        error(At(decl->typeParameters[0]), {"func ", name->symbol, " must have no type parameters"});
        reported = true;
      }
      if (!decl->type->parameters.empty() || !decl->type->results.empty()) {
        error(name, {"func ", name->symbol, " must have no arguments and no return values"});
      }
    }
    if (isInit) {
      object->parent = package_->scope;
      recordObject(name, object);
      if (decl->body == nullptr) error(object->pos, {"func init must have a body"});
    } else {
      declare(package_->scope, name, object);
    }
  }
  if (!decl->typeParameters.empty() && !reported) {
    requireVersion(At(decl->typeParameters[0]), GoVersion{18}, {"type parameter"});
  }
  Declaration* declaration = newDeclaration(scope, file);
  declaration->funcDecl = decl;
  addDeclaration(object, declaration);
  if (decl->body != nullptr) info_.functions.push_back(object);
}

void Checker::checkArity(Pos pos, std::span<Name* const> names, ExprList inits, bool isConst, bool inherited) {
  size_t left = names.size(), right = inits.size();
  if (left < right) {
    Expr* extra = inits[left];
    if (inherited) return error(pos, {"extra init expr at ", extra->pos});
    return error(extra, {"extra init expr ", extra});
  }
  // One expression may be a call with several results: that is seen later.
  if (left > right && (isConst || right != 1)) error(names[right], {"missing init expr for ", names[right]->symbol});
}

// Names of a file (its imports) and names of the package must differ.
void Checker::checkFileScopes() {
  for (const FileScope& fileScope : fileScopes_) {
    for (Object* object : fileScope.scope->objects()) {
      Object* other = package_->scope->lookup(object->name);
      if (other == nullptr) continue;
      Report duplicate = newReport();
      if (auto* import = as<PkgName>(object)) {
        duplicate.add(other, {other->name, " already declared through import of ", import->imported});
      } else {
        duplicate.add(other, {other->name, " already declared through dot-import of ", object->package});
      }
      duplicate.addOther(object);
      report(duplicate);
    }
  }
}

void Checker::resolveMethods() {
  for (Method& method : methods_) {
    bool isPointer = method.isPointer;
    TypeName* base = resolveBaseType(&isPointer, method.receiver);
    if (base == nullptr) continue;
    method.object->pointerReceiver = isPointer;
    methodsOf_[base].push_back(method.object);
  }
}

// (*T[P, Q]) as its parts. Without names, type parameters that are written as anything else are replaced by blanks.
Checker::ReceiverParts Checker::unpackReceiver(Expr* type, bool withParams) {
  ReceiverParts parts;
  parts.base = unparen(type);
  if (auto* star = as<Operation>(parts.base); star != nullptr && star->op == Operator::Mul && star->y == nullptr) {
    parts.isPointer = true;
    parts.base = unparen(star->x);
  }
  auto* index = as<IndexExpr>(parts.base);
  if (index == nullptr) return parts;
  parts.base = index->x;
  if (!withParams) return parts;
  for (Expr* arg : syntax::listOf(index->index)) {
    auto* name = as<Name>(arg);
    if (name == nullptr) {
      if (as<BadExpr>(arg) == nullptr) error(arg, {"receiver type parameter ", arg, " must be an identifier"});
      name = newName(arg->pos, "_");
    }
    parts.params.push_back(name);
  }
  return parts;
}

// The declared type behind a receiver's name, through aliases; null when it is none of this package's.
TypeName* Checker::resolveBaseType(bool* isPointer, Name* name) {
  std::vector<TypeName*> seen;
  while (name != nullptr) {
    auto* object = as<TypeName>(package_->scope->lookup(name->symbol));
    if (object == nullptr || object->declaration == nullptr) return nullptr;
    if (std::find(seen.begin(), seen.end(), object) != seen.end()) return nullptr;
    TypeDecl* decl = object->declaration->typeDecl;
    if (!decl->alias) return object;
    if (!decl->typeParameters.empty()) return nullptr;  // reported when the receiver is checked
    seen.push_back(object);
    Expr* type = unparen(decl->type);
    if (auto* star = as<Operation>(type); star != nullptr && star->op == Operator::Mul && star->y == nullptr) {
      if (*isPointer) return nullptr;
      *isPointer = true;
      type = unparen(star->x);
    }
    name = as<Name>(type);
  }
  return nullptr;
}

// Types first, so that methods are known to all expressions; aliases after the types they stand for.
void Checker::checkPackageObjects() {
  for (Object* object : objects_) {
    if (auto* type = as<TypeName>(object); type != nullptr && type->type != nullptr) collectMethods(type);
  }
  for (Object* object : objects_) {
    if (object->kind == ObjectKind::TypeName && !object->declaration->typeDecl->alias) declareObject(object);
  }
  for (Object* object : objects_) {
    if (object->kind == ObjectKind::TypeName && object->declaration->typeDecl->alias) declareObject(object);
  }
  for (Object* object : objects_) {
    if (object->kind != ObjectKind::TypeName) declareObject(object);
  }
  methodsOf_.clear();
}

}  // namespace millrace::types
