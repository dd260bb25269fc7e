// A cycle that is entered at blocks a, b, c gets a new head that dispatches: whoever went to b, from inside or outside,
// now notes the number of b in a local and goes to the head. What remains inside, without the head, is looked at again.
//
// Splitting nodes instead (copying the cycle once per entry) can grow code exponentially, and the cost here, a switch
// per turn of such a loop, is paid only by functions that jump into loops.
#include "wasm/lower/reducible.h"

#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/ir/graph.h"

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
      for (auto& cycle : cyclesOf(region)) giveHead(std::move(cycle));
    }
  }

 private:
  // The strongly connected components of the blocks in `region` that hold a cycle; edges that leave it do not count.
  std::vector<std::vector<BlockId>> cyclesOf(const std::vector<BlockId>& region) {
    size_t blocks = editor_.function().blocks.size();
    region_.resize(blocks), index_.resize(blocks), low_.resize(blocks), open_.resize(blocks);
    round_++;
    for (BlockId block : region) region_[block] = round_, index_[block] = kNone;
    std::vector<std::vector<BlockId>> cycles;
    struct Frame {
      BlockId block;
      size_t next;
    };
    std::vector<Frame> stack;
    std::vector<BlockId> path;
    uint32_t counter = 0;
    auto enter = [&](BlockId block) {
      index_[block] = low_[block] = counter++;
      open_[block] = true;
      path.push_back(block);
      stack.push_back({block, 0});
    };
    for (BlockId root : region) {
      if (index_[root] != kNone) continue;
      enter(root);
      while (!stack.empty()) {
        BlockId block = stack.back().block;
        auto targets = editor_.block(block).terminator.targets;
        if (stack.back().next < targets.size()) {
          BlockId to = targets[stack.back().next++];
          if (region_[to] != round_) continue;
          if (index_[to] == kNone) {
            enter(to);
          } else if (open_[to]) {
            low_[block] = std::min(low_[block], index_[to]);
          }
          continue;
        }
        stack.pop_back();
        if (!stack.empty()) low_[stack.back().block] = std::min(low_[stack.back().block], low_[block]);
        if (low_[block] != index_[block]) continue;
        auto from = std::find(path.rbegin(), path.rend(), block).base() - 1;
        std::vector<BlockId> component(from, path.end());
        path.erase(from, path.end());
        for (BlockId member : component) open_[member] = false;
        bool cyclic = component.size() > 1;
        for (BlockId to : targets) cyclic |= to == block;
        if (cyclic) cycles.push_back(std::move(component));
      }
    }
    return cycles;
  }

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
      editor_.switchOn(head, editor_.get(which), entries);
    }
    for (BlockId block : cycle) inside_[block] = false;
    cycle.erase(std::remove(cycle.begin(), cycle.end(), head), cycle.end());
    regions_.push_back(std::move(cycle));
  }

  Editor& editor_;
  const ir::Graph& graph_;
  std::vector<std::vector<BlockId>> regions_;
  uint32_t round_ = 0;
  std::vector<uint32_t> region_, index_, low_;
  std::vector<bool> open_, inside_;
};

}  // namespace

void makeReducible(Editor& editor) {
  ir::Graph graph(editor.function());
  if (graph.reducible) return;
  Reducer(editor, graph).run();
  ENSURE(ir::Graph(editor.function()).reducible);
}

}  // namespace millrace::lower
