// Reads the IR from text, in the form that ir::dump prints, so that tests can be read.
//
//   import other(i64) i64 from lib.other
//   func fib(n i64) i64 [no-inline] {
//     local a i64
//   b0:
//     branch i64.lt_s(%n, 2L) b1 b2
//   ...
//   }
//   table fib other
//
// Every statement's position is the number of its line. Text that is wrong ends the test program.
#pragma once

#include <string_view>

#include "wasm/ir/ir.h"

namespace millrace::test {

void parseIr(std::string_view text, ir::Module& module);

}  // namespace millrace::test
