// From a graph of blocks to WebAssembly's nested blocks, loops and ifs: see structure.cpp.
#pragma once

#include <vector>

#include "wasm/ir/graph.h"
#include "wasm/ir/ir.h"

namespace millrace::emit {

// The structure is a tape: what to write, one after the other.
enum class ItemKind : uint8_t {
  Block,  // begins what ends right before `target`
  Loop,   // begins the loop whose head is `target`
  If,     // on the condition of `block`
  Else,
  End,         // of a Block, Loop or If
  Statements,  // of `block`
  Jump,        // to `target`
  JumpIf,      // to `target`, on the condition of `block`
  JumpTable,   // as the switch at the end of `block` says
  Leave,       // `block` ends with a return, rethrow or unreachable
};

struct Item {
  ItemKind kind;
  bool negated;   // If, JumpIf: when the condition does not hold
  bool backward;  // Jump, JumpIf: to the beginning of the loop `target`, not to the end of its Block
  ir::BlockId block, target;
};

// The entry block of a function with a handler is taken to end with a branch: to the handler, else to what it jumps to.
std::vector<Item> structure(const ir::Function& function, const ir::Graph& graph);

// Is the edge the way back of a loop?
inline bool isBackward(const ir::Graph& graph, ir::BlockId from, ir::BlockId to) {
  return graph.place[to] <= graph.place[from];
}

}  // namespace millrace::emit
