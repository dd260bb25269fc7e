// What is known where: constants, copies, bounds, conditions that hold. Replaces and drops what follows from it.
#pragma once

#include "wasm/lower/editor.h"

namespace millrace::lower {

// Near linear in the function's size. Terminators may become decided; the graph is left as it is.
void propagate(Editor& editor);

}  // namespace millrace::lower
