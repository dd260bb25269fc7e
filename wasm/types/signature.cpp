// Function types: receivers, parameters, results.
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

namespace {

Type* withoutPointers(Type* type) {
  while (auto* pointer = as<Pointer>(type)) type = pointer->base;
  return type;
}

}  // namespace

// Fills in the signature. The result is the scope of the parameters, to be that of the body.
Scope* Checker::checkSignature(Signature* signature, Field* receiver, std::span<Field* const> typeParams,
                               FuncType* type) {
  Scope* outer = env_.scope;
  Scope* scope = openScope();
  Var* receiverVar = nullptr;
  std::span<TypeParam*> receiverParams;
  if (receiver != nullptr) receiverVar = checkReceiver(receiver, &receiverParams);
  if (!typeParams.empty()) collectTypeParams(typeParams, &signature->typeParams);
  bool variadic = false, ignored = false;
  std::vector<Var*> params = checkParams(VarRole::Parameter, type->parameters, &variadic);
  std::vector<Var*> results = checkParams(VarRole::Result, type->results, &ignored);
  // Names count only from here on: types of parameters do not see parameters.
  if (receiverVar != nullptr && !receiverVar->name.empty()) declare(scope, receiver->name, receiverVar);
  declareParams(type->parameters, params);
  declareParams(type->results, results);
  signature->receiver = receiverVar;
  signature->receiverTypeParams = receiverParams;
  signature->params = newTuple(params);
  signature->results = newTuple(results);
  signature->variadic = variadic;
  env_.scope = outer;
  return scope;
}

Var* Checker::checkReceiver(Field* receiver, std::span<TypeParam*>* typeParams) {
  ReceiverParts parts = unpackReceiver(receiver->type, true);
  Type* type;
  if (!parts.params.empty()) {
    type = checkGenericReceiver(receiver, parts, typeParams);
  } else {
    type = checkVarType(receiver->type);
    // Methods go with the generic type, not with one of its instances: nor through an alias.
    for (auto* alias = as<Alias>(withoutPointers(type)); alias != nullptr;) {
      Type* base = withoutPointers(alias->from);
      if (!typeParamsOf(base).empty()) {
        error(parts.base, {"cannot define new methods on instantiated type ", base});
        type = invalidType();
        break;
      }
      alias = as<Alias>(base);
    }
  }
  bool named = receiver->name != nullptr && !receiver->name->symbol.empty();
  Var* var = newVar(VarRole::Receiver, named ? receiver->name->pos : receiver->pos,
                    named ? receiver->name->symbol : Symbol(), type);
  Expr* base = parts.base;
  later([=, this] { checkReceiverType(base, var); });
  return var;
}

// func (r *T[P, Q]): P and Q are type parameters of the method's own, with the bounds of T's.
Type* Checker::checkGenericReceiver(Field* receiver, ReceiverParts& parts, std::span<TypeParam*>* typeParams) {
  Named* base = nullptr;
  std::string cause;
  Type* generic = checkGenericType(parts.base, &cause);
  if (isValid(generic)) {
    base = as<Named>(generic);
    if (base == nullptr) error(parts.base, {"cannot define new methods on generic alias type ", generic});
  } else if (!cause.empty()) {
    error(parts.base, {cause});
  }
  std::vector<TypeParam*> params;
  for (Name* name : parts.params) {
    TypeParam* param = declareTypeParam(name);
    params.push_back(param);
    recordObject(name, param->object);
    recordType(name, param);
  }
  *typeParams = bindTypeParams(params);
  if (base == nullptr) return invalidType();
  std::vector<Type*> args(params.begin(), params.end());
  std::span<TypeParam*> declared = base->typeParams;
  if (params.size() == declared.size()) {
    for (size_t i = 0; i < params.size(); i++) {
      mono_.addCanonical(params[i], declared[i]);
      params[i]->bound = substitute(owner_, declared[i]->bound, {declared, args}, params[i]->object->pos);
    }
  } else {
    error(parts.base, {"receiver declares ", params.size(), " type parameter", params.size() == 1 ? "" : "s",
                       ", but receiver base type declares ", declared.size()});
  }
  requireVersion(parts.base, GoVersion{18}, {"type instantiation"});
  Type* type = instantiateType(owner_, base, args, receiver->type->pos);
  recordInstance(parts.base, args, type);
  if (parts.isPointer && isValid(type)) type = newPointer(type);
  recordReceiverType(receiver->type, type);
  return type;
}

// The parts of (*(T[P])), from outside in.
void Checker::recordReceiverType(Expr* e, Type* type) {
  while (e != nullptr) {
    recordType(e, type);
    if (auto* paren = as<ParenExpr>(e)) {
      e = paren->x;
      continue;
    }
    auto* star = as<Operation>(e);
    auto* pointer = as<Pointer>(type);
    if (star == nullptr || star->op != Operator::Mul || star->y != nullptr || pointer == nullptr) return;
    e = star->x;
    type = pointer->base;
  }
}

std::vector<Var*> Checker::checkParams(VarRole role, std::span<Field* const> fields, bool* variadic) {
  std::vector<Var*> params;
  Type* type = nullptr;
  Expr* previous = nullptr;
  for (size_t i = 0; i < fields.size(); i++) {
    Field* field = fields[i];
    if (i == 0 || field->type != previous) {
      previous = field->type;
      Expr* e = field->type;
      if (auto* dots = as<DotsType>(e)) {
        e = dots->element;
        if (role == VarRole::Parameter && i + 1 == fields.size()) {
          *variadic = true;
        } else {
          error(dots, {"invalid syntax tree: invalid use of ..."});
        }
      }
      type = checkVarType(e);
    }
    bool named = field->name != nullptr;
    params.push_back(newVar(role, named ? field->name->pos : field->pos, named ? field->name->symbol : Symbol(), type));
  }
  if (*variadic) {
    params.back()->type = newSlice(params.back()->type);
    recordType(fields.back()->type, params.back()->type);
  }
  return params;
}

void Checker::declareParams(std::span<Field* const> fields, const std::vector<Var*>& params) {
  for (size_t i = 0; i < fields.size(); i++) {
    if (fields[i]->name != nullptr && !fields[i]->name->symbol.empty()) declare(env_.scope, fields[i]->name, params[i]);
  }
}

void Checker::checkReceiverType(Expr* e, Var* receiver) {
  Type* type = dereference(receiver->type);
  Type* actual = unalias(type);
  if (!isValid(actual)) return;
  if (auto* named = as<Named>(actual)) {
    if (named->object->package != package_) {
      return error(e, {"cannot define new methods on non-local type ", type});
    }
    Type* under = underlying(named);
    std::string_view cause;
    if (isBasicKind(under, BasicKind::UnsafePointer)) cause = "unsafe.Pointer";
    if (as<Pointer>(under) != nullptr || as<Interface>(under) != nullptr) cause = "pointer or interface type";
    if (!cause.empty()) error(e, {"invalid receiver type ", type, " (", cause, ")"});
  } else if (as<Basic>(actual) != nullptr) {
    error(e, {"cannot define new methods on non-local type ", type});
  } else {
    error(e, {"invalid receiver type ", receiver->type});
  }
}

}  // namespace millrace::types
