// How deep functions recurse: what a frame is charged, and the resumers by which a deep stack is taken up part by part.
// The scheme stands at abi::kStackDepth.
#pragma once

#include <vector>

#include "wasm/lower/calls.h"
#include "wasm/lower/editor.h"
#include "wasm/lower/lower.h"

namespace millrace::lower {

// What suspension knows of a function's frames on the engine's stack.
struct FrameUse {
  uint32_t bytes = 0;            // of one frame, rather too many
  std::vector<Expr*> charges;    // constants in the function that are to become its charge; none: it does not count
};

// By function: what it uses, and the functions that it calls, directly or through the table.
void fillInCharges(const Module& module, const Calls& calls, const std::vector<FrameUse>& uses);

// The resumer for functions of that signature; made when it is asked for first.
class Resumers {
 public:
  explicit Resumers(Module& module) : module_(module) {}
  FunctionId of(uint32_t signature);

 private:
  FunctionId make(uint32_t signature);

  Module& module_;
  std::vector<FunctionId> made_;  // by signature
};

}  // namespace millrace::lower
