// Objects that are needed only where a branch goes one way are made there: the closure of a sync.Once.Do, say, only the
// first time.
#pragma once

#include "wasm/lower/editor.h"

namespace millrace::lower {

// Near linear in the function's size. Blocks and edges stay as they are.
void sinkObjects(Function& function);

}  // namespace millrace::lower
