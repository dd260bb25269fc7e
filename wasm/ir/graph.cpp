// Reverse postorder, dominators by Semi-NCA (Georgiadis), natural loops from the inside out.
#include "wasm/ir/graph.h"

#include <algorithm>

#include "wasm/ir/walk.h"

namespace millrace::ir {

Graph::Graph(const Function& function) {
  orderBlocks(function);
  findDominators();
  findLoops();
}

void Graph::orderBlocks(const Function& function) {
  size_t count = function.blocks.size();
  place.assign(count, kNone);
  preorderNumber_.assign(count, kNone);
  // Last targets are gone into first: what is finished first comes last in the order.
  struct Frame {
    BlockId block;
    uint32_t next;  // successors before this index are still to be visited
  };
  auto successorCount = [&](BlockId block) {
    return static_cast<uint32_t>(function.blocks[block].terminator.targets.size()) +
           (block == 0 && function.handler != kNone ? 1 : 0);
  };
  std::vector<Frame> stack;
  auto enter = [&](BlockId block, uint32_t parent) {
    preorderNumber_[block] = static_cast<uint32_t>(preorder_.size());
    preorder_.push_back(block);
    preorderParent_.push_back(parent);
    stack.push_back({block, successorCount(block)});
  };
  firstPredecessor_.assign(count + 1, 0);
  enter(0, 0);
  while (!stack.empty()) {
    Frame& frame = stack.back();
    if (frame.next == 0) {
      order.push_back(frame.block);
      stack.pop_back();
      continue;
    }
    frame.next--;
    auto targets = function.blocks[frame.block].terminator.targets;
    BlockId to = frame.next < targets.size() ? targets[frame.next] : function.handler;
    firstPredecessor_[to + 1]++;
    if (preorderNumber_[to] == kNone) enter(to, preorderNumber_[frame.block]);
  }
  std::reverse(order.begin(), order.end());
  for (uint32_t i = 0; i < order.size(); i++) place[order[i]] = i;

  for (size_t i = 0; i < count; i++) firstPredecessor_[i + 1] += firstPredecessor_[i];
  predecessors_.resize(firstPredecessor_[count]);
  std::vector<uint32_t> fill(firstPredecessor_.begin(), firstPredecessor_.end() - 1);
  for (BlockId block : order) {
    forEachSuccessor(function, block, [&](BlockId to) { predecessors_[fill[to]++] = block; });
  }
}

void Graph::findDominators() {
  // All by preorder number. label[v]: the vertex of least semidominator on the path from v up to, not including, the
  // root of v's tree in the forest of vertices processed so far; ancestor[v] < limit: v is a root.
  uint32_t count = static_cast<uint32_t>(preorder_.size());
  std::vector<uint32_t> semi(count), label(count), ancestor(preorderParent_), idom(preorderParent_), path;
  for (uint32_t v = 0; v < count; v++) semi[v] = label[v] = v;
  auto evaluate = [&](uint32_t v, uint32_t limit) {  // vertices numbered from `limit` on have been linked
    if (v < limit) return v;
    path.clear();
    for (uint32_t u = v; ancestor[u] >= limit; u = ancestor[u]) path.push_back(u);
    for (size_t i = path.size(); i-- > 0;) {  // compress, from the top down
      uint32_t u = path[i], above = ancestor[u];
      if (semi[label[above]] < semi[label[u]]) label[u] = label[above];
      ancestor[u] = ancestor[above];
    }
    return label[v];
  };
  for (uint32_t w = count; w-- > 1;) {
    semi[w] = preorderParent_[w];
    for (BlockId p : predecessors(preorder_[w])) {
      semi[w] = std::min(semi[w], semi[evaluate(preorderNumber_[p], w + 1)]);
    }
  }
  dominator.assign(place.size(), kNone);
  for (uint32_t w = 1; w < count; w++) {
    while (idom[w] > semi[w]) idom[w] = idom[idom[w]];
    dominator[preorder_[w]] = preorder_[idom[w]];
  }

  size_.assign(place.size(), 0);
  number_.assign(place.size(), kNone);
  for (size_t i = order.size(); i-- > 0;) {
    BlockId block = order[i];
    size_[block]++;
    if (i > 0) size_[dominator[block]] += size_[block];
  }
  std::vector<uint32_t> next(place.size());
  for (size_t i = 0; i < order.size(); i++) {
    BlockId block = order[i];
    uint32_t number = 0;
    if (i > 0) {
      number = next[dominator[block]];
      next[dominator[block]] += size_[block];
    }
    number_[block] = number;
    next[block] = number + 1;
  }
}

void Graph::findLoops() {
  loopOf.assign(place.size(), kNone);
  std::vector<uint32_t> outermost;  // by loop: a loop around it that was found so far; shortened as it is followed
  auto outermostOf = [&](uint32_t loop) {
    while (outermost[loop] != loop) loop = outermost[loop] = outermost[outermost[loop]];
    return loop;
  };
  std::vector<BlockId> work;
  for (size_t i = order.size(); i-- > 0;) {  // inner heads come later in the order than outer ones
    BlockId head = order[i];
    work.clear();
    for (BlockId p : predecessors(head)) {
      if (place[p] < i) continue;
      if (dominates(head, p)) {
        work.push_back(p);
      } else {
        reducible = false;
      }
    }
    if (work.empty()) continue;
    auto loop = static_cast<uint32_t>(loops.size());
    loops.push_back({head, kNone, 0});
    outermost.push_back(loop);
    if (loopOf[head] == kNone) loopOf[head] = loop;
    while (!work.empty()) {
      BlockId block = work.back();
      work.pop_back();
      if (loopOf[block] == kNone) {
        loopOf[block] = loop;
      } else {
        uint32_t inner = outermostOf(loopOf[block]);
        if (inner == loop) continue;
        loops[inner].parent = outermost[inner] = loop;
        block = loops[inner].head;
      }
      for (BlockId p : predecessors(block)) {
        // In an irreducible graph a way back can miss the head: what the head does not dominate is not in its loop.
        if (block != head && dominates(head, p)) work.push_back(p);
      }
    }
  }
  for (size_t i = loops.size(); i-- > 0;)
    loops[i].depth = loops[i].parent == kNone ? 1 : loops[loops[i].parent].depth + 1;
}

bool Graph::within(uint32_t inner, uint32_t outer) const {
  if (outer == kNone) return true;
  while (inner != kNone && loops[inner].depth > loops[outer].depth) inner = loops[inner].parent;
  return inner == outer;
}

}  // namespace millrace::ir
