// Which functions of a module can be called at all.
#pragma once

#include <vector>

#include "wasm/ir/ir.h"

namespace millrace::ir {

// By function: is it in the table, exported, or called by one that can be called? Others (those inlined everywhere, say) need not
// be lowered or emitted.
std::vector<bool> reachedFunctions(const Module& module);

}  // namespace millrace::ir
