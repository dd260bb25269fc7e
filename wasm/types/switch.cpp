// Switch statements, over values and over types.
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

// Constants seen in cases, by value.
struct Checker::CaseValues {
  struct Entry {
    const Constant* value;
    Type* type;
    Pos pos;
  };
  std::unordered_multimap<uint64_t, Entry> entries;
};

// Types seen in cases; null stands for nil.
struct Checker::CaseTypes {
  struct Entry {
    Type* type;
    Expr* expr;
  };
  std::unordered_multimap<uint64_t, Entry> entries;
};

void Checker::switchStmt(SwitchStmt* s) {
  openScope();
  stmt(s->init);
  if (auto* guard = as<TypeSwitchGuard>(s->tag)) {
    typeSwitch(s, guard);
  } else {
    exprSwitch(s);
  }
  CaseClause* firstDefault = nullptr;
  for (CaseClause* clause : s->body) {
    if (clause == nullptr || clause->cases != nullptr) continue;
    if (firstDefault != nullptr) error(At(clause), {"multiple defaults (first at ", firstDefault->pos, ")"});
    if (firstDefault == nullptr) firstDefault = clause;
  }
  closeScope();
}

void Checker::exprSwitch(SwitchStmt* s) {
  Operand x;
  if (s->tag != nullptr) {
    expr(x, s->tag);
    // By assigning it, x gets a type.
    assignment(x, nullptr, "switch expression");
    if (x.valid() && !isComparable(x.type) && !hasNil(x.type)) {
      error(&x, {"cannot switch on ", &x, " (", x.type, " is not comparable)"});
      x.invalidate();
    }
  } else {
    // Without expression, it is true.
    Pos pos = s->body.empty() || s->body[0] == nullptr ? s->rightBrace : s->body[0]->pos;
    x = {.mode = Mode::Constant, .expr = newName(pos, "true"), .type = basic(BasicKind::Bool), .value = makeBool(true)};
  }
  CaseValues seen;
  for (CaseClause* clause : s->body) {
    if (clause == nullptr) continue;
    caseValues(x, listOf(clause->cases), seen);
    openScope();
    stmtList(clause->body);
    closeScope();
  }
}

void Checker::caseValues(Operand& x, ExprList values, CaseValues& seen) {
  for (Expr* e : values) {
    Operand value;
    expr(value, e);
    if (!x.valid() || !value.valid()) continue;
    convertUntyped(value, x.type);
    if (!value.valid()) continue;
    Operand compared = value, tag = x;
    comparison(compared, tag, Operator::Equal, true);
    if (!compared.valid() || !value.isConstant()) continue;
    // Duplicates of numbers and strings are errors.
    ConstantKind kind = kindOf(value.value);
    if (kind != ConstantKind::Int && kind != ConstantKind::Float && kind != ConstantKind::String) continue;
    uint64_t hash = hashConstant(value.value);
    bool duplicate = false;
    for (auto [at, end] = seen.entries.equal_range(hash); at != end && !duplicate; ++at) {
      if (!sameValue(at->second.value, value.value) || !identical(at->second.type, value.type)) continue;
      duplicate = true;
      Report twice = newReport();
      twice.add(&value, {"duplicate case ", &value, " in expression switch"});
      twice.add(at->second.pos, {"previous case"});
      report(twice);
    }
    if (!duplicate) seen.entries.emplace(hash, CaseValues::Entry{value.value, value.type, value.expr->pos});
  }
}

bool Checker::isNilExpr(Expr* e) const {
  auto* name = as<Name>(unparen(e));
  Object* object = name != nullptr ? lookup(name->symbol) : nullptr;
  return object != nullptr && object->kind == ObjectKind::Nil;
}

void Checker::typeSwitch(SwitchStmt* s, TypeSwitchGuard* guard) {
  Name* name = guard->name;
  if (name != nullptr && name->symbol.isBlank()) {
    error(name, {"no new variable on left side of :="});
    name = nullptr;
  }
  Operand x;
  bool valid = false;
  expr(x, guard->x);
  if (x.valid()) {
    if (isTypeParam(x.type)) {
      error(&x, {"cannot use type switch on type parameter value ", &x});
    } else if (under<Interface>(x.type) == nullptr) {
      error(&x, {&x, " is not an interface"});
    } else {
      valid = true;
    }
  }
  // Each clause has a variable of its own; it is enough that one of them is used.
  std::vector<Var*> vars;
  CaseTypes seen;
  for (CaseClause* clause : s->body) {
    if (clause == nullptr) continue;
    Type* type = caseTypes(valid ? &x : nullptr, listOf(clause->cases), seen);
    openScope();
    if (name != nullptr) {
      Var* var = newVar(VarRole::Local, name->pos, name->symbol, type);
      std::vector<Var*>* locals = std::exchange(env_.locals, nullptr);
      declare(env_.scope, nullptr, var);
      env_.locals = locals;
      info_.clauseVars[clause] = var;
      vars.push_back(var);
    }
    stmtList(clause->body);
    closeScope();
  }
  if (name == nullptr) return;
  for (Var* var : vars) {
    if (var->used) return;
  }
  error(name, {name->symbol, " declared and not used"});
}

// Checks the types of one clause; the result is that of the clause's variable.
Type* Checker::caseTypes(Operand* x, ExprList types, CaseTypes& seen) {
  Type* type = nullptr;
  for (Expr* e : types) {
    if (isNilExpr(e)) {
      type = nullptr;
      Operand ignored;
      expr(ignored, e);
    } else {
      type = checkVarType(e);
      if (!isValid(type)) continue;
    }
    uint64_t hash = type != nullptr ? hashType(type) : 0;
    CaseTypes::Entry* other = nullptr;
    for (auto [at, end] = seen.entries.equal_range(hash); at != end && other == nullptr; ++at) {
      Type* known = at->second.type;
      bool same = (type == nullptr || known == nullptr) ? type == known : identical(type, known);
      if (same) other = &at->second;
    }
    if (other != nullptr) {
      Report twice = newReport();
      twice.add(e, {"duplicate case ", type != nullptr ? format({type}) : "nil", " in type switch"});
      twice.add(other->expr, {"previous case"});
      report(twice);
      continue;
    }
    seen.entries.emplace(hash, CaseTypes::Entry{type, e});
    if (x != nullptr && type != nullptr) checkAssertion(e, *x, type, true);
  }
  if (types.size() == 1 && type != nullptr) return type;
  return x != nullptr ? x->type : invalidType();
}

}  // namespace millrace::types
