// The shape of a function's graph: an order of its blocks, who dominates whom, and its loops.
#pragma once

#include <span>
#include <vector>

#include "wasm/ir/ir.h"

namespace millrace::ir {

// A snapshot: changing the function's blocks makes it stale. All is computed in time near linear in blocks and edges,
// without recursion.
class Graph {
 public:
  explicit Graph(const Function& function);

  // Reverse postorder of the blocks that can be reached: every edge but those of loops leads forward. Of a terminator's
  // targets the first comes earliest, so the last target of a branch is the one for what seldom happens.
  std::vector<BlockId> order;
  // A block's place in `order`; kNone: cannot be reached.
  std::vector<uint32_t> place;
  // The immediate dominator; kNone for the entry and what cannot be reached.
  std::vector<BlockId> dominator;

  struct Loop {
    BlockId head;
    uint32_t parent;  // the loop around it, or kNone
    uint32_t depth;   // 1: outermost
  };
  std::vector<Loop> loops;       // inner before outer
  std::vector<uint32_t> loopOf;  // by block, the innermost loop it is in, or kNone
  // Does every cycle have a single block through which it is entered? If not, `loops` lacks those that do not.
  bool reducible = true;

  bool reached(BlockId block) const { return place[block] != kNone; }
  bool dominates(BlockId a, BlockId b) const { return number_[b] - number_[a] < size_[a]; }
  bool isLoopHead(BlockId block) const { return loopOf[block] != kNone && loops[loopOf[block]].head == block; }
  // Is loop `inner` the loop `outer` or inside of it? kNone as `outer` is the whole function.
  bool within(uint32_t inner, uint32_t outer) const;
  // Blocks with an edge to `block`, as often as there are edges. Those that cannot be reached are left out.
  std::span<const BlockId> predecessors(BlockId block) const {
    return {predecessors_.data() + firstPredecessor_[block], firstPredecessor_[block + 1] - firstPredecessor_[block]};
  }

 private:
  void orderBlocks(const Function& function);
  void findDominators();
  void findLoops();

  std::vector<BlockId> preorder_;
  std::vector<uint32_t> preorderNumber_, preorderParent_;  // by block; by number
  std::vector<uint32_t> firstPredecessor_;
  std::vector<BlockId> predecessors_;
  std::vector<uint32_t> number_, size_;  // preorder number in the dominator tree, and size of the subtree
};

}  // namespace millrace::ir
