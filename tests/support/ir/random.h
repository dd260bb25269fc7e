// Random IR programs: graphs of any shape, reducible or not, with loops, switches, calls of all kinds, checks, atomics
// and handlers. They always end: every block costs fuel, which is a word in memory.
#pragma once

#include "wasm/ir/ir.h"

namespace millrace::test {

struct RandomOptions {
  uint32_t seed;
  uint32_t functions = 6;
  uint32_t blocks = 8;  // at most, per function, before what loops and checks add
};

// Function 0 is `main`, without parameters and with one i64 result; it is the first in the table. The same options make
// the same module.
void randomModule(const RandomOptions& options, ir::Module& module);

// Where the programs keep their fuel, and the memory they read and write.
inline constexpr uint32_t kFuelAddress = 4000, kDataBegin = 4096, kDataEnd = 8192;

}  // namespace millrace::test
