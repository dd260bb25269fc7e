// What the checker knows about an expression while it works on it.
#pragma once

#include "wasm/types/info.h"
#include "wasm/types/message.h"

namespace millrace::types {

struct Operand {
  Mode mode = Mode::None;  // None: invalid, and reported
  BuiltinId builtin{};
  syntax::Expr* expr = nullptr;
  Type* type = nullptr;
  const Constant* value = nullptr;

  bool valid() const { return mode != Mode::None; }
  bool isConstant() const { return mode == Mode::Constant; }
  bool isNil() const { return mode == Mode::NilValue; }
  void invalidate() { mode = Mode::None; }
};

}  // namespace millrace::types
