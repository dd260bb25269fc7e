// Liveness by walking back, and sharing of locals by linear scan over the ranges.
#include "wasm/ir/live.h"

#include <algorithm>
#include <bit>
#include <queue>
#include <utility>

#include "wasm/ir/walk.h"

namespace millrace::ir {

Liveness::Liveness(const Function& function, const Graph& graph, size_t parameters, const LiveAtEnd& liveAtEnd)
    : graph_(graph) {
  collect(function);
  ranges_.resize(function.locals.size());
  for (const Touch& touch : touches_) {
    extend(touch.local, touch.first);
    extend(touch.local, touch.last);
  }
  for (LocalId local = 0; local < parameters; local++) {
    if (!ranges_[local].empty()) extend(local, 0);
  }

  // Everything about blocks is by place from here on.
  size_t blocks = graph.order.size();
  std::vector<uint32_t> firstPredecessor(blocks + 1), predecessors;
  std::vector<bool> resumes(blocks);
  for (size_t i = 0; i < blocks; i++) {
    for (BlockId p : graph.predecessors(graph.order[i])) predecessors.push_back(graph.place[p]);
    firstPredecessor[i + 1] = static_cast<uint32_t>(predecessors.size());
    resumes[i] = function.blocks[graph.order[i]].terminator.resumes;
  }
  struct State {
    LocalId group = kNone;  // whose bits these are
    uint64_t sets = 0, atBegin = 0, atEnd = 0;
    uint64_t pending = 0;  // in atBegin, and not yet passed on to the predecessors
  };
  std::vector<State> states(blocks);
  std::vector<uint32_t> met, work;
  uint32_t handlerPlace = function.handler == kNone ? kNone : graph.place[function.handler];

  for (LocalId group = 0; group < function.locals.size(); group += 64) {
    auto end = std::min<size_t>(group + 64, function.locals.size());
    met.clear();
    auto stateOf = [&](uint32_t place) -> State& {
      State& state = states[place];
      if (state.group != group) {
        state = {};
        state.group = group;
        met.push_back(place);
      }
      return state;
    };
    auto begin = [&](uint32_t place, State& state, uint64_t bits) {
      state.atBegin |= bits;
      if (state.pending == 0) work.push_back(place);
      state.pending |= bits;
    };
    uint64_t inFrame = 0;
    for (uint32_t t = firstTouch_[group]; t < firstTouch_[end]; t++) {
      const Touch& touch = touches_[t];
      State& state = stateOf(touch.place);
      uint64_t bit = uint64_t{1} << (touch.local - group);
      if (touch.sets) state.sets |= bit;
      if (touch.exposed) begin(touch.place, state, bit);
    }
    for (size_t local = group; local < end; local++) {
      if (function.locals[local].inFrame) inFrame |= uint64_t{1} << (local - group);
    }
    while (!work.empty()) {
      uint32_t place = work.back();
      work.pop_back();
      uint64_t bits = std::exchange(states[place].pending, 0);
      for (uint32_t i = firstPredecessor[place]; i < firstPredecessor[place + 1]; i++) {
        uint32_t p = predecessors[i];
        State& state = stateOf(p);
        uint64_t more = (resumes[p] ? bits & inFrame : bits) & ~state.atEnd;
        state.atEnd |= more;
        more &= ~state.sets & ~state.atBegin;
        if (more != 0) begin(p, state, more);
      }
    }

    uint64_t everywhere =
        handlerPlace != kNone && states[handlerPlace].group == group ? states[handlerPlace].atBegin : 0;
    auto forEachBit = [&](uint64_t bits, auto visit) {
      for (; bits != 0; bits &= bits - 1) visit(group + static_cast<LocalId>(std::countr_zero(bits)));
    };
    forEachBit(everywhere, [&](LocalId local) { extend(local, 0), extend(local, end_.back()); });
    std::sort(met.begin(), met.end());
    uint64_t seen = 0;
    for (uint32_t place : met) {
      const State& state = states[place];
      uint32_t position = place == 0 ? 0 : begin_[place];
      forEachBit(state.atBegin & ~seen, [&](LocalId local) { extend(local, position); });
      forEachBit(state.atEnd & ~state.atBegin & ~seen, [&](LocalId local) { extend(local, end_[place]); });
      seen |= state.atBegin | state.atEnd;
    }
    seen = 0;
    for (size_t i = met.size(); i-- > 0;) {
      const State& state = states[met[i]];
      forEachBit(state.atEnd & ~seen, [&](LocalId local) { extend(local, end_[met[i]]); });
      seen |= state.atEnd;
    }
    if (!liveAtEnd) continue;
    for (uint32_t place : met) {
      uint64_t bits = states[place].atEnd & ~everywhere;
      if (bits != 0) liveAtEnd(graph.order[place], group, bits);
    }
    if (everywhere == 0) continue;
    for (BlockId block : graph.order) liveAtEnd(block, group, everywhere);
  }
}

void Liveness::extend(LocalId local, uint32_t position) {
  Range& range = ranges_[local];
  range.first = std::min(range.first, position);
  range.last = std::max(range.last, position);
}

void Liveness::collect(const Function& function) {
  size_t locals = function.locals.size();
  std::vector<Touch> found;
  std::vector<uint32_t> latest(locals, kNone);  // index in `found` of the local's touch in the block at hand
  uint32_t position = 1;
  for (uint32_t place = 0; place < graph_.order.size(); place++) {
    begin_.push_back(position);
    auto firstOfBlock = static_cast<uint32_t>(found.size());
    auto touch = [&](LocalId local, bool isSet) {
      uint32_t& at = latest[local];
      if (at == kNone || at < firstOfBlock) {
        at = static_cast<uint32_t>(found.size());
        found.push_back({local, place, position, position, !isSet, false});
      }
      found[at].last = position;
      found[at].sets |= isSet;
    };
    const Block& b = function.blocks[graph_.order[place]];
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
