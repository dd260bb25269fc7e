// Go's goto can make loops with several ways in; all that comes after wants loops with one.
#pragma once

#include "wasm/lower/editor.h"

namespace millrace::lower {

// Afterwards ir::Graph::reducible holds.
void makeReducible(Editor& editor);

}  // namespace millrace::lower
