// for ... range.
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

void Checker::rangeStmt(ForStmt* s, RangeClause* clause) {
  ExprList left = listOf(clause->lhs);
  Expr* lhs[2] = {left.size() > 0 ? left[0] : nullptr, left.size() > 1 ? left[1] : nullptr};
  Expr* extra = left.size() > 2 ? left[2] : nullptr;

  Operand x;
  env_.hasCallOrReceive = false;
  expr(x, clause->x);
  if (x.valid() && lhs[1] == nullptr && !env_.hasCallOrReceive) {
    // Only the length of an array is asked for: as with len, the array is not evaluated.
    if (auto* array = as<Array>(dereferenceArray(underlying(x.type)))) {
      record({.mode = Mode::Constant,
              .expr = unparen(clause->x),
              .type = basic(BasicKind::Int),
              .value = makeInt64(arena_, array->length)});
    }
  }
  RangeTypes types;
  if (x.valid()) {
    types = rangeTypes(x.type);
    if (!types.ok) {
      error(&x, {"cannot range over ", &x, types.cause.empty() ? "" : ": ", types.cause});
    } else if (types.key == nullptr && lhs[0] != nullptr) {
      error(lhs[0], {"range over ", &x, " permits no iteration variables"});
    } else if (types.value == nullptr && lhs[1] != nullptr) {
      error(lhs[1], {"range over ", &x, " permits only one iteration variable"});
    } else if (extra != nullptr) {
      error(extra, {"range clause permits at most two iteration variables"});
    }
  }
  openScope();
  Type* pair[2] = {types.key, types.value};
  bool overInt = x.type != nullptr && isInteger(x.type);
  if (clause->define) {
    declareRangeVars(s, lhs, pair, x, overInt);
  } else if (lhs[0] != nullptr) {
    assignRangeVars(lhs, pair, x, overInt);
  } else if (overInt) {
    assignment(x, nullptr, "range clause");  // gives an untyped constant a type
  }
  stmt(s->body);
  closeScope();
}

void Checker::declareRangeVars(ForStmt* s, Expr* const (&lhs)[2], Type* const (&types)[2], Operand& x, bool overInt) {
  std::vector<Var*> vars;
  for (int i = 0; i < 2; i++) {
    if (lhs[i] == nullptr) continue;
    Var* var;
    if (auto* name = as<Name>(lhs[i])) {
      var = newVar(VarRole::Local, name->pos, name->symbol, nullptr);
      recordObject(name, var);
      if (!name->symbol.isBlank()) vars.push_back(var);
    } else {
      error(lhs[i], {"invalid syntax tree: cannot declare ", lhs[i]});
      var = newVar(VarRole::Local, lhs[i]->pos, universe_.blank, nullptr);
    }
    if (types[i] == nullptr || types[i] == invalidType()) {
      var->type = invalidType();
      var->used = true;
    } else if (overInt) {
      initVar(var, x, "range clause");
    } else {
      Operand element = {.mode = Mode::Value, .expr = lhs[i], .type = types[i]};
      initVar(var, element, "assignment");
    }
  }
  if (vars.empty()) error(s, {"no new variables on left side of :="});
  for (Var* var : vars) declare(env_.scope, nullptr, var);
}

void Checker::assignRangeVars(Expr* const (&lhs)[2], Type* const (&types)[2], Operand& x, bool overInt) {
  for (int i = 0; i < 2; i++) {
    if (lhs[i] == nullptr || types[i] == nullptr || types[i] == invalidType()) continue;
    if (!overInt) {
      Operand element = {.mode = Mode::Value, .expr = lhs[i], .type = types[i]};
      assignVar(lhs[i], nullptr, &element, "assignment");
      continue;
    }
    assignVar(lhs[i], nullptr, &x, "range clause");
    // The constant may have been given a type that holds it, but is no integer.
    if (x.valid() && !isInteger(x.type)) error(lhs[i], {"cannot use iteration variable of type ", x.type});
  }
}

// What ranging over a type yields: types are null where there is no variable.
Checker::RangeTypes Checker::rangeTypes(Type* type) {
  auto fail = [](std::string cause) { return RangeTypes{invalidType(), invalidType(), std::move(cause), false}; };
  std::string cause;
  Type* common = commonUnderlying(type, &cause, naming_, [this](Type* t, Type* u) {
    auto* chan = as<Chan>(u);
    bool sendOnly = chan != nullptr && chan->direction == ChanDir::SendOnly;
    return sendOnly ? format({"receive from send-only channel ", t}) : std::string();
  });
  if (common == nullptr) return fail(cause);
  common = dereferenceArray(common);
  switch (common->kind) {
    case TypeKind::Basic:
      if (isString(common)) return {basic(BasicKind::Int), universe_.runeType, "", true};
      if (isInteger(common)) {
        if (!allowsVersion(GoVersion{22})) return fail("requires go1.22 or later");
        return {type, nullptr, "", true};
      }
      return {};
    case TypeKind::Array: return {basic(BasicKind::Int), static_cast<Array*>(common)->element, "", true};
    case TypeKind::Slice: return {basic(BasicKind::Int), static_cast<Slice*>(common)->element, "", true};
    case TypeKind::Map: return {static_cast<Map*>(common)->key, static_cast<Map*>(common)->value, "", true};
    case TypeKind::Chan: return {static_cast<Chan*>(common)->element, nullptr, "", true};
    case TypeKind::Signature: break;
    default: return {};
  }
  // func(yield func(K, V) bool)
  constexpr std::string_view kShape = "func must be func(yield func(...) bool): ";
  if (!allowsVersion(GoVersion{23})) return fail("requires go1.23 or later");
  auto* iterator = static_cast<Signature*>(common);
  if (iterator->params->vars.size() != 1) return fail(std::string(kShape) + "wrong argument count");
  if (!iterator->results->vars.empty()) return fail(std::string(kShape) + "unexpected results");
  Type* yieldUnder = commonUnderlying(iterator->params->vars[0]->type, &cause, naming_);
  auto* yield = as<Signature>(yieldUnder);
  if (yieldUnder == nullptr) return fail(std::string(kShape) + "in yield type, " + cause);
  if (yield == nullptr) return fail(std::string(kShape) + "argument is not func");
  std::span<Var*> params = yield->params->vars, results = yield->results->vars;
  if (params.size() > 2) return fail(std::string(kShape) + "yield func has too many parameters");
  if (results.size() != 1 || !identical(results[0]->type, basic(BasicKind::Bool))) {
    bool isBool = results.size() == 1 && isBoolean(results[0]->type);
    return fail(std::string(kShape) + (isBool ? "yield func returns user-defined boolean, not bool"
                                              : "yield func does not return bool"));
  }
  return {params.size() > 0 ? params[0]->type : nullptr, params.size() > 1 ? params[1]->type : nullptr, "", true};
}

}  // namespace millrace::types
