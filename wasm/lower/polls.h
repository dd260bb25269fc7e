// Where a running goroutine looks whether it is wanted: at loops and at the entry of recursive functions.
#pragma once

#include <vector>

#include "wasm/ir/graph.h"
#include "wasm/lower/calls.h"
#include "wasm/lower/editor.h"

namespace millrace::lower {

// By loop of `graph`: every loop is polled but an innermost counted one that calls nothing. A poll there costs 3 to 4
// times the loop; on the loop around it 1.1 to 1.4 times.
std::vector<bool> loopsToPoll(const Function& function, const ir::Graph& graph);

// Where the polls of a function were put.
struct Polls {
  // In loops in which nothing else parks, on the way back: blocks that only call and then jump to the loop's head.
  std::vector<BlockId> latches;
  // In the others at the head, which has no statements and branches to its second target if wanted.
  std::vector<BlockId> heads;
};

// Inserts the polls of loops. Graph and decision become stale.
Polls insertLoopPolls(Editor& editor, const ir::Graph& graph, const std::vector<bool>& loops, const Calls& calls);

// The poll of a recursive function: `place`, which has no statements, branches to `body`, or to `wanted` which calls.
// It stands where the function begins, or behind the conditions under which nothing in it parks, as recursion leads
// through calls that may: so what ends the recursion does not pay.
struct EntryPoll {
  BlockId place = kNone, body = kNone, wanted = kNone;
};
// `beginning` as Editor::makeBeginning gives it. Something in the function must park.
EntryPoll insertEntryPoll(Editor& editor, const Calls& calls, BlockId beginning);

// The poll's word, not 0 if the goroutine is wanted.
Expr* pollWord(ir::Make& make);

}  // namespace millrace::lower
