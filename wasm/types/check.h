// The type checker's front door: a package's files in, types and diagnostics out.
#pragma once

#include <functional>
#include <memory>

#include "wasm/syntax/diagnostic.h"
#include "wasm/types/info.h"

namespace millrace::types {

// Everything that outlives one package: predeclared objects, interned names, instances of generic types. A session may
// have a parent whose packages it imports and whose types it shares; dropping it frees what it made and leaves the
// parent as it was (a page keeps the library's session and makes one per Run).
class Session {
 public:
  explicit Session(Session* parent = nullptr);
  ~Session();

  Arena& arena();
  syntax::SymbolTable& symbols();  // one for all sessions
  struct State;
  State& state();  // the checker's own

 private:
  std::unique_ptr<State> state_;
};

// Finds the package that `path` names; null: there is none, which the checker reports.
using Importer = std::function<Package*(std::string_view path)>;

struct CheckConfig {
  Session& session;
  Importer importer;
  syntax::Reporter report;
  std::string_view goVersion;    // "go1.N" of the module; empty: the newest
  bool ignoreFuncBodies = false; // declarations only
  bool allowBodyless = false;    // functions without body are the runtime's (library packages)
  // To write positions in other packages' files inside messages; null: only the package's own are written.
  const syntax::FileSet* fileSet = nullptr;
};

struct CheckedPackage {
  Package* package;
  std::span<syntax::File* const> files;
  Info info;
};

// Checks one package, the files of which must have been parsed with session.symbols() into one id space. Reports every
// fault; the result is complete where it could be.
std::unique_ptr<CheckedPackage> checkPackage(const CheckConfig& config, std::string_view path,
                                             std::span<syntax::File* const> files, uint32_t exprCount);

// ------------------------------------------------------------------------------- questions the IR builder asks

// The field or method that x.name means for an x of type `type`; object null when there is none.
struct LookupResult {
  Object* object;
  std::vector<int> path;
  bool indirect;
};
LookupResult lookupFieldOrMethod(Session& session, Type* type, bool addressable, Package* package, Symbol name);

// The method set of a type that is not an interface, promoted methods included, sorted as allMethods() sorts.
std::vector<Selection> methodSet(Session& session, Type* type);

// `type` with each of `params` replaced by the argument of the same index; the type itself when nothing changes.
Type* substitute(Session& session, Type* type, std::span<TypeParam* const> params, std::span<Type* const> args);

// An instance of a generic type; the same object for identical arguments within a session.
Named* instantiate(Session& session, Named* generic, std::span<Type* const> args);

// Predeclared types.
Type* basicType(BasicKind kind);
Type* runeType();   // alias-free int32
Type* anyType();

}  // namespace millrace::types
