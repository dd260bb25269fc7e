// Finds statements whose value can stay on WebAssembly's stack until the one place that reads it.
#pragma once

#include <vector>

#include "wasm/ir/graph.h"
#include "wasm/ir/ir.h"

namespace millrace::emit {

// How often each local is read and set in the blocks that can be reached.
struct LocalCounts {
  std::vector<uint32_t> reads, sets;
};
LocalCounts countLocals(const ir::Function& function, const ir::Graph& graph);

// For each local: the statement that sets it, if that is to be written in place of the one read of the local; else
// null. Such a statement is left out where it stands. Only statements right before the one that reads take part, so
// nothing is moved across an effect; calls with one result are among them, which the IR cannot say.
std::vector<const ir::Stmt*> stackify(const ir::Function& function, const ir::Graph& graph, size_t parameters,
                                      const LocalCounts& counts);

}  // namespace millrace::emit
