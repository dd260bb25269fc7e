// Looking at all sets of a local.
#include "wasm/lower/induction.h"

#include <algorithm>

#include "wasm/ir/walk.h"
#include "wasm/lower/conditions.h"

namespace millrace::lower {

using ir::BlockId;
using ir::Expr;
using ir::ExprKind;
using ir::Graph;
using ir::kNone;
using ir::LocalId;
using ir::Op;
using ir::Stmt;
using ir::StmtKind;
using ir::ValueType;

namespace {

constexpr int kLongestWay = 64;  // blocks between a step and the comparison that allows it

bool isStep(const Stmt& s) {
  const Expr* e = s.value;
  return s.kind == StmtKind::Set && e->kind == ExprKind::Binary && (e->op == Op::I32Add || e->op == Op::I64Add) &&
         e->a->kind == ExprKind::Local && e->a->offset == s.local && e->b->kind == ExprKind::Const && e->b->bits == 1;
}

bool isBeginning(const Stmt& s) {
  if (s.kind != StmtKind::Set || s.value->kind != ExprKind::Const) return false;
  if (s.value->type == ValueType::I32) return static_cast<int32_t>(s.value->bits) >= 0;
  return s.value->type == ValueType::I64 && static_cast<int64_t>(s.value->bits) >= 0;
}

class Finder {
 public:
  Finder(const ir::Function& function, const Graph& graph, const Versions& versions)
      : function_(function), graph_(graph), versions_(versions), counters_(function.locals.size()) {}

  std::vector<Counter> run(size_t parameters) {
    // 0: not looked at, 1: may be one, 2: is none
    std::vector<uint8_t> state(function_.locals.size(), 0);
    for (size_t local = 0; local < parameters; local++) state[local] = 2;
    std::vector<std::pair<BlockId, const Stmt*>> steps;
    for (BlockId block : graph_.order) {
      for (const Stmt& s : function_.blocks[block].statements) {
        ir::forEachSet(s, [&](LocalId& local) {
          if (state[local] == 2) return;
          state[local] = 1;
          if (isStep(s)) return steps.push_back({block, &s});
          if (!isBeginning(s)) state[local] = 2;
          else begin(local, block, static_cast<int64_t>(s.value->bits));
        });
      }
    }
    for (auto [block, s] : steps) {
      if (state[s->local] == 1 && !staysBelow(block, *s)) state[s->local] = 2;
    }
    for (LocalId local = 0; local < counters_.size(); local++) {
      if (state[local] != 1 || counters_[local].beginning == kNone) counters_[local] = {};
    }
    return std::move(counters_);
  }

 private:
  void begin(LocalId local, BlockId block, int64_t at) {
    Counter& counter = counters_[local];
    if (counter.beginning == kNone) counter = {at, block};
    counter.least = std::min(counter.least, at);
  }

  bool setsIn(BlockId block, LocalId local) const {
    auto sets = versions_.setsOf(local);
    return std::find(sets.begin(), sets.end(), block) != sets.end();
  }

  // Is the local less than something wherever `step` in `block` comes to be done?
  bool staysBelow(BlockId block, const Stmt& step) const {
    auto sets = versions_.setsOf(step.local);
    if (sets.size() > 8 || std::count(sets.begin(), sets.end(), block) != 1) return false;
    BlockId at = block;
    for (int i = 0; i < kLongestWay; i++) {
      BlockId above = graph_.dominator[at];
      if (above == kNone) return false;
      auto changed = versions_.changedAt(at);
      if (versions_.isOpaque(at)) return false;
      if (std::find(changed.begin(), changed.end(), step.local) != changed.end()) return false;
      if (graph_.predecessors(at).size() == 1) {
        EdgeCondition edge = edgeCondition(function_, above, at);
        if (edge.value != nullptr) {
          Condition c = conditionOf(edge.value, edge.isNotZero);
          if (c.isLessThan(true) && c.holds && c.a->kind == ExprKind::Local && c.a->offset == step.local) return true;
        }
      }
      if (setsIn(above, step.local)) return false;
      at = above;
    }
    return false;
  }

  const ir::Function& function_;
  const Graph& graph_;
  const Versions& versions_;
  std::vector<Counter> counters_;
};

}  // namespace

std::vector<Counter> findCounters(const ir::Function& function, const Graph& graph, const Versions& versions,
                                  size_t parameters) {
  return Finder(function, graph, versions).run(parameters);
}

}  // namespace millrace::lower
