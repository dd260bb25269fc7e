// Counters: locals that begin at a constant and only grow, below a bound that was looked at before.
#pragma once

#include <vector>

#include "wasm/ir/graph.h"
#include "wasm/ir/ir.h"
#include "wasm/lower/versions.h"

namespace millrace::lower {

struct Counter {
  int64_t least = -1;                 // what it never falls below, not negative; -1: not a counter
  ir::BlockId beginning = ir::kNone;  // in what this block dominates
};

// By local. Growing by one from below something cannot overflow, so the local stays a number that is not negative.
std::vector<Counter> findCounters(const ir::Function& function, const ir::Graph& graph, const Versions& versions,
                                  size_t parameters);

}  // namespace millrace::lower
