// From a lowered module to the bytes of a WebAssembly module.
#pragma once

#include <cstdint>
#include <vector>

#include "wasm/ir/ir.h"

namespace millrace::emit {

struct Options {
  bool sharedMemory = true;  // how the imported memory is declared
  uint32_t memoryPages = 0;  // initial size declared for the import, in 64 KiB
  uint32_t memoryMaximumPages = 65536;
  bool nameSection = false;  // function names: for looking inside, and for Binaryen's pass by name
};

// Where a call or check stands in the module's bytes: for traces made from an engine's stack.
struct CodePosition {
  uint32_t offset;  // from the start of the module, of the instruction
  ir::FunctionId function;
  syntax::Pos pos;
  uint32_t inlined;  // as ir::Stmt::inlined
};

struct Output {
  std::vector<uint8_t> bytes;
  std::vector<CodePosition> positions;  // by offset
  // Functions that no engine would take (50,000 locals in use at once, 7,654,321 bytes): they trap when called, so the
  // program is to be refused.
  std::vector<ir::FunctionId> oversized;
};

// Emits `module`. It imports memory ("env" "memory"), the function table ("rt" "__indirect_function_table"), the
// Asyncify globals ("rt" "__asyncify_state", "__asyncify_data"), the worker's address ("env" "worker"), the panic tag
// ("glue" "panic"), and the entry points it uses from "rt". It exports Module::exports, for modules that import them; else all is
// reached through the table, whose entries from Module::tableBase on are set by an element segment. It holds no data. Functions that nothing in the
// table and nothing exported leads to are left out.
Output emit(const ir::Module& module, const Options& options);

}  // namespace millrace::emit
