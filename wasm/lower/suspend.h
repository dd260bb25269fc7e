// Writes suspension into one function: see suspend.cpp.
#pragma once

#include <vector>

#include "wasm/lower/calls.h"
#include "wasm/lower/depth.h"
#include "wasm/lower/editor.h"
#include "wasm/lower/lower.h"
#include "wasm/lower/polls.h"

namespace millrace::lower {

// Makes every call in `function` that may park a site, and appends the sites to `sites`; the first number of all is
// `firstSite`. The loops' polls have been inserted; the one at the entry is inserted here, and with it the function
// counts. Blocks that cannot be reached must be empty. `use` is told what its frames cost.
void suspend(Editor& editor, FunctionId function, const Calls& calls, const Polls& polls, uint32_t firstSite,
             std::vector<Site>& sites, FrameUse& use);

}  // namespace millrace::lower
