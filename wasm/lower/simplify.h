// Clean-ups that pay: dead ends in the graph, copies, constants, what is never read, checks made before.
#pragma once

#include "wasm/lower/editor.h"

namespace millrace::lower {

// Near linear in the function's size. The entry must be isolated and the graph reducible; both stay so. Blocks that
// cannot be reached are left empty.
void simplify(Editor& editor);

}  // namespace millrace::lower
