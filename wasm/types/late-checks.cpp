// What Go's compiler checks only in packages that are well typed.
#include <algorithm>

#include "wasm/syntax/literal.h"
#include "wasm/types/checker.h"

namespace millrace::types {

using namespace syntax;

namespace {

// Looks for an interface literal that contains itself: interface{ m() interface{T} } for `type T` that is this
// interface.
class AnonymousCycles {
 public:
  bool visitMethods(Interface* interface) {
    TypeSet* set = typeSetOf(interface);
    return std::any_of(set->methods.begin(), set->methods.end(), [this](Func* method) { return visit(method->type); });
  }

  void forgive() {
    for (auto& [interface, cyclic] : cyclic_) cyclic = false;
  }

 private:
  bool visitVars(std::span<Var*> vars) {
    return std::any_of(vars.begin(), vars.end(), [this](Var* var) { return visit(var->type); });
  }

  bool visit(Type* type) {
    type = unalias(type);
    if (type == nullptr) return false;
    switch (type->kind) {
      case TypeKind::Pointer: return visit(static_cast<Pointer*>(type)->base);
      case TypeKind::Slice: return visit(static_cast<Slice*>(type)->element);
      case TypeKind::Array: return visit(static_cast<Array*>(type)->element);
      case TypeKind::Chan: return visit(static_cast<Chan*>(type)->element);
      case TypeKind::Map: return visit(static_cast<Map*>(type)->key) || visit(static_cast<Map*>(type)->value);
      case TypeKind::Struct: return visitVars(static_cast<Struct*>(type)->fields);
      case TypeKind::Signature:
        return visitVars(static_cast<Signature*>(type)->params->vars) ||
               visitVars(static_cast<Signature*>(type)->results->vars);
      case TypeKind::Interface: {
        auto* interface = static_cast<Interface*>(type);
        if (interface->explicitMethods.empty() && interface->embeddeds.empty()) return false;
        auto [known, isNew] = cyclic_.emplace(interface, true);
        if (!isNew) return known->second;
        if (visitMethods(interface)) return true;
        cyclic_[interface] = false;
        return false;
      }
      default: return false;  // declared types end a cycle
    }
  }

  std::unordered_map<Interface*, bool> cyclic_;
};

}  // namespace

void Checker::lateChecks() {
  AnonymousCycles cycles;
  std::sort(interfaceLiterals_.begin(), interfaceLiterals_.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  for (auto [interface, pos] : interfaceLiterals_) {
    if (!cycles.visitMethods(interface)) continue;
    error(pos, {"invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)"},
          Stage::Cycles);
    cycles.forgive();
  }
  for (const File* file : files_) checkLinknames(file);
  for (Object* object : objects_) {
    if (auto* function = as<Func>(object)) checkPragmas(function->decl);
  }
  checkSizes();
  for (Object* object : objects_) {
    if (auto* function = as<Func>(object)) checkHostSignature(function);
  }
}

void Checker::checkLinknames(const File* file) {
  const auto importsUnsafe = [](const Decl* decl) {
    auto* import = as<const ImportDecl>(decl);
    return import != nullptr && import->path != nullptr && stringLiteralValue(import->path->text) == "unsafe";
  };
  const bool allowed = std::any_of(file->declarations.begin(), file->declarations.end(), importsUnsafe);
  for (const Linkname& linkname : file->linknames) {
    const auto fault = [&](Pieces pieces) { error(linkname.pos, pieces, Stage::Declarations); };
    Object* object = package_->scope->lookup(universe_.symbols.intern(linkname.local));
    if (!allowed) {
      fault({"//go:linkname only allowed in Go files that import \"unsafe\""});
    } else if (linkname.target.find('[') != linkname.target.npos && linkname.target.find(']') != linkname.target.npos) {
      fault({"//go:linkname reference of an instantiation is not allowed"});
    } else if (as<Func>(object) == nullptr && as<Var>(object) == nullptr) {
      if (allowsVersion({18})) fault({"//go:linkname must refer to declared function or variable"});
    } else if (!linknamed_.insert(object).second) {
      fault({"duplicate //go:linkname for ", linkname.local});
    }
  }
}

void Checker::checkPragmas(const FuncDecl* decl) {
  const auto fault = [&](Pieces pieces) { error(decl->pos, pieces, Stage::Declarations); };
  const bool imported = (decl->pragmas & kPragmaWasmImport) != 0;
  if (decl->body == nullptr) {
    bool elsewhere = config_.allowBodyless || imported || (decl->pragmas & kPragmaLinkname) != 0;
    if (!elsewhere) fault({"missing function body"});
    return;
  }
  if ((decl->pragmas & kPragmaNoEscape) != 0) {
    fault({"can only use //go:noescape with external func implementations"});
  }
  if (imported) fault({"can only use //go:wasmimport with external func implementations"});
}

}  // namespace millrace::types
