// Type inference: finding the type arguments that a call leaves out.
//
// Three sources, in this order:
//   1. typed arguments: the type of each is unified with that of its parameter;
//   2. constraints, again and again until nothing new is found: a constraint with a core type (one underlying type, as
//      ~[]E) is unified with what was found for its parameter, or, if it is a single type without ~, gives the argument;
//      methods that a constraint asks for are unified with those of the type found;
//   3. untyped constant arguments, whose parameters have nothing else: they take the default type of the "largest"
//      kind.
// What is found may mention other parameters; these are replaced by what was found for them, until none is left. A
// parameter that would thereby contain itself has no type.
//
// When generic functions are arguments themselves, their type parameters are inferred together with those of the
// function called. Assigning a generic function to a variable of function type is inference too, with roles exchanged
// (`reverse`).
#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/missing-method.h"
#include "wasm/types/unify.h"

namespace millrace::types {
namespace {

// Does a type mention any of the parameters?
class ParamFinder {
 public:
  explicit ParamFinder(std::span<TypeParam* const> params) : params_(params) {}

  bool occursIn(Type* type) {
    if (type == nullptr) return false;
    switch (type->kind) {
      case TypeKind::Basic: return false;
      case TypeKind::TypeParam: return std::find(params_.begin(), params_.end(), type) != params_.end();
      case TypeKind::Alias: return occursIn(unalias(type));
      case TypeKind::Pointer: return occursIn(static_cast<Pointer*>(type)->base);
      case TypeKind::Slice: return occursIn(static_cast<Slice*>(type)->element);
      case TypeKind::Array: return occursIn(static_cast<Array*>(type)->element);
      case TypeKind::Chan: return occursIn(static_cast<Chan*>(type)->element);
      case TypeKind::Named: return occursInAny(static_cast<Named*>(type)->typeArgs);
      default: break;
    }
    // These may be large, or lead back to themselves.
    if (!seen_.emplace(type, false).second) return seen_[type];
    bool result = occursInParts(type);
    seen_[type] = result;
    return result;
  }

 private:
  bool occursInAny(std::span<Type*> types) {
    return std::any_of(types.begin(), types.end(), [this](Type* type) { return occursIn(type); });
  }
  bool occursInVars(std::span<Var*> vars) {
    return std::any_of(vars.begin(), vars.end(), [this](Var* var) { return occursIn(var->type); });
  }

  bool occursInParts(Type* type) {
    if (auto* map = as<Map>(type)) return occursIn(map->key) || occursIn(map->value);
    if (auto* structure = as<Struct>(type)) return occursInVars(structure->fields);
    if (auto* tuple = as<Tuple>(type)) return occursInVars(tuple->vars);
    if (auto* signature = as<Signature>(type)) {
      return occursInVars(signature->params->vars) || occursInVars(signature->results->vars);
    }
    if (auto* interface = as<Interface>(type)) {
      TypeSet* set = typeSetOf(interface);
      bool inMethods = std::any_of(set->methods.begin(), set->methods.end(),
                                   [this](Func* method) { return occursIn(method->type); });
      return inMethods || std::any_of(set->terms.begin(), set->terms.end(),
                                      [this](const Term& term) { return occursIn(term.type); });
    }
    return false;
  }

  std::span<TypeParam* const> params_;
  std::unordered_map<Type*, bool> seen_;
};

// The core type of a parameter's constraint; `single`: it is the only term.
bool coreTerm(TypeParam* param, Term* core, bool* single) {
  size_t count = 0;
  bool tilde = false;
  Term only = {};
  forEachTerm(param, [&](const Term* term) {
    if (term == nullptr) return false;
    count++;
    only = *term;
    tilde = tilde || term->tilde;
    return true;
  });
  *single = count == 1;
  if (count == 1) {
    *core = only;
    return true;
  }
  Type* common = commonUnderlying(param);
  *core = {tilde, common};
  return common != nullptr;
}

// Takes away the types of parameters that contain themselves.
class CycleKiller {
 public:
  CycleKiller(const std::vector<TypeParam*>& params, std::vector<Type*>& inferred)
      : params_(params), inferred_(inferred) {}

  void visit(Type* type) {
    type = unalias(type);
    if (type == nullptr || type->kind == TypeKind::Basic) return;
    auto* param = as<TypeParam>(type);
    size_t index = param != nullptr ? std::find(params_.begin(), params_.end(), param) - params_.begin() : 0;
    if (std::find(path_.begin(), path_.end(), type) != path_.end()) {
      if (param != nullptr && index < params_.size()) inferred_[index] = nullptr;
      return;
    }
    path_.push_back(type);
    if (param != nullptr) {
      if (index < params_.size() && inferred_[index] != nullptr) visit(inferred_[index]);
    } else {
      visitParts(type);
    }
    path_.pop_back();
  }

 private:
  void visitVars(std::span<Var*> vars) {
    for (Var* var : vars) visit(var->type);
  }

  void visitParts(Type* type) {
    switch (type->kind) {
      case TypeKind::Pointer: return visit(static_cast<Pointer*>(type)->base);
      case TypeKind::Slice: return visit(static_cast<Slice*>(type)->element);
      case TypeKind::Array: return visit(static_cast<Array*>(type)->element);
      case TypeKind::Chan: return visit(static_cast<Chan*>(type)->element);
      case TypeKind::Map: visit(static_cast<Map*>(type)->key); return visit(static_cast<Map*>(type)->value);
      case TypeKind::Struct: return visitVars(static_cast<Struct*>(type)->fields);
      case TypeKind::Signature:
        visitVars(static_cast<Signature*>(type)->params->vars);
        return visitVars(static_cast<Signature*>(type)->results->vars);
      case TypeKind::Union:
        for (Term* term : static_cast<Union*>(type)->terms) visit(term->type);
        return;
      case TypeKind::Interface:
        for (Func* method : static_cast<Interface*>(type)->explicitMethods) visit(method->type);
        for (Type* embedded : static_cast<Interface*>(type)->embeddeds) visit(embedded);
        return;
      case TypeKind::Named:
        for (Type* arg : static_cast<Named*>(type)->typeArgs) visit(arg);
        return;
      default: return;
    }
  }

  const std::vector<TypeParam*>& params_;
  std::vector<Type*>& inferred_;
  std::vector<Type*> path_;
};

// "P", "P and Q", "P, Q, and R".
std::string listOfNames(const std::vector<TypeParam*>& params) {
  std::string out;
  for (size_t i = 0; i < params.size(); i++) {
    bool last = i + 1 == params.size();
    if (i > 0) out += params.size() == 2 ? " and " : last ? ", and " : ", ";
    out += params[i]->object->name.text();
  }
  return out;
}

bool contains(const std::vector<Type*>& types, Type* type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

bool isParameterized(std::span<TypeParam* const> params, Type* type) { return ParamFinder(params).occursIn(type); }

std::vector<Type*> Checker::infer(Pos pos, const std::vector<TypeParam*>& params, std::vector<Type*> args,
                                  std::span<Var* const> vars, std::span<Operand* const> operands, bool reverse,
                                  Report& report) {
  size_t count = params.size();
  if (args.size() == count && !contains(args, nullptr)) return args;
  for (Operand* operand : operands) {
    if (!operand->valid()) return {};
  }
  args.resize(count);
  // Arguments that are given are put in place first: they make parameters more specific.
  std::vector<Type*> parameterTypes;
  for (Var* var : vars) parameterTypes.push_back(substitute(owner_, var->type, {params, args}, pos));

  Unifier unifier(params, args, allowsVersion(GoVersion{21}));
  auto mismatch = [&](Type* parameter, Operand* argument) {
    std::vector<Type*> found = unifier.inferred();
    bool none = std::all_of(found.begin(), found.end(), [](Type* type) { return type == nullptr; });
    if (none) {
      return report.add(argument, {"type ", argument->type, " of ", argument->expr, " does not match ", parameter,
                                   " (cannot infer ", listOfNames(params), ")"});
    }
    Type* inferred = substitute(owner_, parameter, {params, found}, pos);
    if (inferred == parameter) {
      report.add(argument, {"type ", argument->type, " of ", argument->expr, " does not match ", parameter});
    } else if (reverse) {
      report.add(argument, {"inferred type ", inferred, " for ", parameter, " does not match type ", argument->type,
                            " of ", argument->expr});
    } else {
      report.add(argument, {"type ", argument->type, " of ", argument->expr, " does not match inferred type ", inferred,
                            " for ", parameter});
    }
  };

  // 1. Typed arguments.
  std::vector<size_t> untyped;
  for (size_t i = 0; i < operands.size() && i < parameterTypes.size(); i++) {
    Operand* argument = operands[i];
    Type* parameter = parameterTypes[i];
    if (!isParameterized(params, parameter) && !isParameterized(params, argument->type)) continue;
    if (isTyped(argument->type)) {
      if (!unifier.unify(parameter, argument->type, kAssign)) {
        mismatch(parameter, argument);
        return {};
      }
    } else if (as<TypeParam>(parameter) != nullptr && !argument->isNil()) {
      untyped.push_back(i);
    }
  }

  // 2. Constraints.
  for (size_t unknowns = count + 1; unifier.unknowns() != unknowns;) {
    unknowns = unifier.unknowns();
    for (TypeParam* param : params) {
      Type* type = unifier.at(param);
      Term core;
      bool single;
      if (coreTerm(param, &core, &single)) {
        if (type != nullptr) {
          // The underlying type must match, whatever the name.
          if (!unifier.unify(type, core.type, kInexact)) {
            report.add(pos, {param, " (type ", type, ") does not satisfy ", param->bound});
            return {};
          }
        } else if (single && !core.tilde) {
          unifier.set(param, core.type);
        }
      }
      if (type == nullptr || isParameterized(params, type)) continue;
      std::string cause;
      std::function<bool(Type*, Type*)> equivalent = [&](Type* x, Type* y) { return unifier.unify(x, y, kExact); };
      if (!hasAllMethods(owner_, type, underlying(param), true, &cause, &equivalent)) {
        report.add(pos, {param, " (type ", type, ") does not satisfy ", param->bound, " ", cause});
        return {};
      }
    }
  }

  // 3. Untyped constants.
  std::unordered_map<TypeParam*, Type*> largest;
  for (size_t index : untyped) {
    auto* param = static_cast<TypeParam*>(parameterTypes[index]);
    if (unifier.at(param) != nullptr) continue;
    Operand* argument = operands[index];
    Type*& type = largest[param];
    Type* larger = type == nullptr ? argument->type : largerUntyped(type, argument->type);
    if (larger == nullptr) {
      report.add(argument, {"mismatched types ", type, " and ", argument->type, " (cannot infer ", param, ")"});
      return {};
    }
    type = larger;
  }
  for (auto [param, type] : largest) unifier.set(param, defaultType(type));

  // Types that were found may mention parameters.
  std::vector<Type*> inferred = unifier.inferred();
  CycleKiller killer(params, inferred);
  for (TypeParam* param : params) killer.visit(param);
  std::vector<size_t> open;
  for (size_t i = 0; i < count; i++) {
    if (inferred[i] != nullptr && args[i] == nullptr) open.push_back(i);
  }
  while (!open.empty()) {
    std::vector<Type*> previous = inferred;
    std::erase_if(open, [&](size_t i) {
      Type* replaced = substitute(owner_, inferred[i], {params, previous}, pos);
      if (replaced == inferred[i]) return true;
      // A generic function that was an argument is not generic any more once all its parameters are known.
      auto* signature = as<Signature>(replaced);
      if (signature != nullptr && !signature->typeParams.empty() && !isParameterized(params, signature)) {
        signature->typeParams = {};
      }
      inferred[i] = replaced;
      return false;
    });
  }
  for (size_t i = 0; i < count; i++) {
    if (inferred[i] != nullptr && !isParameterized(params, inferred[i])) continue;
    TypeName* object = params[i]->object;
    report.add(pos, {"cannot infer ", object->name, " (declared at ", object->pos, ")"});
    return {};
  }
  return inferred;
}

// Fresh parameters with the same bounds: a function may be called in its own body, with its own parameters as
// arguments.
std::vector<TypeParam*> Checker::renameTypeParams(std::span<TypeParam* const> params, Pos pos) {
  std::vector<TypeParam*> fresh;
  for (TypeParam* param : params) {
    const TypeName* known = param->object;
    auto* object = make<TypeName>(
        TypeName{{ObjectKind::TypeName, known->pos, known->name, nullptr, known->package, nullptr}, false});
    fresh.push_back(newTypeParam(object, nullptr, param->index));
  }
  std::vector<Type*> args(fresh.begin(), fresh.end());
  for (size_t i = 0; i < params.size(); i++) {
    fresh[i]->bound = substitute(owner_, params[i]->bound, {params, args}, pos);
  }
  return fresh;
}

int Checker::verify(Pos pos, std::span<TypeParam* const> params, std::span<Type* const> args, std::string* cause) {
  for (size_t i = 0; i < params.size(); i++) {
    underlying(params[i]);  // wraps a bound that is no interface
    Type* bound = substitute(owner_, params[i]->bound, {params, args}, pos);
    if (!implements(owner_, args[i], bound, true, cause)) return static_cast<int>(i);
  }
  return -1;
}

void Checker::verifyNow(Pos pos, std::span<TypeParam* const> params, std::span<Type* const> args, ExprList exprs) {
  std::string cause;
  int failed = verify(pos, params, args, &cause);
  auto placeOfArg = [&](size_t i) { return i < exprs.size() ? syntax::startPos(exprs[i]) : pos; };
  if (failed >= 0) return error(placeOfArg(static_cast<size_t>(failed)), {cause});
  for (size_t i = 0; i < params.size(); i++) mono_.addInstance(package_, placeOfArg(i), params[i], args[i]);
}

Signature* Checker::instantiateSignature(Pos pos, syntax::Expr* e, Signature* signature, std::span<Type* const> args,
                                         ExprList exprs) {
  auto* instance = static_cast<Signature*>(instantiateType(owner_, signature, args, pos));
  recordInstance(e, args, instance);
  std::span<Type*> kept = arena_.copy(args);
  std::span<TypeParam*> params = signature->typeParams;
  later([=, this] { verifyNow(pos, params, kept, exprs); });
  return instance;
}

// f[A, B] with all, some or none of the type arguments given.
bool Checker::instantiateFunction(const Target& target, Pos pos, Operand& x, syntax::IndexExpr* e, bool infer,
                                  std::vector<Type*>* partial) {
  At at = e != nullptr ? At(e->pos) : At(pos);
  if (e != nullptr) x.expr = e;
  bool versionFault = !requireVersion(at, GoVersion{18}, {"function instantiation"});
  ExprList exprs = e != nullptr ? syntax::listOf(e->index) : ExprList();
  std::vector<Type*> args;
  if (!checkTypeList(exprs, args)) {
    x.invalidate();
    return true;
  }
  auto* signature = static_cast<Signature*>(x.type);
  size_t got = args.size(), want = signature->typeParams.size();
  if (got > want) {
    error(exprs[got - 1], {"got ", got, " type arguments but want ", want});
    x.invalidate();
    return true;
  }
  if (got < want) {
    if (!infer) {
      *partial = std::move(args);
      return false;
    }
    // With a target, its type is unified with the function's, as if it were the argument for a parameter of that type.
    std::vector<Operand> operands;
    std::vector<Var*> vars;
    if (target) {
      if (!versionFault && !allowsVersion(GoVersion{21})) {
        versionError(at, GoVersion{21}, {e != nullptr ? "partially instantiated function in assignment"
                                                      : "implicitly instantiated function in assignment"});
      }
      std::string name = target.expr != nullptr ? format({target.expr}) : std::string(target.name.text());
      operands.push_back({.mode = Mode::Value, .expr = newName(x.expr->pos, name), .type = target.signature});
    }
    std::vector<TypeParam*> fresh = renameTypeParams(signature->typeParams, pos);
    if (target) {
      auto* plain = make<Signature>(*signature);
      plain->typeParams = {};
      plain->receiver = nullptr;
      std::vector<Type*> freshTypes(fresh.begin(), fresh.end());
      vars.push_back(newParam(substitute(owner_, plain, {signature->typeParams, freshTypes}, pos)));
    }
    std::vector<Operand*> pointers;
    for (Operand& operand : operands) pointers.push_back(&operand);
    Report why = newReport();
    args = this->infer(pos, fresh, std::move(args), vars, pointers, static_cast<bool>(target), why);
    if (args.empty()) {
      if (!why.empty()) report(why);
      x.invalidate();
      return true;
    }
  }
  x.type = instantiateSignature(x.expr->pos, x.expr, signature, args, exprs);
  x.mode = Mode::Value;
  return true;
}

}  // namespace millrace::types
