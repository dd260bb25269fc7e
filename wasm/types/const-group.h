// Constants of one parenthesised group: iota, and expressions that are repeated from above.
#pragma once

#include <span>

#include "wasm/syntax/ast.h"

namespace millrace::types {

// Follows a list of declarations; step() is called for each of them in turn.
class ConstGroup {
 public:
  int64_t iota = 0;
  syntax::Expr *type = nullptr, *values = nullptr;  // the declaration's own or the repeated ones
  bool inherited = false;

  void step(std::span<syntax::Decl* const> decls, size_t index) {
    auto* decl = syntax::as<syntax::ConstDecl>(decls[index]);
    auto* previous = index > 0 ? syntax::as<syntax::ConstDecl>(decls[index - 1]) : nullptr;
    if (decl == nullptr) return;
    if (previous == nullptr || decl->group == nullptr || previous->group != decl->group) {
      first_ = index;
      type = values = nullptr;
      any_ = false;
    }
    iota = static_cast<int64_t>(index - first_);
    bool own = decl->type != nullptr || decl->values != nullptr;
    inherited = !own && any_;
    if (!own) return;
    any_ = true;
    type = decl->type;
    values = decl->values;
  }

 private:
  size_t first_ = 0;
  bool any_ = false;  // there is something to repeat
};

}  // namespace millrace::types
