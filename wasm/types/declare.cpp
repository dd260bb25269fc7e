// Declarations of constants, variables, types and functions, at package level and inside functions.
#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/const-group.h"
#include "wasm/types/environment-guard.h"

namespace millrace::types {

using namespace syntax;

Object* Checker::lookup(Symbol name, Scope** where) const {
  for (Scope* scope = env_.scope; scope != nullptr; scope = scope->outer) {
    if (Object* object = scope->lookup(name)) {
      if (where != nullptr) *where = scope;
      return object;
    }
  }
  return nullptr;
}

void Checker::declare(Scope* scope, Name* name, Object* object) {
  if (!object->name.isBlank()) {
    if (Object* other = scope->lookup(object->name)) {
      Report duplicate = newReport();
      duplicate.add(object, {object->name, " redeclared in this block"});
      duplicate.addOther(other);
      return report(duplicate);
    }
    scope->insert(arena_, object);
    if (auto* var = as<Var>(object); var != nullptr && var->role == VarRole::Local && env_.locals != nullptr) {
      env_.locals->push_back(var);
    }
  }
  recordObject(name, object);
}

void Checker::declareObject(Object* object) {
  if (object->pathIndex != 0) {  // back at something that is being declared
    bool valid = isValidCycle(object);
    switch (object->kind) {
      case ObjectKind::Const:
      case ObjectKind::Var:
        if (!valid || object->type == nullptr) object->type = invalidType();
        break;
      case ObjectKind::TypeName:
        if (!valid) object->type = invalidType();
        break;
      default: break;  // a function's signature was begun
    }
    if (object->type == nullptr) object->type = invalidType();
    return;
  }
  if (object->type != nullptr) return;
  Declaration* declaration = object->declaration;
  if (declaration == nullptr) {
    object->type = invalidType();
    return;
  }
  DepthGuard deeper(*this, kDeclarationDepth);
  if (deeper.tooDeep()) {
    error(object, {"declaration of ", object->name, " depends on too many others in a row"});
    object->type = object->kind == ObjectKind::Func ? static_cast<Type*>(newSignature(newTuple({}), newTuple({})))
                                                    : invalidType();
    return;
  }
  pushObject(object);
  EnvironmentGuard restore(env_);
  env_ = {};
  env_.scope = declaration->file;
  env_.version = declaration->version;
  switch (object->kind) {
    case ObjectKind::Const:
      env_.declaration = declaration;
      declareConst(static_cast<Const*>(object), declaration->type, declaration->init, declaration->inherited);
      break;
    case ObjectKind::Var:
      env_.declaration = declaration;
      declareVar(static_cast<Var*>(object), declaration->lhs, declaration->type, declaration->init);
      break;
    case ObjectKind::TypeName:
      declareType(static_cast<TypeName*>(object), declaration->typeDecl);
      collectMethods(static_cast<TypeName*>(object));
      break;
    case ObjectKind::Func: declareFunc(static_cast<Func*>(object), declaration); break;
    default: break;
  }
  popObject();
}

void Checker::addDependency(Object* object) {
  if (env_.declaration == nullptr || object->declaration == nullptr) return;
  auto& list = env_.declaration->dependencies;
  if (list.empty() || list.back() != object) list.push_back(object);
}

void Checker::declareConst(Const* object, Expr* type, Expr* init, bool inherited) {
  const Constant* outerIota = std::exchange(env_.iota, object->value);
  Pos outerPos = std::exchange(env_.errorPos, Pos{});
  object->value = unknownConstant();
  bool typeValid = true;
  if (type != nullptr) {
    Type* t = checkType(type);
    typeValid = isConstType(t);
    if (!typeValid && isValid(underlying(t))) error(type, {"invalid constant type ", t});
    object->type = typeValid ? t : invalidType();
  }
  if (typeValid) {
    Operand x;
    if (init != nullptr) {
      // Errors in a repeated expression are those of this constant.
      if (inherited) env_.errorPos = object->pos;
      expr(x, init);
    }
    initConst(object, x);
  }
  env_.iota = outerIota;
  env_.errorPos = outerPos;
}

void Checker::declareVar(Var* object, std::span<Var*> lhs, Expr* type, Expr* init) {
  if (type != nullptr) object->type = checkVarType(type);
  if (init == nullptr) {
    if (type == nullptr) object->type = invalidType();
    return;
  }
  if (lhs.size() <= 1) {
    Operand x;
    expr(Target(object->type, object->name), x, init);
    initVar(object, x, "variable declaration");
    return;
  }
  // Several variables get their types from one call.
  if (type != nullptr) {
    for (Var* var : lhs) var->type = object->type;
  }
  initVars(lhs, ExprList(&init, 1), nullptr);
}

bool Checker::isImportedConstraint(Type* type) const {
  Named* named = asNamed(type);
  if (named == nullptr || named->object->package == package_ || named->object->package == nullptr) return false;
  auto* interface = under<Interface>(named);
  return interface != nullptr && !typeSetOf(interface)->isMethodSet();
}

// Which of the function's local types comes next: the same wherever the function's text is checked, with the rest of its package
// or in a skeleton without.
std::string_view Checker::nextLocalPlace() {
  Declaration* declaration = env_.declaration;
  FuncDecl* decl = declaration != nullptr ? declaration->funcDecl : nullptr;
  if (decl == nullptr || decl->name->symbol.isBlank()) return {};
  std::string place;
  if (decl->receiver != nullptr) {
    auto* base = as<Name>(unpackReceiver(decl->receiver->type, false).base);
    if (base == nullptr) return {};
    place = std::string(base->symbol.text()) + ".";
  } else if (decl->name->symbol.text() == "init") {
    return {};
  }
  place += std::string(decl->name->symbol.text()) + "." + std::to_string(++declaration->localTypes);
  return arena_.copy(std::string_view(place));
}

void Checker::declareType(TypeName* object, TypeDecl* decl) {
  if (decl->alias) return declareAlias(object, decl);
  Field* firstParam = decl->typeParameters.empty() ? nullptr : decl->typeParameters[0];
  bool versionFault = firstParam != nullptr && !allowsVersion(GoVersion{18});
  auto** source = make<Type*>(nullptr);
  later([=, this] {
    if (Named* named = asNamed(object->type)) checkValidType(named);
    if (!versionFault && *source != nullptr && isImportedConstraint(*source)) {
      requireVersion(decl->type, GoVersion{18}, {"using type constraint ", *source});
    }
  });
  if (versionFault) versionError(At(firstParam), GoVersion{18}, {"type parameter"});
  Named* named = newNamed(arena_, owner_, object);
  named_.push_back(named);
  if (env_.signature != nullptr) {  // inside a function
    named->localNumber = ++localTypes_;
    named->localPlace = nextLocalPlace();
    named->outerParams = env_.outerParams;
  }
  Scope* outer = env_.scope;
  if (firstParam != nullptr) {
    openScope();
    collectTypeParams(decl->typeParameters, &named->typeParams);
  }
  Type* type = checkType(decl->type, object);
  *source = type;
  setRightHandSide(named, type);
  if (isTypeParam(type)) {
    error(decl->type, {"cannot use a type parameter as RHS in type declaration"});
    setRightHandSide(named, invalidType());
  }
  env_.scope = outer;
}

void Checker::declareAlias(TypeName* object, TypeDecl* decl) {
  Field* firstParam = decl->typeParameters.empty() ? nullptr : decl->typeParameters[0];
  auto** source = make<Type*>(nullptr);
  bool* versionFault = make<bool>(false);
  later([=, this] {
    if (Named* named = asNamed(object->type)) checkValidType(named);
    if (!*versionFault && *source != nullptr && isImportedConstraint(*source)) {
      requireVersion(decl->type, GoVersion{18}, {"using type constraint ", *source});
    }
  });
  if (firstParam != nullptr) *versionFault = !requireVersion(At(firstParam), GoVersion{23}, {"generic type alias"});
  if (!*versionFault) *versionFault = !requireVersion(At(decl), GoVersion{9}, {"type alias"});
  auto* alias = make<Alias>(Alias{{TypeKind::Alias}, object, nullptr, {}, {}, nullptr, nullptr});
  alias->origin = alias;
  if (object->type == nullptr) object->type = alias;
  Scope* outer = env_.scope;
  if (firstParam != nullptr) {
    openScope();
    collectTypeParams(decl->typeParameters, &alias->typeParams);
  }
  Type* type = checkType(decl->type, object);
  *source = type;
  alias->from = type;
  // It may be a type parameter of a function around, but none of its own.
  auto own = alias->typeParams;
  if (type != nullptr && std::find(own.begin(), own.end(), type) != own.end()) {
    error(decl->type, {"cannot use type parameter declared in alias declaration as RHS"});
    alias->from = invalidType();
  }
  int height = literalHeight(type) + 1;
  if (height > kMaxTypesWithin) {
    error(object, {"too many types within each other in ", object->name});
    alias->from = invalidType();
  }
  aliasHeights_[alias] = height;
  unalias(alias);
  env_.scope = outer;
}

// All are declared before the first bound is looked at: bounds may mention any of them.
void Checker::collectTypeParams(std::span<Field* const> fields, std::span<TypeParam*>* where) {
  std::vector<TypeParam*> list;
  for (Field* field : fields) list.push_back(declareTypeParam(field->name));
  *where = bindTypeParams(list);
  bool outer = std::exchange(env_.inTypeParams, true);
  Type* bound = nullptr;
  for (size_t i = 0; i < fields.size(); i++) {
    if (i == 0 || fields[i]->type != fields[i - 1]->type) {
      bound = checkBound(fields[i]->type);
      if (isTypeParam(bound)) {
        // It would be equivalent to the other one.
        error(fields[i]->type, {"cannot use a type parameter as constraint"});
        bound = invalidType();
      }
    }
    list[i]->bound = bound;
  }
  env_.inTypeParams = outer;
}

TypeParam* Checker::declareTypeParam(Name* name) {
  if (name == nullptr) name = newName({}, "_");
  auto* object = make<TypeName>(
      TypeName{{ObjectKind::TypeName, name->pos, name->symbol, nullptr, package_, nullptr}, false});
  TypeParam* param = newTypeParam(object, invalidType(), 0);
  typeParams_.push_back(param);
  declare(env_.scope, name, object);
  return param;
}

std::span<TypeParam*> Checker::bindTypeParams(const std::vector<TypeParam*>& list) {
  for (size_t i = 0; i < list.size(); i++) list[i]->index = static_cast<uint32_t>(i);
  return arena_.copy(list);
}

// ~T and A|B in place of a constraint stand for interface{~T} and interface{A|B}.
Type* Checker::checkBound(Expr* e) {
  auto* operation = as<Operation>(e);
  if (operation == nullptr || (operation->op != Operator::Tilde && operation->op != Operator::Or)) return checkType(e);
  Type* embedded[] = {checkUnion(e)};
  Pos positions[] = {syntax::startPos(e)};
  Interface* interface = newInterface({}, embedded, positions);
  interface->implicit = true;
  later([=] { typeSetOf(interface); });
  return interface;
}

// Gives a declared type the methods that were found for it.
void Checker::collectMethods(TypeName* object) {
  auto found = methodsOf_.find(object);
  if (found == methodsOf_.end()) return;
  std::vector<Func*> methods = std::move(found->second);
  methodsOf_.erase(found);
  Named* base = asNamed(object->type);
  if (base != nullptr) {
    later([=, this] { checkFieldUniqueness(base); });
  }
  ObjectSet seen;
  for (Func* method : methods) {
    if (Object* other = seen.insert(method)) {
      error(method->pos, {"method ", object->name, ".", method->name, " already declared at ", other->pos});
    } else if (base != nullptr) {
      addMethod(arena_, base, method);
    }
  }
}

void Checker::checkFieldUniqueness(Named* base) {
  auto* type = under<Struct>(base);
  if (type == nullptr) return;
  ObjectSet seen;
  for (size_t i = 0; i < methodCount(base); i++) seen.insert(methodAt(base, i));
  for (Var* field : type->fields) {
    if (field->name.isBlank()) continue;
    if (Object* method = seen.insert(field)) {
      Report duplicate = newReport();
      duplicate.add(method, {"field and method with the same name ", field->name});
      duplicate.addOther(field);
      report(duplicate);
    }
  }
}

void Checker::declareFunc(Func* object, Declaration* declaration) {
  Signature* signature = newSignature(newTuple({}), newTuple({}));
  object->type = signature;  // known, if incomplete, to whatever leads back here
  FuncDecl* decl = declaration->funcDecl;
  Scope* scope = checkSignature(signature, decl->receiver, decl->typeParameters, decl->type);
  if (!decl->typeParameters.empty() && decl->body == nullptr) {
    error(At(decl), {"generic function is missing function body"});
  }
  if (config_.ignoreFuncBodies || decl->body == nullptr) return;
  later([=, this] {
    std::vector<TypeParam*> params(signature->receiverTypeParams.begin(), signature->receiverTypeParams.end());
    params.insert(params.end(), signature->typeParams.begin(), signature->typeParams.end());
    funcBody(declaration, signature, scope, decl->body, nullptr, arena_.copy(params));
  });
}

void Checker::declareLocally(std::span<Decl* const> decls) {
  ConstGroup group;
  for (size_t index = 0; index < decls.size(); index++) {
    size_t top = delayed_.size();
    if (auto* decl = as<ConstDecl>(decls[index])) {
      group.step(decls, index);
      const Constant* iota = makeInt64(arena_, group.iota);
      ExprList values = syntax::listOf(group.values);
      std::vector<Const*> objects;
      for (size_t i = 0; i < decl->names.size(); i++) {
        Name* name = decl->names[i];
        auto* object =
            make<Const>(Const{{ObjectKind::Const, name->pos, name->symbol, nullptr, package_, nullptr}, iota});
        objects.push_back(object);
        declareConst(object, group.type, i < values.size() ? values[i] : nullptr, group.inherited);
      }
      checkArity(decl->pos, decl->names, values, true, group.inherited);
      processDelayed(top);
      for (size_t i = 0; i < objects.size(); i++) declare(env_.scope, decl->names[i], objects[i]);
    } else if (auto* decl = as<VarDecl>(decls[index])) {
      declareLocalVars(decl, top);
    } else if (auto* decl = as<TypeDecl>(decls[index])) {
      if (decl->name == nullptr) continue;
      auto* object = make<TypeName>(TypeName{
          {ObjectKind::TypeName, decl->name->pos, decl->name->symbol, nullptr, package_, nullptr}, decl->alias});
      declare(env_.scope, decl->name, object);
      pushObject(object);
      declareType(object, decl);
      popObject();
    }
  }
}

void Checker::declareLocalVars(VarDecl* decl, size_t delayedTop) {
  std::vector<Var*> vars;
  for (Name* name : decl->names) vars.push_back(newVar(VarRole::Local, name->pos, name->symbol, nullptr));
  ExprList values = syntax::listOf(decl->values);
  for (size_t i = 0; i < vars.size(); i++) {
    bool together = values.size() == 1 && vars.size() != 1;
    Expr* init = together ? values[0] : i < values.size() ? values[i] : nullptr;
    declareVar(vars[i], together ? std::span<Var*>(vars) : std::span<Var*>(), decl->type, init);
    if (values.size() == 1) break;  // all were done with the first
  }
  if (decl->type == nullptr || decl->values != nullptr) checkArity(decl->pos, decl->names, values, false, false);
  processDelayed(delayedTop);
  for (size_t i = 0; i < vars.size(); i++) declare(env_.scope, decl->names[i], vars[i]);
}

}  // namespace millrace::types
