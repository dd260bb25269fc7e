// Liveness by walking back, and sharing of locals by linear scan over the ranges.
#include "wasm/ir/live.h"

#include <algorithm>
#include <queue>

#include "wasm/ir/walk.h"

namespace millrace::ir {

Liveness::Liveness(const Function& function, const Graph& graph, size_t parameters)
    : function_(function), graph_(graph), parameters_(parameters) {
  collect();
  ranges_.resize(function.locals.size());
  inHandler_.resize(function.locals.size());
  sets_.assign(function.blocks.size(), kNone);
  liveAtEnd_.assign(function.blocks.size(), kNone);
  liveAtBegin_.assign(function.blocks.size(), kNone);
}

void Liveness::collect() {
  size_t locals = function_.locals.size();
  std::vector<Touch> found;
  std::vector<uint32_t> latest(locals, kNone);  // index in `found` of the local's touch in the block at hand
  uint32_t position = 1;
  for (BlockId block : graph_.order) {
    begin_.push_back(position);
    auto firstOfBlock = static_cast<uint32_t>(found.size());
    auto touch = [&](LocalId local, bool isSet) {
      uint32_t& at = latest[local];
      if (at == kNone || at < firstOfBlock) {
        at = static_cast<uint32_t>(found.size());
        found.push_back({local, block, position, position, !isSet, false});
      }
      found[at].last = position;
      found[at].sets |= isSet;
    };
    const Block& b = function_.blocks[block];
    for (const Stmt& statement : b.statements) {
      forEachUse(statement, [&](LocalId local) { touch(local, false); });
      position++;
      forEachSet(statement, [&](LocalId& local) { touch(local, true); });
      position++;
    }
    end_.push_back(position);
    forEachUse(b.terminator, [&](LocalId local) { touch(local, false); });
    position += 2;
  }
  // Sort by local, counting.
  firstTouch_.assign(locals + 1, 0);
  for (const Touch& touch : found) firstTouch_[touch.local + 1]++;
  for (size_t i = 0; i < locals; i++) firstTouch_[i + 1] += firstTouch_[i];
  std::vector<uint32_t> fill(firstTouch_.begin(), firstTouch_.end() - 1);
  touches_.resize(found.size());
  for (const Touch& touch : found) touches_[fill[touch.local]++] = touch;
}

void Liveness::extend(LocalId local, uint32_t position) {
  Range& range = ranges_[local];
  range.first = std::min(range.first, position);
  range.last = std::max(range.last, position);
}

std::span<const BlockId> Liveness::liveAtEnd(LocalId local) {
  atEnd_.clear();
  work_.clear();
  auto extend = [&](uint32_t position) { this->extend(local, position); };
  std::span<const Touch> touches{touches_.data() + firstTouch_[local], firstTouch_[local + 1] - firstTouch_[local]};
  if (touches.empty()) return {};
  if (local < parameters_) extend(0);
  for (const Touch& touch : touches) {
    extend(touch.first);
    extend(touch.last);
    if (touch.sets) sets_[touch.block] = local;
    if (touch.exposed) {
      liveAtBegin_[touch.block] = local;
      work_.push_back(touch.block);
    }
  }
  while (!work_.empty()) {
    BlockId block = work_.back();
    work_.pop_back();
    if (block == function_.handler) inHandler_[local] = true;
    if (block == 0) extend(0);
    extend(begin_[graph_.place[block]]);
    for (BlockId p : graph_.predecessors(block)) {
      if (liveAtEnd_[p] == local) continue;
      if (function_.blocks[p].terminator.resumes && !function_.locals[local].inFrame) continue;
      liveAtEnd_[p] = local;
      atEnd_.push_back(p);
      extend(end_[graph_.place[p]]);
      if (sets_[p] == local || liveAtBegin_[p] == local) continue;
      liveAtBegin_[p] = local;
      work_.push_back(p);
    }
  }
  if (inHandler_[local]) {
    extend(0);
    extend(end_.back());
    return graph_.order;
  }
  return atEnd_;
}

std::vector<LocalId> shareLocals(const Function& function, const Liveness& liveness,
                                 const std::vector<bool>& candidates) {
  std::vector<LocalId> result(function.locals.size()), inOrder;
  for (LocalId local = 0; local < result.size(); local++) {
    result[local] = local;
    if (candidates[local] && !liveness.range(local).empty()) inOrder.push_back(local);
  }
  // Parameters come first, as their ranges begin at 0 and their numbers are the lowest.
  std::stable_sort(inOrder.begin(), inOrder.end(),
                   [&](LocalId a, LocalId b) { return liveness.range(a).first < liveness.range(b).first; });
  // Per type: the slots in use by where their present owner's range ends, and those that are free, lowest first. A slot
  // is named by the first local in it.
  using Busy = std::pair<uint32_t, LocalId>;
  std::priority_queue<Busy, std::vector<Busy>, std::greater<>> busy[4];
  std::priority_queue<LocalId, std::vector<LocalId>, std::greater<>> free[4];
  for (LocalId local : inOrder) {
    auto type = static_cast<size_t>(function.locals[local].type);
    auto range = liveness.range(local);
    while (!busy[type].empty() && busy[type].top().first < range.first) {
      free[type].push(busy[type].top().second);
      busy[type].pop();
    }
    LocalId slot = local;
    if (!free[type].empty()) {
      slot = free[type].top();
      free[type].pop();
    }
    result[local] = slot;
    busy[type].push({range.last, slot});
  }
  return result;
}

void replaceLocals(Function& function, std::span<const LocalId> replacement) {
  auto inExpr = [&](Expr*& root) {
    forEachNode(root, [&](Expr*& e) {
      if (e->kind == ExprKind::Local) e->offset = replacement[e->offset];
    });
  };
  for (Block& block : function.blocks) {
    for (Stmt& statement : block.statements) {
      forEachOperand(statement, inExpr);
      forEachSet(statement, [&](LocalId& local) { local = replacement[local]; });
    }
    forEachOperand(block.terminator, inExpr);
  }
}

}  // namespace millrace::ir
