// The collector's write barrier: before pointers in memory are overwritten, it is told.
#pragma once

#include "wasm/lower/calls.h"
#include "wasm/lower/editor.h"

namespace millrace::lower {

// Puts a Guard before every statement marked `pointers` that needs one.
void insertBarriers(Editor& editor, const Calls& calls);

}  // namespace millrace::lower
