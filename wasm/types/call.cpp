// Calls: conversions, built-in functions, functions.
#include <algorithm>

#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

ExprKind Checker::callExpr(Operand& x, CallExpr* e) {
  auto* index = as<IndexExpr>(e->function);
  bool explicitArgs = false;  // f[A, B](...)
  if (index != nullptr) {
    explicitArgs = indexExpr(x, index);
    x.expr = index;
    requireFinite(x);
    record(x);
    if (x.mode == Mode::NoValue) exclude(x, ~0u);
  } else {
    exprOrType(x, e->function, true);
  }
  if (!x.valid()) {
    use(e->arguments);
    x.expr = e;
    return ExprKind::Statement;
  }
  if (x.mode == Mode::TypeExpr) {
    conversionCall(x, e);
    x.expr = e;
    return ExprKind::Conversion;
  }
  if (x.mode == Mode::Builtin) {
    BuiltinId id = x.builtin;
    if (!builtinCall(x, e, id)) x.invalidate();
    x.expr = e;
    if (x.valid() && !x.isConstant()) env_.hasCallOrReceive = true;
    return builtinInfo(id).isStatement ? ExprKind::Statement : ExprKind::Expression;
  }
  functionCall(x, e, explicitArgs ? index : nullptr);
  x.expr = e;
  return ExprKind::Statement;
}

void Checker::conversionCall(Operand& x, CallExpr* e) {
  requireInstantiated(Target(), x);
  if (!x.valid()) return;
  Type* type = x.type;
  x.invalidate();
  size_t count = e->arguments.size();
  if (count == 0) return error(e, {"missing argument in conversion to ", type});
  if (count > 1) {
    use(e->arguments);
    return error(e->arguments[count - 1], {"too many arguments in conversion to ", type});
  }
  expr(x, e->arguments[0]);
  if (!x.valid()) return;
  auto* interface = under<Interface>(type);
  if (interface != nullptr && !isTypeParam(type) && !typeSetOf(interface)->isMethodSet()) {
    return error(e, {"cannot use interface ", type,
                     " in conversion (contains specific type constraints or is comparable)"});
  }
  if (e->hasDots) return error(e->arguments[0], {"invalid use of ... in conversion to ", type});
  convert(x, type);
}

void Checker::functionCall(Operand& x, CallExpr* e, IndexExpr* index) {
  auto* signature = isTypeParam(x.type) ? nullptr : under<Signature>(x.type);
  if (signature == nullptr) {
    std::string cause;
    signature = as<Signature>(commonUnderlying(x.type, &cause, naming_, [this](Type* type, Type* u) {
      return u != nullptr && u->kind != TypeKind::Signature ? format({type, " is not a function"}) : std::string();
    }));
    if (signature == nullptr) {
      error(&x, {"invalid operation: cannot call ", &x, ": ", cause});
      return x.invalidate();
    }
  }
  bool wasGeneric = !signature->typeParams.empty();
  ExprList exprs;
  std::vector<Type*> typeArgs;
  if (index != nullptr) {
    exprs = syntax::listOf(index->index);
    bool valid = checkTypeList(exprs, typeArgs);
    size_t got = typeArgs.size(), want = signature->typeParams.size();
    if (valid && got > want) error(exprs[want], {"got ", got, " type arguments but want ", want});
    if (!valid || got > want) {
      use(e->arguments);
      return x.invalidate();
    }
    if (got == want && want > 0) {  // nothing to infer
      requireVersion(index, GoVersion{18}, {"function instantiation"});
      signature = instantiateSignature(index->pos, index, signature, typeArgs, exprs);
      typeArgs.clear();
      exprs = {};
    }
  }
  std::vector<std::vector<Type*>> argTypeArgs;
  std::vector<Operand> args = genericExprList(e->arguments, argTypeArgs);
  signature = arguments(e, signature, std::move(typeArgs), exprs, args, argTypeArgs);
  if (wasGeneric && signature->typeParams.empty()) {
    recordTypeAndValue(e->function, Mode::Value, signature, nullptr);
  }
  std::span<Var*> results = signature->results->vars;
  x.mode = results.empty() ? Mode::NoValue : Mode::Value;
  // Without a value x keeps the function's type, which messages then show.
  if (!results.empty()) x.type = results.size() == 1 ? results[0]->type : signature->results;
  env_.hasCallOrReceive = true;
  // After a failed inference, what depends on the type parameters means nothing.
  if (x.mode == Mode::Value && !signature->typeParams.empty() && isParameterized(signature->typeParams, x.type)) {
    x.invalidate();
  }
}

// A call with type arguments to infer: the parameters of the function and of generic functions among its arguments.
struct Checker::GenericCall {
  Signature* signature;
  std::vector<Type*> typeArgs;
  ExprList exprs;                  // the type arguments as written
  std::vector<TypeParam*> params;  // fresh ones
  std::vector<Var*> vars;          // one for each argument, in terms of `params`
  bool adjusted;                   // vars are not just the signature's parameters
};

Signature* Checker::arguments(CallExpr* call, Signature* signature, std::vector<Type*> typeArgs, ExprList exprs,
                              std::vector<Operand>& args, const std::vector<std::vector<Type*>>& argTypeArgs) {
  std::span<Var*> vars = signature->params->vars;
  size_t count = args.size(), want = vars.size();
  std::vector<Var*> expanded;
  if (signature->variadic) {
    if (call->hasDots) {
      if (call->arguments.size() == 1 && count > 1) {
        error(call, {"cannot use ... with ", count, "-valued ", call->arguments[0]});
        return signature;
      }
    } else if (count + 1 >= want) {  // f(a, b, c...) is checked as f(a, b, c0, c1, ...)
      expanded.assign(vars.begin(), vars.end() - 1);
      auto* slice = as<Slice>(vars.back()->type);
      Var* element = withType(arena_, vars.back(), slice != nullptr ? slice->element : invalidType());
      expanded.resize(count, element);
      vars = expanded;
      want = count;
    } else {
      want--;
    }
  } else if (call->hasDots) {
    error(call, {"cannot use ... in call to non-variadic ", call->function});
    return signature;
  }
  if (count != want) {
    reportArgumentCount(call, signature, args, want);
    return signature;
  }
  bool isGeneric = !signature->typeParams.empty();
  bool anyGeneric = isGeneric || std::any_of(args.begin(), args.end(), [](const Operand& arg) {
    auto* function = as<Signature>(arg.type);
    return function != nullptr && !function->typeParams.empty();
  });
  GenericCall generic = {signature, std::move(typeArgs), exprs, {}, {}, !expanded.empty()};
  if (anyGeneric) {
    generic.vars.assign(vars.begin(), vars.end());
    if (!inferCall(call, generic, args, argTypeArgs)) return signature;
    signature = generic.signature;
    vars = generic.vars;
  }
  Purpose purpose("argument to ", call->function);
  for (size_t i = 0; i < count; i++) assignment(args[i], vars[i]->type, purpose);
  return signature;
}

bool Checker::inferCall(CallExpr* call, GenericCall& generic, std::vector<Operand>& args,
                        const std::vector<std::vector<Type*>>& argTypeArgs) {
  Pos pos = call->pos;
  std::vector<TypeParam*>& params = generic.params;
  std::vector<Type*>& typeArgs = generic.typeArgs;
  // Puts fresh type parameters in place of a list of them; all are inferred together.
  auto addFresh = [&](std::span<TypeParam*> list) {
    std::vector<TypeParam*> fresh = renameTypeParams(list, pos);
    params.insert(params.end(), fresh.begin(), fresh.end());
    return std::vector<Type*>(fresh.begin(), fresh.end());
  };
  size_t own = generic.signature->typeParams.size();
  if (own > 0) {
    if (!allowsVersion(GoVersion{18})) {
      bool indexed = as<IndexExpr>(call->function) != nullptr;
      versionError(indexed ? At(call->function) : At(call), GoVersion{18},
                   {indexed ? "function instantiation" : "implicit function instantiation"});
    }
    std::vector<Type*> fresh = addFresh(generic.signature->typeParams);
    Substitution renaming = {generic.signature->typeParams, fresh};
    for (Var*& var : generic.vars) {
      Type* type = substitute(owner_, var->type, renaming, pos);
      if (type != var->type) var = withType(arena_, var, type);
    }
    typeArgs.resize(own);
  }
  std::vector<size_t> functions;  // arguments that are generic functions
  for (size_t i = 0; i < args.size(); i++) {
    auto* signature = as<Signature>(args[i].type);
    if (signature == nullptr || signature->typeParams.empty()) continue;
    size_t first = params.size();
    std::vector<Type*> fresh = addFresh(signature->typeParams);
    auto* copy = static_cast<Signature*>(substitute(owner_, signature, {signature->typeParams, fresh}, pos));
    if (copy == signature) copy = make<Signature>(*signature);
    copy->typeParams = arena_.copy(std::span<TypeParam* const>(params).subspan(first));
    args[i].type = copy;
    if (i < argTypeArgs.size()) typeArgs.insert(typeArgs.end(), argTypeArgs[i].begin(), argTypeArgs[i].end());
    typeArgs.resize(params.size());
    functions.push_back(i);
  }
  if (!functions.empty()) {
    requireVersion(&args[functions[0]], GoVersion{21}, {"implicitly instantiated function as argument"});
  }
  std::vector<Operand*> operands;
  for (Operand& arg : args) operands.push_back(&arg);
  Report why = newReport();
  typeArgs = infer(pos, params, std::move(typeArgs), generic.vars, operands, false, why);
  if (typeArgs.empty()) {
    if (!why.empty()) error(why.at, {"in call to ", call->function, ", ", why.text()});
    return false;
  }
  std::span<Type*> found = typeArgs;
  if (own > 0) {
    Substitution substitution = {std::span<TypeParam* const>(params).first(own), found.first(own)};
    generic.signature =
        instantiateSignature(pos, call->function, generic.signature, found.first(own), generic.exprs);
    std::span<Var*> declared = generic.signature->params->vars;
    for (size_t i = 0; i < generic.vars.size(); i++) {
      Var*& var = generic.vars[i];
      var = generic.adjusted ? withType(arena_, var, substitute(owner_, var->type, substitution, pos)) : declared[i];
    }
  }
  size_t next = own;
  for (size_t i : functions) {
    auto* signature = static_cast<Signature*>(args[i].type);
    size_t count = signature->typeParams.size();
    args[i].type = instantiateSignature(pos, args[i].expr, signature, found.subspan(next, count), {});
    record(args[i]);
    next += count;
  }
  return true;
}

void Checker::reportArgumentCount(CallExpr* call, Signature* signature, std::vector<Operand>& args, size_t want) {
  bool tooMany = args.size() > want;
  At at = tooMany ? At(args[want].expr) : args.empty() ? At(call) : At(args.back().expr);
  std::vector<Type*> have, wanted;
  for (const Operand& arg : args) have.push_back(arg.type);
  for (Var* var : signature->params->vars) wanted.push_back(var->type);
  Report count = newReport();
  count.add(at, {tooMany ? "too many" : "not enough", " arguments in call to ", call->function});
  count.add(Pos{}, {"have ", typesSummary(have, false, call->hasDots)});
  count.add(Pos{}, {"want ", typesSummary(wanted, signature->variadic, false)});
  report(count);
}

}  // namespace millrace::types
