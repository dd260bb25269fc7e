// Where a local may hold another value than at the end of the block above in the dominator tree, though nothing sets it
// in between: where ways meet on which it was set differently.
#pragma once

#include <span>
#include <vector>

#include "wasm/ir/graph.h"
#include "wasm/ir/ir.h"

namespace millrace::lower {

// For locals with several sets. Between blocks that are not mentioned, a local at the beginning of a block is as it was
// at the end of the block's immediate dominator. The cost is kept near linear: where exactness would cost more, a block
// is `opaque`.
class Versions {
 public:
  // `parameters`: how many of the function's locals are; the caller sets them.
  Versions(const ir::Function& function, const ir::Graph& graph, size_t parameters);

  // At the beginning of this block any local with several sets may have any value.
  bool isOpaque(ir::BlockId block) const { return opaque_[block]; }
  // Which locals may have changed at the beginning of this block.
  std::span<const ir::LocalId> changedAt(ir::BlockId block) const {
    return {changed_.data() + firstChanged_[block], firstChanged_[block + 1] - firstChanged_[block]};
  }
  // May memory have changed at the beginning of this block, by what other ways here do? Loops always change it: what
  // they wait for may come from elsewhere.
  bool memoryChangesAt(ir::BlockId block) const { return memory_[block]; }

  uint32_t setCount(ir::LocalId local) const { return firstSet_[local + 1] - firstSet_[local]; }
  // The blocks in which it is set, as often as it is.
  std::span<const ir::BlockId> setsOf(ir::LocalId local) const {
    return {setBlocks_.data() + firstSet_[local], setCount(local)};
  }

 private:
  void collectSets(const ir::Function& function, const ir::Graph& graph);
  void findFrontiers(const ir::Function& function, const ir::Graph& graph);
  void spread(const ir::Function& function, const ir::Graph& graph, size_t parameters);
  template <typename Note>
  void spreadFrom(Note note);

  std::vector<bool> opaque_, memory_;
  std::vector<uint32_t> firstChanged_;
  std::vector<ir::LocalId> changed_;
  std::vector<uint32_t> firstSet_;  // by local
  std::vector<ir::BlockId> setBlocks_;
  std::vector<uint32_t> firstMeeting_;  // by block: the dominance frontier
  std::vector<ir::BlockId> meetings_;
  std::vector<ir::BlockId> work_;
  std::vector<uint32_t> noted_;  // by block: the last local noted there
  uint32_t stamp_ = 0;
};

}  // namespace millrace::lower
