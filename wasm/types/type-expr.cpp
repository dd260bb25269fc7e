// Names, and expressions that denote types.
#include "wasm/types/checker.h"
#include "wasm/types/environment-guard.h"

namespace millrace::types {

using namespace syntax;

void Checker::checkName(Operand& x, Name* e, bool wantType) {
  x.invalidate();
  x.expr = e;
  Scope* scope = nullptr;
  Object* object = lookup(e->symbol, &scope);
  if (object == nullptr) {
    if (e->symbol.isBlank()) return error(e, {"cannot use _ as value or type"});
    if (!e->symbol.empty()) error(e, {"undefined: ", e->symbol});
    return;
  }
  if (object == universe_.comparableObject || object == universe_.anyObject) {
    if (!requireVersion(e, GoVersion{18}, {"predeclared ", e->symbol})) return;
  }
  recordObject(e, object);
  auto* type = as<TypeName>(object);
  if (type == nullptr && wantType) {
    error(e, {object->name, " (", objectKind(object), ") is not a type"});
    if (auto* var = as<Var>(object); var != nullptr && var->package == package_) var->used = true;
    return;
  }
  // A type may be known and yet be on the path: declareObject() looks for cycles.
  if (object->type == nullptr || (type != nullptr && wantType && object->package == package_)) declareObject(object);
  if (object->package != package_ && object->package != nullptr) useDotImport(scope, object);
  switch (object->kind) {
    case ObjectKind::PkgName: return error(e, {"use of package ", object->name, " not in selector"});
    case ObjectKind::Const:
      addDependency(object);
      if (!isValid(object->type)) return;
      if (object == universe_.iotaObject && env_.iota == nullptr) {
        return error(e, {"cannot use iota outside constant declaration"});
      }
      x.value = object == universe_.iotaObject ? env_.iota : static_cast<Const*>(object)->value;
      x.mode = Mode::Constant;
      break;
    case ObjectKind::TypeName: x.mode = Mode::TypeExpr; break;
    case ObjectKind::Var:
      if (object->package == package_) static_cast<Var*>(object)->used = true;
      addDependency(object);
      if (!isValid(object->type)) return;
      x.mode = Mode::Variable;
      break;
    case ObjectKind::Func:
      addDependency(object);
      x.mode = Mode::Value;
      break;
    case ObjectKind::Builtin:
      x.builtin = static_cast<Builtin*>(object)->id;
      x.mode = Mode::Builtin;
      break;
    case ObjectKind::Nil: x.mode = Mode::NilValue; break;
    case ObjectKind::Label: return;
  }
  x.type = object->type;
}

// The type of an expression; `definition` is the type name that is declared by it.
Type* Checker::checkType(Expr* e, TypeName* definition) {
  Type* type = typeOf(e, definition);
  if (isGeneric(type)) {
    error(e, {"cannot use generic type ", type, " without instantiation"});
    type = invalidType();
  }
  recordType(e, type);
  return type;
}

// The type of a variable: not an interface that is only for constraints.
Type* Checker::checkVarType(Expr* e) {
  Type* type = checkType(e);
  checkUsableAsVar(e, type);
  return type;
}

void Checker::checkUsableAsVar(Expr* e, Type* type) {
  // Only declared types and interfaces can be such a constraint; most types are neither.
  Type* actual = unalias(type);
  if (actual != nullptr) {
    if (actual->kind != TypeKind::Named && actual->kind != TypeKind::Interface) return;
    auto* named = as<Named>(actual);
    if (named != nullptr && named->state->underlying != nullptr && as<Interface>(named->state->underlying) == nullptr) {
      return;
    }
  }
  if (actual == universe_.errorType || actual == universe_.anyInterface) return;
  later([=, this] {
    auto* interface = under<Interface>(type);
    if (interface == nullptr || isTypeParam(type)) return;
    Pos pos = syntax::startPos(e);
    TypeSet* set = typeSetOf(interface);
    if (set->isMethodSet()) return;
    error(pos, {"cannot use type ", type, " outside a type constraint: interface ",
                    set->comparable ? "is (or embeds) comparable" : "contains type constraints"});
  });
}

// Like checkType, but the type must be generic; `cause` is told when it is not.
Type* Checker::checkGenericType(Expr* e, std::string* cause) {
  Type* type = typeOf(e, nullptr);
  if (isValid(type) && !isGeneric(type)) {
    *cause = format({type, " is not a generic type"});
    type = invalidType();
  }
  recordType(e, type);
  return type;
}

Type* Checker::typeOfOperand(const Operand& x) {
  if (x.mode == Mode::TypeExpr) return x.type;
  if (x.mode == Mode::NoValue) error(&x, {&x, " used as type"});
  if (x.valid() && x.mode != Mode::NoValue) error(&x, {&x, " is not a type"});
  return invalidType();
}

Type* Checker::typeOf(Expr* e, TypeName* definition) {
  if (e == nullptr) return invalidType();
  DepthGuard deeper(*this, e->kind == NodeKind::Name ? 0 : kTypeDepth);
  if (deeper.tooDeep()) {
    error(e, {"type is nested too deeply"});
    return invalidType();
  }
  switch (e->kind) {
    case NodeKind::BadExpr: return invalidType();
    case NodeKind::Name: {
      Operand x;
      checkName(x, static_cast<Name*>(e), true);
      return typeOfOperand(x);
    }
    case NodeKind::SelectorExpr: {
      Operand x;
      selector(x, static_cast<SelectorExpr*>(e), true);
      return typeOfOperand(x);
    }
    case NodeKind::IndexExpr: {
      auto* index = static_cast<IndexExpr*>(e);
      requireVersion(e, GoVersion{18}, {"type instantiation"});
      return checkInstance(index->x, syntax::listOf(index->index));
    }
    case NodeKind::ParenExpr: return checkType(static_cast<ParenExpr*>(e)->x, definition);
    case NodeKind::ArrayType: {
      auto* array = static_cast<ArrayType*>(e);
      auto* type = make<Array>(Array{{TypeKind::Array}, -1, nullptr});
      if (array->length != nullptr) {
        type->length = checkArrayLength(array->length);
        hasLargeArrays_ |= type->length > kSmallArray;
      } else {
        error(e, {"invalid use of [...] array (outside a composite literal)"});
      }
      type->element = checkVarType(array->element);
      return type->length >= 0 ? static_cast<Type*>(type) : invalidType();
    }
    case NodeKind::SliceType: {
      auto* type = newSlice(nullptr);
      type->element = checkVarType(static_cast<SliceType*>(e)->element);
      return type;
    }
    case NodeKind::DotsType: error(e, {"invalid syntax tree: invalid use of ..."}); return invalidType();
    case NodeKind::StructType: return checkStruct(static_cast<StructType*>(e));
    case NodeKind::Operation: {
      auto* operation = static_cast<Operation*>(e);
      if (operation->op != Operator::Mul || operation->y != nullptr) break;
      Pointer* type = newPointer(invalidType());
      type->base = checkVarType(operation->x);
      // An invalid base makes the pointer invalid: it avoids messages about its use.
      return isValid(type->base) ? static_cast<Type*>(type) : invalidType();
    }
    case NodeKind::FuncType: {
      Signature* type = newSignature(newTuple({}), newTuple({}));
      checkSignature(type, nullptr, {}, static_cast<FuncType*>(e));
      return type;
    }
    case NodeKind::InterfaceType: return checkInterface(static_cast<InterfaceType*>(e), definition);
    case NodeKind::MapType: {
      auto* map = static_cast<MapType*>(e);
      auto* type = make<Map>(Map{{TypeKind::Map}, nullptr, nullptr});
      type->key = checkVarType(map->key);
      type->value = checkVarType(map->value);
      if (as<Basic>(type->key) != nullptr) return type;
      later([=, this] {
        if (isComparable(type->key)) return;
        error(map->key, {"invalid map key type ", type->key,
                         isTypeParam(type->key) ? " (missing comparable constraint)" : ""});
      });
      return type;
    }
    case NodeKind::ChanType: {
      auto* chan = static_cast<ChanType*>(e);
      auto* type = make<Chan>(Chan{{TypeKind::Chan}, chan->direction, nullptr});
      type->element = checkVarType(chan->element);
      return type;
    }
    default: break;
  }
  error(e, {e, " is not a type"});
  use(e);
  return invalidType();
}

Type* Checker::checkInstance(Expr* x, ExprList list) {
  std::string cause;
  Type* generic = checkGenericType(x, &cause);
  if (!cause.empty()) {
    std::string args;
    for (Expr* arg : list) args += (args.empty() ? "" : ", ") + format({arg});
    error(x, {"invalid operation: ", x, "[", args, "] (", cause, ")"});
  }
  if (!isValid(generic)) return generic;
  std::vector<Type*> args;
  if (!checkTypeList(list, args)) return invalidType();
  Type* instance = instantiateType(owner_, generic, args, x->pos);
  if (!isValid(instance)) return invalidType();
  // Constraints and arguments may not be complete yet.
  std::span<Type*> kept = arena_.copy(args);
  later([=, this] {
    recordInstance(x, kept, instance);
    std::span<TypeParam*> params = typeParamsOf(instance);
    if (params.size() != kept.size()) {
      auto* alias = as<Alias>(instance);
      Symbol name = (alias != nullptr ? alias->object : static_cast<Named*>(instance)->object)->name;
      return reportTypeArgumentCount(x->pos, name.text(), params.size(), kept.size());
    }
    verifyNow(x->pos, params, kept, list);
  });
  return instance;
}

int64_t Checker::checkArrayLength(Expr* e) {
  // A name in brackets may be meant as the parameter of a generic type.
  if (auto* name = as<Name>(e)) {
    Object* object = lookup(name->symbol);
    if (object == nullptr) {
      error(name, {"undefined array length ", name->symbol, " or missing type constraint"});
      return -1;
    }
    if (object->kind != ObjectKind::Const) {
      error(name, {"invalid array length ", name->symbol});
      return -1;
    }
  }
  Operand x;
  expr(x, e);
  if (!x.isConstant()) {
    if (x.valid()) error(&x, {"array length ", &x, " must be constant"});
    return -1;
  }
  if (isUntyped(x.type) || isInteger(x.type)) {
    const Constant* value = toInt(arena_, x.value);
    int64_t length;
    if (kindOf(value) == ConstantKind::Int && isRepresentable(value, basic(BasicKind::Int), nullptr) &&
        exactInt64(value, &length) && length >= 0) {
      return length;
    }
  }
  if (isInteger(x.type)) {
    error(&x, {"invalid array length ", &x});
  } else {
    error(&x, {"array length ", &x, " must be integer"});
  }
  return -1;
}

// All of them; false when one is invalid.
bool Checker::checkTypeList(ExprList list, std::vector<Type*>& types) {
  bool valid = true;
  for (Expr* e : list) {
    types.push_back(checkVarType(e));
    valid = valid && isValid(types.back());
  }
  return valid;
}

}  // namespace millrace::types
