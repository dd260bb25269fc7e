// Puts the bodies of small functions in the place of calls.
#pragma once

#include "wasm/ir/ir.h"

namespace millrace::lower {

// Small functions called directly, innermost first, and one level of small functions that call themselves. What was put
// in says so (Stmt::inlined), for traces. All functions must have been simplified, and are afterwards.
void inlineCalls(ir::Module& module);

}  // namespace millrace::lower
