// The instructions' names, for people and tests, and how wide they access memory.
#pragma once

#include <string_view>

#include "wasm/ir/opcodes.h"

namespace millrace::ir {

std::string_view opName(Op op);     // as in WebAssembly's text format: "i32.add"
Op opNamed(std::string_view name);  // Op::None: there is none
// Loads, stores and atomics: the binary logarithm of the bytes accessed, which is also the natural alignment.
uint32_t accessLog2(Op op);

}  // namespace millrace::ir
