// Assignments, initialisation of variables and constants, and what they are used for in messages.
#include "wasm/syntax/print.h"
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

std::string Purpose::toString() const {
  std::string out(text);
  if (expr != nullptr) out += syntax::toString(expr);
  return out;
}

// Can x be assigned to a variable of `type`? Gives an untyped x its type. A null type is that which x has by itself.
void Checker::assignment(Operand& x, Type* type, const Purpose& purpose) {
  requireSingle(x);
  switch (x.mode) {
    case Mode::None: return;
    case Mode::Constant:
    case Mode::Variable:
    case Mode::MapIndex:
    case Mode::Value:
    case Mode::NilValue:
    case Mode::CommaOk: break;
    default:
      error(&x, {"cannot assign ", &x, " to ", type, " in ", purpose.toString()});
      return x.invalidate();
  }
  if (isUntyped(x.type)) {
    Type* target = type;
    if (x.isNil()) {
      if (type == nullptr) {
        error(&x, {"use of untyped nil in ", purpose.toString()});
        return x.invalidate();
      }
    } else if (type == nullptr || isNonTypeParamInterface(type)) {
      target = defaultType(x.type);
    }
    Type* newType;
    const Constant* value;
    Conversion result = implicitType(x, target, &newType, &value);
    if (result != Conversion::Ok) {
      std::string_view why = result == Conversion::Truncated   ? " (truncated)"
                             : result == Conversion::Overflows ? " (overflows)"
                                                               : "";
      error(&x, {"cannot use ", &x, " as ", target, " value in ", purpose.toString(), why});
      return x.invalidate();
    }
    if (value != nullptr) {
      x.value = value;
      updateExprValue(x.expr, value);
    }
    if (newType != x.type) {
      x.type = newType;
      updateExprType(x.expr, newType, false);
    }
  }
  if (auto* signature = under<Signature>(x.type); signature != nullptr && !signature->typeParams.empty()) {
    error(&x, {"cannot use generic function ", &x, " without instantiation in ", purpose.toString()});
    return x.invalidate();
  }
  if (type == nullptr || x.type == type) return;
  std::string cause;
  if (isAssignable(x, type, nullptr)) return;
  isAssignable(x, type, &cause);  // again, to be told why
  error(&x, {"cannot use ", &x, " as ", type, " value in ", purpose.toString(), cause.empty() ? "" : ": ", cause});
  x.invalidate();
}

void Checker::initConst(Const* lhs, Operand& x) {
  bool valid = x.valid() && isValid(x.type) && (lhs->type == nullptr || isValid(lhs->type));
  if (valid && !x.isConstant()) {
    error(&x, {&x, " is not constant"});
    valid = false;
  }
  if (!valid) {
    if (lhs->type == nullptr) lhs->type = invalidType();
    return;
  }
  if (lhs->type == nullptr) lhs->type = x.type;
  assignment(x, lhs->type, "constant declaration");
  if (x.valid()) lhs->value = x.value;
}

void Checker::initVar(Var* lhs, Operand& x, const Purpose& purpose) {
  if (!x.valid() || !isValid(x.type) || (lhs->type != nullptr && !isValid(lhs->type))) {
    if (lhs->type == nullptr) lhs->type = invalidType();
    return x.invalidate();
  }
  if (lhs->type == nullptr) {
    if (x.type == basic(BasicKind::UntypedNil)) {
      error(&x, {"use of untyped nil in ", purpose.toString()});
      lhs->type = invalidType();
      return x.invalidate();
    }
    lhs->type = defaultType(x.type);
  }
  assignment(x, lhs->type, purpose);
}

// lhs = rhs of new variables; for a return statement, of the results.
void Checker::initVars(std::span<Var* const> lhs, ExprList rhs, Stmt* returnStmt) {
  Purpose purpose(returnStmt != nullptr ? "return statement" : "assignment");
  bool isCall = rhs.size() == 1 && as<CallExpr>(unparen(rhs[0])) != nullptr;
  if (lhs.size() == rhs.size() && !isCall) {
    for (size_t i = 0; i < lhs.size(); i++) {
      Symbol name = lhs[i]->name;
      static const Symbol kResult = universe().symbols.intern("result variable");
      if (returnStmt != nullptr && name.empty()) name = kResult;
      Operand x;
      expr(Target(lhs[i]->type, name), x, rhs[i]);
      initVar(lhs[i], x, purpose);
    }
    return;
  }
  auto invalidateRest = [&] {
    for (Var* var : lhs) {
      if (var->type == nullptr) var->type = invalidType();
    }
  };
  if (rhs.size() != 1) {
    if (use(rhs)) {
      if (returnStmt != nullptr) {
        reportReturnMismatch(returnStmt, lhs, exprList(rhs));
      } else {
        reportAssignMismatch(rhs, lhs.size(), rhs.size());
      }
    }
    return invalidateRest();
  }
  bool commaOk = false;
  std::vector<Operand> values = multiExpr(rhs[0], lhs.size() == 2 && returnStmt == nullptr, &commaOk);
  if (values.size() == lhs.size()) {
    for (size_t i = 0; i < lhs.size(); i++) initVar(lhs[i], values[i], purpose);
    if (commaOk && values[0].valid() && values[1].valid()) recordCommaOk(rhs[0], values[0], values[1]);
    return;
  }
  if (values.empty() || values[0].valid()) {
    if (returnStmt != nullptr) {
      reportReturnMismatch(returnStmt, lhs, values);
    } else {
      reportAssignMismatch(rhs, lhs.size(), values.size());
    }
  }
  invalidateRest();
}

// The type of the left side of an assignment: null for _, invalid if it cannot be assigned to.
Type* Checker::lhsType(Expr* lhs) {
  auto* name = as<Name>(unparen(lhs));
  if (name != nullptr && name->symbol.isBlank()) return nullptr;
  // Being assigned to is no use.
  auto* var = name != nullptr ? types::as<Var>(lookup(name->symbol)) : nullptr;
  if (var != nullptr && var->package != package_) var = nullptr;
  bool wasUsed = var != nullptr && var->used;
  Operand x;
  expr(x, lhs);
  if (var != nullptr) var->used = wasUsed;
  if (!x.valid() || !isValid(x.type)) return invalidType();
  if (x.mode == Mode::Variable || x.mode == Mode::MapIndex) return x.type;
  if (auto* selector = as<SelectorExpr>(x.expr)) {
    Operand base;
    expr(base, selector->x);
    if (base.mode == Mode::MapIndex) {
      error(&x, {"cannot assign to struct field ", x.expr, " in map"});
      return invalidType();
    }
  }
  error(&x, {"cannot assign to ", x.expr, " (neither addressable nor a map index expression)"});
  return invalidType();
}

// lhs = rhs; or lhs = *x when there is no rhs.
void Checker::assignVar(Expr* lhs, Expr* rhs, Operand* x, const Purpose& purpose) {
  Type* type = lhsType(lhs);
  if (type != nullptr && !isValid(type)) {
    if (x != nullptr) {
      x->invalidate();
    } else {
      use(rhs);
    }
    return;
  }
  Operand value;
  if (x == nullptr) {
    x = &value;
    expr(Target(type, lhs), value, rhs);
  }
  bool toBlank = type == nullptr && purpose.text == "assignment";
  assignment(*x, type, toBlank ? Purpose("assignment to _ identifier") : purpose);
}

void Checker::assignVars(ExprList lhs, ExprList rhs) {
  bool isCall = rhs.size() == 1 && as<CallExpr>(unparen(rhs[0])) != nullptr;
  if (lhs.size() == rhs.size() && !isCall) {
    for (size_t i = 0; i < lhs.size(); i++) assignVar(lhs[i], rhs[i], nullptr, "assignment");
    return;
  }
  if (rhs.size() != 1) {
    bool leftValid = use(lhs, true), rightValid = use(rhs);
    if (leftValid && rightValid) reportAssignMismatch(rhs, lhs.size(), rhs.size());
    return;
  }
  bool commaOk = false;
  std::vector<Operand> values = multiExpr(rhs[0], lhs.size() == 2, &commaOk);
  if (values.size() == lhs.size()) {
    for (size_t i = 0; i < lhs.size(); i++) assignVar(lhs[i], nullptr, &values[i], "assignment");
    if (commaOk && values[0].valid() && values[1].valid()) recordCommaOk(rhs[0], values[0], values[1]);
    return;
  }
  if (values.empty() || values[0].valid()) reportAssignMismatch(rhs, lhs.size(), values.size());
  use(lhs, true);
}

void Checker::shortVarDecl(Pos pos, ExprList lhs, ExprList rhs) {
  size_t top = delayed_.size();
  Scope* scope = env_.scope;
  std::vector<Var*> vars(lhs.size()), fresh;
  bool failed = false;
  for (size_t i = 0; i < lhs.size(); i++) {
    auto* name = as<Name>(lhs[i]);
    if (name == nullptr) {
      use(lhs[i], true);
      error(lhs[i], {"non-name ", lhs[i], " on left side of :="});
      failed = true;
      continue;
    }
    bool repeated = false;
    for (size_t j = 0; j < i && !name->symbol.isBlank(); j++) {
      auto* other = as<Name>(lhs[j]);
      repeated = repeated || (other != nullptr && other->symbol == name->symbol);
    }
    if (repeated) {
      error(lhs[i], {name->symbol, " repeated on left side of :="});
      failed = true;
      continue;
    }
    // A name declared in this very scope is only assigned to.
    if (Object* known = scope->lookup(name->symbol)) {
      recordObject(name, known);
      vars[i] = types::as<Var>(known);
      if (vars[i] == nullptr) {
        error(lhs[i], {"cannot assign to ", lhs[i]});
        failed = true;
      }
      continue;
    }
    vars[i] = newVar(VarRole::Local, name->pos, name->symbol, nullptr);
    if (!name->symbol.isBlank()) fresh.push_back(vars[i]);
    recordObject(name, vars[i]);
  }
  for (size_t i = 0; i < vars.size(); i++) {  // stand-ins for those that are wrong
    if (vars[i] == nullptr) vars[i] = newVar(VarRole::Local, lhs[i]->pos, universe_.blank, nullptr);
  }
  initVars(vars, rhs, nullptr);
  processDelayed(top);
  if (fresh.empty() && !failed) return error(pos, {"no new variables on left side of :="});
  for (Var* var : fresh) declare(scope, nullptr, var);
}

namespace {

std::string count(size_t n, std::string_view unit) {
  return std::to_string(n) + " " + std::string(unit) + (n == 1 ? "" : "s");
}

}  // namespace

void Checker::reportAssignMismatch(ExprList rhs, size_t left, size_t right) {
  std::string vars = count(left, "variable"), values = count(right, "value");
  auto* call = rhs.size() == 1 ? as<CallExpr>(unparen(rhs[0])) : nullptr;
  if (call != nullptr) {
    error(rhs[0], {"assignment mismatch: ", vars, " but ", call->function, " returns ", values});
  } else {
    error(rhs[0], {"assignment mismatch: ", vars, " but ", values});
  }
}

void Checker::reportReturnMismatch(At at, std::span<Var* const> lhs, const std::vector<Operand>& rhs) {
  bool tooMany = rhs.size() > lhs.size();
  if (tooMany) {
    at = &rhs[lhs.size()];
  } else if (!rhs.empty()) {
    at = &rhs.back();
  }
  std::vector<Type*> have, want;
  for (const Operand& x : rhs) have.push_back(x.type);
  for (Var* var : lhs) want.push_back(var->type);
  Report mismatch = newReport();
  mismatch.add(at, {tooMany ? "too many" : "not enough", " return values"});
  mismatch.add(Pos{}, {"have ", typesSummary(have, false, false)});
  mismatch.add(Pos{}, {"want ", typesSummary(want, false, false)});
  report(mismatch);
}

// "(int, number, ...string)"
std::string Checker::typesSummary(const std::vector<Type*>& types, bool variadic, bool hasDots) {
  std::string out = "(";
  for (size_t i = 0; i < types.size(); i++) {
    if (i > 0) out += ", ";
    Type* type = types[i];
    bool last = i + 1 == types.size();
    if (type == nullptr || !isValid(type)) {
      out += "unknown type";
    } else if (isUntyped(type)) {
      std::string name(static_cast<Basic*>(type)->name);
      constexpr std::string_view kUntyped = "untyped ";
      out += isNumeric(type) ? "number" : name.substr(kUntyped.size());
    } else if (auto* slice = as<Slice>(type); last && variadic) {
      out += "..." + format({slice != nullptr ? slice->element : type});
    } else {
      out += format({type});
    }
    if (last && hasDots) out += "...";
  }
  return out + ")";
}

}  // namespace millrace::types
