// Makes a module's functions suspendable: decides which may park, inserts polls, and writes out suspension in
// Asyncify's protocol as ordinary blocks, so that what is emitted afterwards needs to know nothing of it.
#pragma once

#include <set>
#include <vector>

#include "runtime/abi/layout.h"
#include "wasm/ir/ir.h"

namespace millrace::lower {

enum class Suspension : uint8_t {
  Lowered,   // our own: what ships
  Asyncify,  // left to Binaryen's pass, run on the emitted module afterwards: the cross-check in tests
};

struct Options {
  Suspension suspension = Suspension::Lowered;
  bool polls = true;        // at loop back-edges and entries of recursive functions
  bool simplify = true;     // off: the reference in tests
  bool barriers = true;     // before what is marked as overwriting pointers
  bool inlineCalls = true;  // small functions, and one level of small recursive ones; only what is simplified
  uint32_t firstSite = 0;   // number of the first site (after those of linked modules)
  // No other module puts functions in the table: a call through it is known to reach only the functions of its
  // signature that this module puts there, and need not be taken to park if none of these can.
  bool wholeProgram = false;
  // With wholeProgram: that holds but for linked modules whose functions in the table are known. Signatures of those that may
  // park; they may call back any function in the table.
  std::set<ir::SignatureType> linkedParking;
};

// A place at which a goroutine's frame can lie in memory: what SiteRecord will say of it.
struct Site {
  uint32_t frameBytes;
  ir::FunctionId function;
  syntax::Pos pos;
  uint32_t inlined;  // as ir::Stmt::inlined
  // For functions that count, else 0: what SiteRecord says of the same names.
  uint32_t resumer = 0, code = 0, returned = 0;
  uint32_t live = 0;  // as SiteRecord::live
};

// Rewrites every function of `module` in place, and adds resumers. Returns the sites, numbered from options.firstSite.
std::vector<Site> lower(ir::Module& module, const Options& options);

}  // namespace millrace::lower
