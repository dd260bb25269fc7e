// Expressions: dispatch by kind, and what is asked of every operand.
#include "wasm/types/checker.h"
#include "wasm/types/environment-guard.h"

namespace millrace::types {

using namespace syntax;

namespace {

constexpr uint32_t bit(Mode mode) { return 1u << static_cast<unsigned>(mode); }
constexpr uint32_t kNoValues = bit(Mode::NoValue) | bit(Mode::Builtin) | bit(Mode::TypeExpr);

}  // namespace

// Checks an expression of any mode and records what it is. `target` is a function type that it is assigned to, `hint`
// the element type of a composite literal around it.
ExprKind Checker::rawExpr(const Target& target, Operand& x, Expr* e, Type* hint, bool allowGeneric) {
  ExprKind kind = exprInternal(target, x, e, hint);
  if (!allowGeneric) requireInstantiated(target, x);
  requireFinite(x);
  record(x);
  return kind;
}

// A generic function or type may not stand alone, unless what it is assigned to tells the type arguments.
void Checker::requireInstantiated(const Target& target, Operand& x) {
  if (!x.valid() || x.mode == Mode::NoValue || x.type == nullptr) return;
  std::string_view what;
  if (auto* signature = as<Signature>(x.type)) {
    if (signature->typeParams.empty()) return;
    if (target) {
      instantiateFunction(target, x.expr->pos, x, nullptr, true, nullptr);
      return;
    }
    what = "function";
  } else if (x.type->kind == TypeKind::Alias || x.type->kind == TypeKind::Named) {
    if (!isGeneric(x.type)) return;
    what = "type";
  } else {
    return;
  }
  error(x.expr, {"cannot use generic ", what, " ", x.expr, " without instantiation"});
  x.invalidate();
  x.type = invalidType();
}

void Checker::requireFinite(Operand& x) {
  if (!x.valid() || x.mode == Mode::NoValue) return;
  if (x.type == nullptr || x.type->kind == TypeKind::Basic || hasFiniteSize(x.type)) return;
  x.invalidate();
  x.type = invalidType();
}

ExprKind Checker::exprInternal(const Target& target, Operand& x, Expr* e, Type* hint) {
  x.invalidate();
  x.type = invalidType();
  x.expr = e;
  if (e == nullptr) return ExprKind::Statement;
  DepthGuard deeper(*this, e->kind == NodeKind::Name ? 0 : kExprDepth);
  if (deeper.tooDeep()) {
    error(e, {"expression is nested too deeply"});
    return ExprKind::Statement;
  }
  ExprKind kind = ExprKind::Expression;
  switch (e->kind) {
    case NodeKind::Name: checkName(x, static_cast<Name*>(e), false); break;
    case NodeKind::BasicLit: basicLit(x, static_cast<BasicLit*>(e)); break;
    case NodeKind::FuncLit: funcLit(x, static_cast<FuncLit*>(e)); break;
    case NodeKind::CompositeLit: compositeLit(x, static_cast<CompositeLit*>(e), hint); break;
    case NodeKind::ParenExpr: kind = rawExpr(Target(), x, static_cast<ParenExpr*>(e)->x, nullptr, false); break;
    case NodeKind::SelectorExpr: selector(x, static_cast<SelectorExpr*>(e), false); break;
    case NodeKind::IndexExpr:
      if (indexExpr(x, static_cast<IndexExpr*>(e))) {
        instantiateFunction(target, e->pos, x, static_cast<IndexExpr*>(e), true, nullptr);
      }
      break;
    case NodeKind::SliceExpr:
      if (!sliceExpr(x, static_cast<SliceExpr*>(e))) x.invalidate();
      break;
    case NodeKind::AssertExpr:
      if (!assertion(x, static_cast<AssertExpr*>(e))) x.invalidate();
      break;
    case NodeKind::CallExpr: return callExpr(x, static_cast<CallExpr*>(e));
    case NodeKind::Operation: {
      auto* operation = static_cast<Operation*>(e);
      if (operation->y != nullptr) {
        binaryExpr(x, operation);
      } else if (operation->op == Operator::Mul) {
        if (!indirection(x, operation)) x.invalidate();
      } else if (!unary(x, operation)) {
        x.invalidate();
      } else if (operation->op == Operator::Receive) {
        kind = ExprKind::Statement;
      }
      break;
    }
    case NodeKind::ArrayType:
    case NodeKind::SliceType:
    case NodeKind::StructType:
    case NodeKind::FuncType:
    case NodeKind::InterfaceType:
    case NodeKind::MapType:
    case NodeKind::ChanType:
      x.type = checkType(e);
      x.mode = Mode::TypeExpr;
      break;
    case NodeKind::TypeSwitchGuard:
      error(e, {"invalid syntax tree: use of .(type) outside type switch"});
      use(static_cast<TypeSwitchGuard*>(e)->x);
      break;
    case NodeKind::DotsType: error(e, {"invalid syntax tree: invalid use of ..."}); break;
    case NodeKind::ListExpr: error(e, {"invalid syntax tree: unexpected list of expressions"}); break;
    case NodeKind::KeyValueExpr: error(e, {"invalid syntax tree: no key:value expected"}); break;
    default: break;  // BadExpr: reported by the parser
  }
  x.expr = e;
  return x.valid() ? kind : ExprKind::Statement;
}

void Checker::expr(const Target& target, Operand& x, Expr* e) {
  rawExpr(target, x, e, nullptr, false);
  exclude(x, kNoValues);
  requireSingle(x);
}

void Checker::exprWithHint(Operand& x, Expr* e, Type* hint) {
  rawExpr(Target(), x, e, hint, false);
  exclude(x, kNoValues);
  requireSingle(x);
}

void Checker::exprOrType(Operand& x, Expr* e, bool allowGeneric) {
  rawExpr(Target(), x, e, nullptr, allowGeneric);
  exclude(x, bit(Mode::NoValue));
  requireSingle(x);
}

std::vector<Operand> Checker::multiExpr(Expr* e, bool allowCommaOk, bool* commaOk) {
  Operand x;
  rawExpr(Target(), x, e, nullptr, false);
  exclude(x, kNoValues);
  std::vector<Operand> list;
  if (auto* tuple = as<Tuple>(x.type); tuple != nullptr && x.valid()) {
    for (Var* var : tuple->vars) list.push_back({.mode = Mode::Value, .expr = e, .type = var->type});
    return list;
  }
  bool mayBeOk = x.mode == Mode::MapIndex || x.mode == Mode::CommaOk;
  list.push_back(x);
  if (allowCommaOk && mayBeOk) {
    list.push_back({.mode = Mode::Value, .expr = e, .type = basic(BasicKind::UntypedBool)});
    *commaOk = true;
  }
  return list;
}

std::vector<Operand> Checker::exprList(ExprList list) {
  bool ignored;
  if (list.size() == 1) return multiExpr(list[0], false, &ignored);
  std::vector<Operand> operands(list.size());
  for (size_t i = 0; i < list.size(); i++) expr(operands[i], list[i]);
  return operands;
}

// Like exprList, but for arguments of calls: generic functions may be among them, whose type arguments (those that are
// given) are then left in `typeArgs`.
std::vector<Operand> Checker::genericExprList(ExprList list, std::vector<std::vector<Type*>>& typeArgs) {
  bool infer = list.empty() || !allowsVersion(GoVersion{21});
  typeArgs.resize(list.size());
  std::vector<Operand> operands(list.size());
  for (size_t i = 0; i < list.size(); i++) {
    Operand& x = operands[i];
    auto* index = syntax::as<IndexExpr>(list[i]);
    if (index != nullptr && indexExpr(x, index)) {
      if (instantiateFunction(Target(), x.expr->pos, x, index, infer, &typeArgs[i])) {
        record(x);
      } else {
        x.expr = index;
      }
      continue;
    }
    if (index != nullptr) {  // what rawExpr() does after exprInternal()
      x.expr = index;
      requireFinite(x);
      record(x);
    } else {
      rawExpr(Target(), x, list[i], nullptr, true);
    }
    exclude(x, kNoValues);
    auto* tuple = as<Tuple>(x.type);
    if (list.size() == 1 && tuple != nullptr && x.valid()) {
      Expr* call = list[0];
      operands.clear();
      for (Var* var : tuple->vars) operands.push_back({.mode = Mode::Value, .expr = call, .type = var->type});
      return operands;
    }
    requireSingle(x);
  }
  return operands;
}

void Checker::exclude(Operand& x, uint32_t modes) {
  if (!x.valid() || (modes & bit(x.mode)) == 0) return;
  if (x.mode == Mode::NoValue) {
    error(&x, {&x, (modes & bit(Mode::TypeExpr)) != 0 ? " used as value" : " used as value or type"});
  } else if (x.mode == Mode::Builtin) {
    error(&x, {&x, " must be called"});
  } else {
    error(&x, {&x, " is not an expression"});
  }
  x.invalidate();
}

void Checker::requireSingle(Operand& x) {
  if (x.mode != Mode::Value || as<Tuple>(x.type) == nullptr) return;
  error(&x, {"multiple-value ", &x, " in single-value context"});
  x.invalidate();
}

// Evaluates expressions after an error, so that what they use counts as used. False: one of them is invalid.
bool Checker::use(ExprList list, bool lhs) {
  bool valid = true;
  for (Expr* e : list) valid = useOne(e, lhs) && valid;
  return valid;
}

bool Checker::useOne(Expr* e, bool lhs) {
  Expr* inner = unparen(e);
  if (inner == nullptr) return true;
  if (auto* list = syntax::as<ListExpr>(inner)) return use(list->elements, lhs);
  Operand x;
  auto* name = syntax::as<Name>(inner);
  if (name == nullptr) {
    rawExpr(Target(), x, e, nullptr, true);
    return x.valid();
  }
  if (name->symbol.isBlank()) return true;
  auto* var = lhs ? as<Var>(lookup(name->symbol)) : nullptr;
  bool wasUsed = var != nullptr && var->used;
  exprOrType(x, name, true);
  if (var != nullptr && var->package == package_) var->used = wasUsed;  // being assigned to is no use
  return x.valid();
}

bool Checker::assertion(Operand& x, AssertExpr* e) {
  expr(x, e->x);
  if (!x.valid()) return false;
  if (e->type == nullptr) {
    error(e, {"invalid syntax tree: invalid use of AssertExpr"});
    return false;
  }
  if (isTypeParam(x.type)) {
    error(&x, {"invalid operation: cannot use type assertion on type parameter value ", &x});
    return false;
  }
  if (under<Interface>(x.type) == nullptr) {
    error(&x, {"invalid operation: ", &x, " is not an interface"});
    return false;
  }
  Type* type = checkVarType(e->type);
  if (!isValid(type)) return false;
  checkAssertion(e, x, type, false);
  x.mode = Mode::CommaOk;
  x.type = type;
  return true;
}

// Can the interface x hold a value of `type`?
void Checker::checkAssertion(Expr* e, Operand& x, Type* type, bool typeSwitch) {
  if (under<Interface>(type) != nullptr) return;
  std::string cause;
  if (hasAllMethods(owner_, type, x.type, false, &cause)) return;
  if (typeSwitch) {
    error(e, {"impossible type switch case: ", e, "\n\t", &x, " cannot have dynamic type ", type, " ", cause});
  } else {
    error(e, {"impossible type assertion: ", e, "\n\t", type, " does not implement ", x.type, " ", cause});
  }
}

}  // namespace millrace::types
