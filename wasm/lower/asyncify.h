// How to run Binaryen's pass on what was lowered with Suspension::Asyncify and emitted.
#pragma once

#include <string>

#include "wasm/ir/ir.h"

namespace millrace::lower {

// Arguments for wasm-opt (version 132): features, the pass, and which imports may park. Calls through the table are
// taken to park unless told otherwise. The module that comes out imports the two globals from "env" instead of "rt".
std::string asyncifyArguments(const ir::Module& module);

}  // namespace millrace::lower
