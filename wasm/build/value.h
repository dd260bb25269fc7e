// Values while code is being built: what an expression came to, and where assignments go.
#pragma once

#include <span>

#include "wasm/ir/ir.h"
#include "wasm/types/type.h"

namespace millrace::build {

// Leaves in registers, or the address of an object in memory (see layout.h). The trees may load from memory when they are
// evaluated; a value that must not see later stores is put into locals first (FunctionBuilder::settle).
struct Value {
  types::Type* type = nullptr;
  std::span<ir::Expr*> leaves;  // in registers
  ir::Expr* address = nullptr;  // in memory: a trivial expression
  uint32_t offset = 0;

  bool inMemory() const { return address != nullptr; }
};

// An address in Go memory: a trivial expression and a constant.
struct Pointer {
  ir::Expr* base;
  uint32_t offset;
};

// Something that can be assigned to.
struct Place {
  enum Kind : uint8_t {
    Blank,      // _
    Registers,  // a variable in locals, or leaves of one: consecutive from `local`
    Memory,     // at `pointer`
    MapElement, // map[key]: assigned by the runtime when the value is there
  };
  Kind kind = Blank;
  types::Type* type = nullptr;
  ir::LocalId local = ir::kNone;
  Pointer pointer = {};
  Value map = {}, key = {};  // MapElement; settled
};

}  // namespace millrace::build
