// Keeping what was learned, and making types and objects.
#include "wasm/types/checker.h"

namespace millrace::types {

void Checker::record(const Operand& x) {
  if (!x.valid() || x.expr == nullptr) return;
  bool hasValue = x.mode != Mode::NoValue;
  recordTypeAndValue(x.expr, x.mode, hasValue ? x.type : universe_.noResults, x.isConstant() ? x.value : nullptr);
  bool untyped = hasValue && isUntyped(x.type);
  // Not settled yet: see updateExprType().
  if (x.expr->id < flags_.size()) flags_[x.expr->id] = untyped ? kPending : flags_[x.expr->id] & kPanics;
}

void Checker::recordTypeAndValue(syntax::Expr* e, Mode mode, Type* type, const Constant* value) {
  if (mode == Mode::None || e == nullptr || e->id >= info_.expressions.size()) return;
  info_.expressions[e->id] = {mode, type, value};
}

void Checker::recordBuiltin(syntax::Expr* function, Type* result, std::initializer_list<Type*> params, bool variadic) {
  recordBuiltin(function, result, std::span<Type* const>(params.begin(), params.size()), variadic);
}

// The built-in function as it is used here gets a signature.
void Checker::recordBuiltin(syntax::Expr* function, Type* result, std::span<Type* const> params, bool variadic) {
  std::vector<Var*> vars, results;
  for (Type* param : params) vars.push_back(newParam(defaultType(param)));
  if (result != nullptr) results.push_back(newVar(VarRole::Result, {}, Symbol(), result));
  Signature* signature = newSignature(newTuple(vars), newTuple(results), variadic);
  while (function != nullptr) {
    recordTypeAndValue(function, Mode::Builtin, signature, nullptr);
    auto* paren = syntax::as<syntax::ParenExpr>(function);
    function = paren != nullptr ? paren->x : nullptr;
  }
}

void Checker::recordCommaOk(syntax::Expr* e, const Operand& value, const Operand& ok) {
  if (!value.valid()) return;
  Tuple* pair = newTuple({newVar(VarRole::Local, e->pos, Symbol(), value.type),
                          newVar(VarRole::Local, e->pos, Symbol(), ok.type)});
  while (e != nullptr && e->id < info_.expressions.size()) {
    info_.expressions[e->id].type = pair;
    auto* paren = syntax::as<syntax::ParenExpr>(e);
    e = paren != nullptr ? paren->x : nullptr;
  }
}

// Under the name that was instantiated: f of f[int], of p.f[int], of p.f.
void Checker::recordInstance(syntax::Expr* e, std::span<Type* const> args, Type* type) {
  while (true) {
    if (auto* index = syntax::as<syntax::IndexExpr>(e)) {
      e = index->x;
    } else if (auto* paren = syntax::as<syntax::ParenExpr>(e)) {
      e = paren->x;
    } else {
      break;
    }
  }
  if (auto* selector = syntax::as<syntax::SelectorExpr>(e)) e = selector->selector;
  if (auto* name = syntax::as<syntax::Name>(e)) info_.instances[name] = {arena_.copy(args), type};
}

void Checker::recordObject(syntax::Name* name, Object* object) {
  if (name != nullptr && name->id < info_.objects.size()) info_.objects[name->id] = object;
}

void Checker::recordSelection(syntax::SelectorExpr* e, SelectionKind kind, Type* receiver, Object* object,
                              const std::vector<int>& path, bool indirect) {
  recordObject(e->selector, object);
  info_.selections[e] = {kind, receiver, object, arena_.copy(path), indirect};
}

Tuple* Checker::newTuple(const std::vector<Var*>& vars) {
  return make<Tuple>(Tuple{{TypeKind::Tuple}, arena_.copy(vars)});
}

Signature* Checker::newSignature(Tuple* params, Tuple* results, bool variadic) {
  return make<Signature>(Signature{{TypeKind::Signature}, {}, {}, nullptr, params, results, variadic});
}

Var* Checker::newVar(VarRole role, Pos pos, Symbol name, Type* type) {
  auto* var = make<Var>(Var{{ObjectKind::Var, pos, name, type, package_, nullptr}, role, false, nullptr});
  var->origin = var;
  return var;
}

TypeParam* Checker::newTypeParam(TypeName* object, Type* bound, uint32_t index) {
  static uint64_t lastId = 0;
  auto* param = make<TypeParam>(TypeParam{{TypeKind::TypeParam}, object, index, ++lastId, bound, owner_});
  if (object->type == nullptr) object->type = param;
  return param;
}

Interface* Checker::newInterface(std::span<Func* const> methods, std::span<Type* const> embeddeds,
                                 std::span<const Pos> positions) {
  auto* interface = make<Interface>(
      Interface{{TypeKind::Interface}, arena_.copy(methods), arena_.copy(embeddeds), false, nullptr, true,
                arena_.copy(positions).data(), owner_});
  completeLater(interface);
  return interface;
}

// A name that is not in the source; nothing is recorded for it.
syntax::Name* Checker::newName(Pos pos, std::string_view text) {
  auto* name = make<syntax::Name>();
  name->kind = syntax::NodeKind::Name;
  name->pos = pos;
  name->id = UINT32_MAX;
  name->symbol = universe_.symbols.intern(text);
  return name;
}

Scope* Checker::openScope() {
  env_.scope = make<Scope>(env_.scope);
  return env_.scope;
}

}  // namespace millrace::types
