// From one function to the bytes of its body.
#pragma once

#include "wasm/emit/bytes.h"
#include "wasm/emit/emit.h"

namespace millrace::emit {

// Where things are in the emitted module.
struct Indices {
  std::vector<uint32_t> functions;   // by FunctionId
  std::vector<uint32_t> entries;     // by abi::Entry; kNone: not imported
  std::vector<uint32_t> signatures;  // by index in Module::signatures: type index
  uint32_t worker = ir::kNone, switchState = ir::kNone, frameStack = ir::kNone;  // globals
};

// Appends the body's size and the body to `out`, and to `positions` where its calls are, by offset in `out`. False if
// the function is beyond what engines take: then its body only traps.
bool emitFunction(const ir::Module& module, ir::FunctionId id, const Indices& indices, Bytes& out,
                  std::vector<CodePosition>& positions);

}  // namespace millrace::emit
