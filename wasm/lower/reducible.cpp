// A cycle that is entered at blocks a, b, c gets a new head that dispatches: whoever went to b, from inside or outside,
// now notes the number of b in a local and goes to the head. What remains inside, without the head, is looked at again.
//
// Splitting nodes instead (copying the cycle once per entry) can grow code exponentially, and the cost here, a switch
// per turn of such a loop, is paid only by functions that jump into loops.
#include "wasm/lower/reducible.h"

#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/ir/graph.h"
#include "wasm/lower/components.h"

namespace millrace::lower {
namespace {

class Reducer {
 public:
  Reducer(Editor& editor, const ir::Graph& graph) : editor_(editor), graph_(graph) {}

  void run() {
    regions_.push_back(graph_.order);
    while (!regions_.empty()) {
      std::vector<BlockId> region = std::move(regions_.back());
      regions_.pop_back();
      components_.resize(editor_.function().blocks.size());
      std::vector<std::vector<BlockId>> cycles;
      components_.find(
          region, [&](BlockId block) { return editor_.block(block).terminator.targets; },
          [&](std::vector<BlockId> members, bool cyclic) {
            if (cyclic) cycles.push_back(std::move(members));
          });
      for (auto& cycle : cycles) giveHead(std::move(cycle));
    }
  }

 private:
  // Makes sure that the cycle has one entry and puts what is inside aside for another look.
  void giveHead(std::vector<BlockId> cycle) {
    Function& function = editor_.function();
    inside_.resize(function.blocks.size());
    for (BlockId block : cycle) inside_[block] = true;
    // The edges as they were at first serve: those redirected since lead from a head outside, and did before.
    std::vector<BlockId> entries;
    for (BlockId block : cycle) {
      auto from = graph_.predecessors(block);
      if (std::any_of(from.begin(), from.end(), [&](BlockId p) { return !inside_[p]; })) entries.push_back(block);
    }
    ENSURE(!entries.empty());
    BlockId head = entries[0];
    if (entries.size() > 1) {
      LocalId which = editor_.newLocal(ValueType::I32);
      head = editor_.newBlock();
      std::sort(entries.begin(), entries.end());
      // Blocks that note the entry and go to the head: some for edges from outside and others for edges from inside, or
      // they would be ways in themselves.
      std::vector<BlockId> stubs[2];
      for (auto& list : stubs) {
        for (size_t i = 0; i < entries.size(); i++) {
          list.push_back(editor_.newBlock());
          editor_.set(list[i], which, editor_.make().i32(static_cast<int32_t>(i)));
          editor_.jump(list[i], head);
        }
      }
      auto redirect = [&](BlockId& to, bool fromInside) {
        auto at = std::lower_bound(entries.begin(), entries.end(), to);
        if (at != entries.end() && *at == to) to = stubs[fromInside][static_cast<size_t>(at - entries.begin())];
      };
      for (BlockId block = 0; block < head; block++) {
        for (BlockId& to : editor_.block(block).terminator.targets) redirect(to, inside_[block]);
      }
      if (function.handler != kNone) redirect(function.handler, false);
      editor_.switchOn(head, which, entries);
    }
    for (BlockId block : cycle) inside_[block] = false;
    cycle.erase(std::remove(cycle.begin(), cycle.end(), head), cycle.end());
    regions_.push_back(std::move(cycle));
  }

  Editor& editor_;
  const ir::Graph& graph_;
  std::vector<std::vector<BlockId>> regions_;
  Components components_;
  std::vector<bool> inside_;
};

}  // namespace

void makeReducible(Editor& editor) {
  ir::Graph graph(editor.function());
  if (graph.reducible) return;
  Reducer(editor, graph).run();
  ENSURE(ir::Graph(editor.function()).reducible);
}

}  // namespace millrace::lower
