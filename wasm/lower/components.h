// Strongly connected components: of call graphs, and of parts of a function's graph.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace millrace::lower {

// Tarjan's algorithm on nodes 0 … count-1, without recursion. Can be asked again and again about parts of the same
// nodes at a cost that follows the part's size.
class Components {
 public:
  // There may be more nodes than before.
  void resize(size_t count) { states_.resize(count); }

  // Calls found(members, cyclic) for every component of the graph that `nodes` and the edges among them make, after
  // those it leads to. edges(node) is a range with size() and []. cyclic: there is a way from a member back to it.
  template <typename Edges, typename Found>
  void find(std::span<const uint32_t> nodes, Edges edges, Found found) {
    round_++;
    uint32_t counter = 0;
    for (uint32_t node : nodes) states_[node] = {round_, kNew, 0, false};
    auto enter = [&](uint32_t node) {
      states_[node] = {round_, counter, counter, true};
      counter++;
      path_.push_back(node);
      stack_.push_back({node, 0});
    };
    for (uint32_t root : nodes) {
      if (states_[root].index != kNew) continue;
      enter(root);
      while (!stack_.empty()) {
        uint32_t node = stack_.back().node;
        State& state = states_[node];
        const auto& targets = edges(node);
        if (stack_.back().next < targets.size()) {
          uint32_t to = targets[stack_.back().next++];
          if (states_[to].round != round_) continue;
          if (states_[to].index == kNew) {
            enter(to);
          } else if (states_[to].open) {
            state.low = std::min(state.low, states_[to].index);
          }
          continue;
        }
        stack_.pop_back();
        if (!stack_.empty()) states_[stack_.back().node].low = std::min(states_[stack_.back().node].low, state.low);
        if (state.low != state.index) continue;
        size_t from = path_.size();
        while (path_[--from] != node) {
        }
        std::vector<uint32_t> members(path_.begin() + static_cast<std::ptrdiff_t>(from), path_.end());
        path_.resize(from);
        for (uint32_t member : members) states_[member].open = false;
        bool cyclic = members.size() > 1 || std::find(targets.begin(), targets.end(), node) != targets.end();
        found(std::move(members), cyclic);
      }
    }
  }

 private:
  static constexpr uint32_t kNew = ~0u;
  struct State {
    uint32_t round = 0, index = 0, low = 0;
    bool open = false;
  };
  struct Frame {
    uint32_t node;
    size_t next;
  };
  std::vector<State> states_;
  std::vector<Frame> stack_;
  std::vector<uint32_t> path_;
  uint32_t round_ = 0;
};

}  // namespace millrace::lower
