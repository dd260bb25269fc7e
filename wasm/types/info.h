// What the checker learned about one package: beside the tree, indexed by Expr::id.
#pragma once

#include <unordered_map>
#include <vector>

#include "wasm/types/object.h"

namespace millrace::types {

enum class Mode : uint8_t {
  None,      // not an operand (a field name in a composite literal), or after an error
  NoValue,   // a call without results
  Builtin,   // a built-in function
  TypeExpr,  // a type
  Constant,  // `value` is set
  Variable,  // addressable
  MapIndex,  // m[k]: assignable, not addressable, may be asked with comma-ok
  Value,
  NilValue,  // untyped nil; `type` is the type it was converted to
  CommaOk,   // like Value, and may be asked with comma-ok: x.(T), <-ch
};

// Untyped expressions carry the type they were finally converted to. An operand of a comma-ok form carries a Tuple.
struct TypeAndValue {
  Mode mode;
  Type* type;
  const Constant* value;
};

enum class SelectionKind : uint8_t { Field, Method, MethodExpr };

// How x.f is reached: through `path`'s embedded fields (indices into each struct) to the last one, which is the field's
// index, or the method's index in its Named's declared methods or its Interface's allMethods.
struct Selection {
  SelectionKind kind;
  Type* receiver;  // type of x
  Object* object;  // the Var or Func found (of an instance where x's type is one)
  std::span<int> path;
  bool indirect;  // a pointer was followed on the way
};

// A generic function or type used with these arguments; `type` is the instantiated Signature or Named.
struct Instance {
  std::span<Type*> typeArgs;
  Type* type;
};

// One step of package initialisation: lhs = rhs. Several variables: one call with several results. No variables: `_ = rhs`.
struct Initializer {
  std::span<Var*> lhs;
  syntax::Expr* rhs;
};

struct Info {
  std::vector<TypeAndValue> expressions;  // by Expr::id
  std::vector<Object*> objects;           // by Expr::id of a Name: what it declares or uses; null: neither
  std::unordered_map<const syntax::SelectorExpr*, Selection> selections;  // not for package-qualified names
  std::unordered_map<const syntax::Name*, Instance> instances;
  // The variable that `switch x := y.(type)` declares in each clause.
  std::unordered_map<const syntax::CaseClause*, Var*> clauseVars;
  std::vector<Initializer> initOrder;
  // Function and method declarations with a body, in source order, `init` and `_` too, and their objects.
  std::vector<Func*> functions;
  // Files whose language version is older than Go 1.22: loop variables are per loop there.
  std::vector<const syntax::File*> sharedLoopVars;

  const TypeAndValue& of(const syntax::Expr* e) const { return expressions[e->id]; }
  Object* objectOf(const syntax::Name* n) const { return objects[n->id]; }
};

}  // namespace millrace::types
