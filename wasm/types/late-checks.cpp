// What Go's compiler checks only in packages that are well typed.
#include <algorithm>

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
    error(pos, {"invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)"});
    cycles.forgive();
  }
  if (failed_ || config_.allowBodyless) return;
  for (Object* object : objects_) {
    auto* function = as<Func>(object);
    if (function == nullptr || function->decl->body != nullptr) continue;
    if ((function->decl->pragmas & kPragmaLinkname) == 0) error(function->decl->pos, {"missing function body"});
  }
}

}  // namespace millrace::types
