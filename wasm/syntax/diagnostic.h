// What the compiler has to say about the user's source: a place, and a message in Go's words.
#pragma once

#include <functional>
#include <string>

#include "wasm/syntax/source.h"

namespace millrace::syntax {

struct Diagnostic {
  Pos begin;            // where Go's compiler puts it: line and column are compared with the reference's
  Pos end;              // where an editor's mark ends; unknown: the mark is the token at `begin`
  std::string message;  // without position; further lines start with a tab
  bool soft = false;    // the tree is well typed all the same (an unused variable): silenced when there are others
};

// Called once for every fault, in the order they are found; the driver sorts and drops repeats on one line.
using Reporter = std::function<void(Diagnostic)>;

}  // namespace millrace::syntax
