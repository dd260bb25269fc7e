// Selectors: p.X of a package, fields, methods, method expressions.
#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/known-outside.h"
#include "wasm/types/lookup.h"
#include "wasm/types/text.h"

namespace millrace::types {

using namespace syntax;

void Checker::selector(Operand& x, SelectorExpr* e, bool wantType) {
  bool valid;
  auto* name = as<Name>(e->x);
  auto* package = name != nullptr ? types::as<PkgName>(lookup(name->symbol)) : nullptr;
  if (e->selector == nullptr) {
    valid = false;
  } else if (package != nullptr) {
    recordObject(name, package);
    package->used = true;
    valid = qualifiedName(x, e, package);
  } else {
    valid = memberSelector(x, e, wantType);
  }
  if (!valid) {
    x.invalidate();
    x.type = invalidType();
  }
  x.expr = e;
}

bool Checker::qualifiedName(Operand& x, SelectorExpr* e, PkgName* name) {
  Symbol symbol = e->selector->symbol;
  Package* package = name->imported;
  Object* object = package->scope->lookup(symbol);
  if (object != nullptr && !isExported(symbol.text()) && !package->fake && isKnownOutside(object)) {
    error(e->selector, {"name ", symbol, " not exported by package ", package->name});
  } else if (object == nullptr || !isExported(symbol.text())) {
    // What is not exported is not there, as far as others are concerned.
    if (package->fake || (!package->complete && isExported(symbol.text()))) return false;
    Object* similar = nullptr;
    for (Object* other : package->scope->objects()) {
      if (!isExported(other->name.text()) || !equalFold(other->name.text(), symbol.text())) continue;
      if (similar == nullptr || other->name.text() < similar->name.text()) similar = other;
    }
    if (similar != nullptr) {
      error(e->selector, {"undefined: ", e, " (but have ", similar->name, ")"});
    } else {
      error(e->selector, {"undefined: ", e});
    }
    return false;
  }
  recordObject(e->selector, object);
  x.type = object->type;
  switch (object->kind) {
    case ObjectKind::Const:
      x.mode = Mode::Constant;
      x.value = static_cast<Const*>(object)->value;
      break;
    case ObjectKind::TypeName: x.mode = Mode::TypeExpr; break;
    case ObjectKind::Var: x.mode = Mode::Variable; break;
    case ObjectKind::Func: x.mode = Mode::Value; break;
    case ObjectKind::Builtin:
      x.mode = Mode::Builtin;
      x.builtin = static_cast<Builtin*>(object)->id;
      break;
    default: return false;
  }
  return x.mode == Mode::Builtin || isValid(x.type);
}

bool Checker::memberSelector(Operand& x, SelectorExpr* e, bool wantType) {
  Symbol symbol = e->selector->symbol;
  exprOrType(x, e->x, false);
  if (x.mode == Mode::Builtin) {
    error(e->pos, {"invalid use of ", &x, " in selector expression"});
    return false;
  }
  if (!x.valid()) return false;
  // Only packages have members that are types.
  if (wantType) {
    error(e->selector, {e, " is not a type"});
    return false;
  }
  bool addressable = x.mode == Mode::Variable;
  Lookup found = findFieldOrMethod(x.type, addressable, package_, symbol);
  if (found.object == nullptr) {
    reportMissingMember(x, e, found);
    return false;
  }
  auto* method = types::as<Func>(found.object);
  if (method != nullptr) declareObject(method);
  if (x.mode == Mode::TypeExpr) {
    if (method == nullptr) {
      error(e->selector, {x.expr, ".", symbol, " undefined (type ", x.type, " has no method ", symbol, ")"});
      return false;
    }
    recordSelection(e, SelectionKind::MethodExpr, x.type, method, found.path, found.indirect);
    if (method->signature()->receiver == nullptr) {
      error(e, {"illegal cycle in method declaration"});
      return false;
    }
    methodExpr(x, method);
    return true;
  }
  if (method == nullptr) {
    recordSelection(e, SelectionKind::Field, x.type, found.object, found.path, found.indirect);
    x.mode = addressable || found.indirect ? Mode::Variable : Mode::Value;
    x.type = found.object->type;
    return true;
  }
  recordSelection(e, SelectionKind::Method, x.type, method, found.path, found.indirect);
  auto* signature = make<Signature>(*method->signature());
  signature->receiver = nullptr;
  x.mode = Mode::Value;
  x.type = signature;
  addDependency(method);
  return true;
}

// T.m: the function with the receiver as its first parameter.
void Checker::methodExpr(Operand& x, Func* method) {
  Signature* signature = method->signature();
  std::span<Var*> params = signature->params->vars;
  // The parameters are named, or none of them is.
  Symbol name;
  if (!params.empty() && !params[0]->name.empty()) {
    name = signature->receiver->name.empty() ? universe_.blank : signature->receiver->name;
  }
  std::vector<Var*> vars = {newVar(VarRole::Parameter, signature->receiver->pos, name, x.type)};
  vars.insert(vars.end(), params.begin(), params.end());
  auto* function = newSignature(newTuple(vars), signature->results, signature->variadic);
  function->typeParams = signature->typeParams;
  x.mode = Mode::Value;
  x.type = function;
  addDependency(method);
}

void Checker::reportMissingMember(Operand& x, SelectorExpr* e, const Lookup& found) {
  Symbol symbol = e->selector->symbol;
  if (!isValid(underlying(x.type))) return;
  if (!found.path.empty()) return error(e->selector, {"ambiguous selector ", x.expr, ".", symbol});
  if (found.indirect) {
    if (x.mode == Mode::TypeExpr) {
      return error(e->selector, {"invalid method expression ", x.type, ".", symbol, " (needs pointer receiver (*",
                                 x.type, ").", symbol, ")"});
    }
    return error(e->selector, {"cannot call pointer method ", symbol, " on ", x.type});
  }
  std::string why;
  if (isInterfacePointer(x.type)) {
    bool param = isTypeParam(under<Pointer>(x.type)->base);
    why = format({"type ", x.type, param ? " is pointer to type parameter, not type parameter"
                                         : " is pointer to interface, not interface"});
  } else {
    Lookup similar = findFieldOrMethod(x.type, x.mode == Mode::Variable, package_, symbol, true);
    why = lookupError(x.type, symbol, similar.object, false);
  }
  error(e->selector, {x.expr, ".", symbol, " undefined (", why, ")"});
}

// Why a field or method was not found; `found` is one with a name that differs in case, or is not accessible.
std::string Checker::lookupError(Type* type, Symbol name, Object* found, bool structLiteral) {
  enum { kMissing, kMisspelled, kUnexported, kInaccessible } fault = kMissing;
  auto tail = [](std::string_view text) {
    size_t i = 1;
    while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) i++;
    return text.substr(std::min(i, text.size()));
  };
  if (found != nullptr) {
    std::string_view want = name.text(), have = found->name.text();
    bool sameTail = tail(want) == tail(have);
    if (found->package == package_) {
      fault = kMisspelled;
    } else if (isExported(want)) {
      fault = isExported(have) ? kMisspelled : sameTail ? kUnexported : kMissing;
    } else if (isExported(have)) {
      fault = sameTail ? kMisspelled : kMissing;
    } else if (want == have) {
      fault = kInaccessible;
    }
  }
  Symbol have = found != nullptr ? found->name : Symbol();
  if (structLiteral) {
    if (fault == kInaccessible) {
      return format({"cannot refer to unexported field ", have, " in struct literal of type ", type});
    }
    std::string unknown = format({"unknown field ", name, " in struct literal of type ", type});
    if (fault == kMisspelled) return format({unknown, ", but does have ", have});
    return fault == kUnexported ? format({unknown, ", but does have unexported ", have}) : unknown;
  }
  std::string_view what = found == nullptr ? "object" : found->kind == ObjectKind::Var ? "field" : "method";
  if (fault == kInaccessible) return format({"cannot refer to unexported ", what, " ", have});
  std::string missing = format({"type ", type, " has no field or method ", name});
  if (fault == kMisspelled) return format({missing, ", but does have ", what, " ", have});
  return fault == kUnexported ? format({missing, ", but does have unexported ", what, " ", have}) : missing;
}

}  // namespace millrace::types
