// The order in which package-level variables are initialised.
//
// The rule (spec: Package initialization): again and again, the variable that is declared first among those that depend
// on no uninitialised one. A variable depends on those that its initialiser mentions, and on those that functions
// mentioned there depend on.
//
// The graph has a node for each variable, constant and function, and an edge to each object it mentions. Functions that
// call each other in a circle count as one: their strongly connected component. Then every node is done when all it
// depends on is done; functions at once, variables in turn, the first declared first. That takes time linear in the
// graph, where replacing each function by edges around it (as Go's compiler does) may take cubic time.
//
// What is left when nothing can be done any more lies on a cycle through a variable, or depends on one. Only then is
// the graph without functions built, of what is left, to report what Go reports: its algorithm takes the object with
// the fewest open dependencies, and reports a cycle if that has any left.
#include <algorithm>
#include <queue>

#include "wasm/types/checker.h"

namespace millrace::types {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

struct Node {
  Object* object;
  std::vector<uint32_t> uses;  // indices of nodes
};

// Strongly connected components of functions (Tarjan's algorithm, with a stack of our own): for each node, a number of
// its component. Other nodes are alone in theirs.
class Components {
 public:
  explicit Components(const std::vector<Node>& nodes)
      : nodes_(nodes), of(nodes.size(), kNone), order_(nodes.size()), low_(nodes.size()) {
    for (uint32_t i = 0; i < nodes.size(); i++) {
      if (order_[i] == 0) visit(i);
    }
  }

  uint32_t count = 0;

 private:
  struct Frame {
    uint32_t node;
    size_t next;
  };

  bool isFunction(uint32_t node) const { return nodes_[node].object->kind == ObjectKind::Func; }

  void enter(uint32_t node) {
    order_[node] = low_[node] = ++time_;
    open_.push_back(node);
    frames_.push_back({node, 0});
  }

  void visit(uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      uint32_t node = frame.node;
      const std::vector<uint32_t>& uses = nodes_[node].uses;
      if (isFunction(node) && frame.next < uses.size()) {
        uint32_t used = uses[frame.next++];
        if (!isFunction(used)) continue;
        if (order_[used] == 0) {
          enter(used);
        } else if (of[used] == kNone) {
          low_[node] = std::min(low_[node], order_[used]);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
      if (low_[node] != order_[node]) continue;
      uint32_t member;
      do {
        member = open_.back();
        open_.pop_back();
        of[member] = count;
      } while (member != node);
      count++;
    }
  }

  const std::vector<Node>& nodes_;

 public:
  std::vector<uint32_t> of;

 private:
  std::vector<uint32_t> order_, low_, open_;
  std::vector<Frame> frames_;
  uint32_t time_ = 0;
};

bool mayDepend(const Object* object) {
  return object->kind == ObjectKind::Var || object->kind == ObjectKind::Const || object->kind == ObjectKind::Func;
}

// Go's algorithm, to find and report cycles among nodes that are left over.
class CycleFinder {
 public:
  CycleFinder(const std::vector<Node>& nodes, const std::vector<bool>& left) : nodes_(nodes), left_(left) {}

  // Calls report(path) for each cycle, in Go's order; the path runs against the direction of dependencies.
  template <typename Report>
  void run(Report report) {
    // What each object that is no function depends on, through functions. Quadratic, but only in the faulty part.
    std::vector<uint32_t> open;
    for (uint32_t i = 0; i < nodes_.size(); i++) {
      if (left_[i] && nodes_[i].object->kind != ObjectKind::Func) open.push_back(i);
    }
    constexpr size_t kMost = 2000;  // of a program with more, some cycles are enough
    if (open.size() > kMost) open.resize(kMost);
    std::vector<size_t> dependencies(nodes_.size());
    std::vector<std::vector<uint32_t>> users(nodes_.size());
    for (uint32_t node : open) {
      for (uint32_t used : reachable(node)) {
        dependencies[node]++;
        users[used].push_back(node);
      }
    }
    while (!open.empty()) {
      auto first = std::min_element(open.begin(), open.end(), [&](uint32_t a, uint32_t b) {
        bool aConst = nodes_[a].object->kind == ObjectKind::Const, bConst = nodes_[b].object->kind == ObjectKind::Const;
        if (aConst != bConst) return aConst;
        if (dependencies[a] != dependencies[b]) return dependencies[a] < dependencies[b];
        return nodes_[a].object->order < nodes_[b].object->order;
      });
      uint32_t node = *first;
      open.erase(first);
      if (dependencies[node] > 0) {
        std::vector<Object*> path = findPath(node);
        if (!path.empty()) report(path);
      }
      for (uint32_t user : users[node]) dependencies[user]--;
    }
  }

 private:
  std::vector<uint32_t> reachable(uint32_t from) const {
    std::vector<uint32_t> result, pending = {from};
    std::vector<bool> seen(nodes_.size());
    while (!pending.empty()) {
      uint32_t node = pending.back();
      pending.pop_back();
      for (uint32_t used : nodes_[node].uses) {
        if (seen[used] || !left_[used]) continue;
        seen[used] = true;
        if (nodes_[used].object->kind == ObjectKind::Func) {
          pending.push_back(used);
        } else {
          result.push_back(used);
        }
      }
    }
    return result;
  }

  // A path from the node back to itself, depth first in the order of declaration; last step first.
  std::vector<Object*> findPath(uint32_t to) const {
    struct Frame {
      uint32_t node;
      size_t next;
    };
    std::vector<bool> seen(nodes_.size());
    std::vector<Frame> frames = {{to, 0}};
    seen[to] = true;
    while (!frames.empty()) {
      Frame& frame = frames.back();
      const std::vector<uint32_t>& uses = nodes_[frame.node].uses;
      if (frame.next == uses.size()) {
        frames.pop_back();
        continue;
      }
      uint32_t used = uses[frame.next++];
      if (used == to) {
        std::vector<Object*> path = {nodes_[to].object};
        for (size_t i = frames.size(); i-- > 1;) path.push_back(nodes_[frames[i].node].object);
        return path;
      }
      if (seen[used]) continue;
      seen[used] = true;
      frames.push_back({used, 0});
    }
    return {};
  }

  const std::vector<Node>& nodes_;
  const std::vector<bool>& left_;
};

}  // namespace

void Checker::findInitOrder() {
  std::vector<Node> nodes;
  std::unordered_map<const Object*, uint32_t> indices;
  for (Object* object : objects_) {
    if (!mayDepend(object)) continue;
    indices.emplace(object, static_cast<uint32_t>(nodes.size()));
    nodes.push_back({object, {}});
  }
  for (Node& node : nodes) {
    for (Object* used : node.object->declaration->dependencies) {
      auto found = indices.find(used);
      if (found != indices.end()) node.uses.push_back(found->second);
    }
    std::sort(node.uses.begin(), node.uses.end());
    node.uses.erase(std::unique(node.uses.begin(), node.uses.end()), node.uses.end());
  }

  Components components(nodes);
  std::vector<std::vector<uint32_t>> members(components.count), users(components.count);
  std::vector<size_t> open(components.count);  // components that one still waits for, counted with repetition
  for (uint32_t i = 0; i < nodes.size(); i++) {
    uint32_t own = components.of[i];
    members[own].push_back(i);
    for (uint32_t used : nodes[i].uses) {
      uint32_t other = components.of[used];
      bool itself = other == own && nodes[i].object->kind == ObjectKind::Func;
      if (itself) continue;
      open[own]++;
      users[other].push_back(own);
    }
  }

  std::vector<uint32_t> functions;  // components of functions that are done
  // Constants first, then variables, each by order of declaration.
  auto later = [&nodes](uint32_t a, uint32_t b) {
    bool aConst = nodes[a].object->kind == ObjectKind::Const, bConst = nodes[b].object->kind == ObjectKind::Const;
    return aConst != bConst ? bConst : nodes[a].object->order > nodes[b].object->order;
  };
  std::priority_queue<uint32_t, std::vector<uint32_t>, decltype(later)> ready(later);
  auto release = [&](uint32_t component) {
    uint32_t node = members[component][0];
    if (nodes[node].object->kind == ObjectKind::Func) {
      functions.push_back(component);
    } else {
      ready.push(node);
    }
  };
  for (uint32_t c = 0; c < components.count; c++) {
    if (open[c] == 0) release(c);
  }
  std::unordered_map<const Declaration*, bool> emitted;
  std::vector<bool> left(nodes.size(), true);
  while (!functions.empty() || !ready.empty()) {
    uint32_t component;
    if (!functions.empty()) {
      component = functions.back();
      functions.pop_back();
    } else {
      uint32_t node = ready.top();
      ready.pop();
      component = components.of[node];
      auto* var = as<Var>(nodes[node].object);
      Declaration* declaration = nodes[node].object->declaration;
      if (var != nullptr && declaration->hasInitializer() && emitted.emplace(declaration, true).second) {
        Var* only[] = {var};
        std::span<Var*> lhs = declaration->lhs.empty() ? arena_.copy(std::span<Var* const>(only)) : declaration->lhs;
        info_.initOrder.push_back({lhs, declaration->init});
      }
    }
    for (uint32_t node : members[component]) left[node] = false;
    for (uint32_t user : users[component]) {
      if (--open[user] == 0) release(user);
    }
  }
  if (std::none_of(left.begin(), left.end(), [](bool l) { return l; })) return;
  CycleFinder(nodes, left).run([this](const std::vector<Object*>& path) {
    Object* object = path[0];
    if (path.size() == 1) return error(object, {"initialization cycle: ", object->name, " refers to itself"});
    Report cycle = newReport();
    cycle.add(object, {"initialization cycle for ", object->name});
    for (size_t i = path.size(); i-- > 0;) {
      cycle.add(object, {object->name, " refers to ", path[i]->name});
      object = path[i];
    }
    report(cycle);
  });
}

}  // namespace millrace::types
