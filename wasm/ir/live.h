// Where locals are live: by walking back from their uses to what set them, for 64 locals at a time. Linear in the total
// length of all lives counted in blocks; a set of all locals for every block would be quadratic.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "wasm/ir/graph.h"
#include "wasm/ir/ir.h"

namespace millrace::ir {

// Positions in a function: the blocks follow each other as in Graph::order; a statement or terminator takes two
// numbers, one for what it reads and one for what it sets. 0 is the function's entry, where parameters are set.
//
// Which edges a local is live along: those of the graph, but an edge that `resumes` only if the local is kept in
// frames. A local that is live where the handler begins is live everywhere, as calls everywhere may lead there.
class Liveness {
 public:
  // Called with a block, a local, and the locals that are live at the block's end: bit i is local `first` + i. Once or
  // not at all for every block and `first`.
  using LiveAtEnd = std::function<void(BlockId block, LocalId first, uint64_t locals)>;

  // `parameters`: how many of the function's locals are.
  Liveness(const Function& function, const Graph& graph, size_t parameters, const LiveAtEnd& liveAtEnd = nullptr);

  // From first to last position at which the local must not be overwritten. first > last: it is neither read nor set.
  struct Range {
    uint32_t first = ~0u, last = 0;
    bool empty() const { return first > last; }
  };
  const Range& range(LocalId local) const { return ranges_[local]; }
  // Keeps the local from being overwritten at one position more.
  void extend(LocalId local, uint32_t position);

  uint32_t positionOf(BlockId block, size_t statement) const {
    return begin_[graph_.place[block]] + 2 * static_cast<uint32_t>(statement);
  }

 private:
  // All reads and sets of a local in one block.
  struct Touch {
    LocalId local;
    uint32_t place;        // of the block
    uint32_t first, last;  // positions
    bool exposed;          // read before it is set
    bool sets;
  };
  void collect(const Function& function);

  const Graph& graph_;
  std::vector<uint32_t> begin_;  // by place: position of the block's first statement
  std::vector<uint32_t> end_;    // of its terminator
  std::vector<Touch> touches_;   // by local
  std::vector<uint32_t> firstTouch_;
  std::vector<Range> ranges_;
};

// Lets locals share: for each local the one that is used in its place, itself or another of the same type and with a
// range apart from its own. Only locals marked in `candidates` take part; parameters stay themselves.
std::vector<LocalId> shareLocals(const Function& function, const Liveness& liveness,
                                 const std::vector<bool>& candidates);

// Replaces every mention of a local by replacement[local].
void replaceLocals(Function& function, std::span<const LocalId> replacement);

}  // namespace millrace::ir
