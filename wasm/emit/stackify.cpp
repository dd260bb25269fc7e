// Statements are matched against the reads of the statement behind them, both from the end: the last read takes the
// last statement before it if that sets what is read, the read before it the next one up, and so on, also within a
// statement taken. So the order in which things are evaluated stays; only a load (or another thing that effects change)
// to the left of the read must not be overtaken by a call that was before it and now comes after.
#include "wasm/emit/stackify.h"

#include "wasm/ir/walk.h"

namespace millrace::emit {

using ir::Block;
using ir::Expr;
using ir::ExprKind;
using ir::kNone;
using ir::LocalId;
using ir::Stmt;
using ir::StmtKind;

LocalCounts countLocals(const ir::Function& function, const ir::Graph& graph) {
  LocalCounts counts;
  counts.reads.resize(function.locals.size());
  counts.sets.resize(function.locals.size());
  for (ir::BlockId id : graph.order) {
    const Block& block = function.blocks[id];
    auto read = [&](LocalId local) { counts.reads[local]++; };
    for (const Stmt& s : block.statements) {
      ir::forEachUse(s, read);
      ir::forEachSet(s, [&](LocalId& local) { counts.sets[local]++; });
    }
    ir::forEachUse(block.terminator, read);
  }
  return counts;
}

namespace {

class Stackifier {
 public:
  Stackifier(const ir::Function& function, size_t parameters, const LocalCounts& counts)
      : function_(function), parameters_(parameters), counts_(counts), result_(function.locals.size()) {}

  void block(const Block& block) {
    statements_ = &block.statements;
    cursor_ = statements_->size();
    // A branch with one target is written without its condition.
    const ir::Terminator& t = block.terminator;
    bool isJump = t.kind == ir::TerminatorKind::Branch && t.targets[0] == t.targets[1];
    if (!isJump) absorb(t, true, 0);
    while (cursor_ > 0) {
      const Stmt& s = (*statements_)[--cursor_];
      if (s.kind == StmtKind::Set && counts_.reads[s.local] == 0) continue;  // will not be written
      absorb(s, true, 0);
    }
  }

  std::vector<const Stmt*> take() { return std::move(result_); }

 private:
  // Statements taken by statements taken: deeper than this, nothing is gained and the call stack suffers.
  static constexpr int kDeepest = 100;

  // Appends the nodes that `owner` evaluates to events_, the last first. Returns how many of them are evaluated only
  // sometimes.
  size_t collect(const Stmt& owner) {
    size_t first = events_.size();
    if (owner.kind != StmtKind::Check && owner.kind != StmtKind::Guard) {
      ir::forEachOperand(owner, [&](Expr*& root) { pending_.push_back(root); });
      return drain(), 0;
    }
    for (Expr* argument : owner.call->arguments) pending_.push_back(argument);
    if (owner.call->tableIndex != nullptr) pending_.push_back(owner.call->tableIndex);
    drain();
    size_t conditional = events_.size() - first;
    pending_.push_back(owner.value);
    return drain(), conditional;
  }
  size_t collect(const ir::Terminator& owner) {
    ir::forEachOperand(owner, [&](Expr*& root) { pending_.push_back(root); });
    return drain(), 0;
  }
  void drain() {
    while (!pending_.empty()) {
      const Expr* e = pending_.back();
      pending_.pop_back();
      events_.push_back(e);
      for (const Expr* operand : {e->a, e->b, e->c}) {
        if (operand != nullptr) pending_.push_back(operand);
      }
    }
  }

  static bool changesWithEffects(const Expr* e) {
    return e->kind == ExprKind::Load || e->kind == ExprKind::Worker || e->kind == ExprKind::SwitchState ||
           e->kind == ExprKind::FrameStack;
  }

  bool setsOnly(const Stmt& s, LocalId local) const {
    if (s.kind == StmtKind::Call) return s.call->results.size() == 1 && s.call->results[0] == local;
    return (s.kind == StmtKind::Set || s.kind == StmtKind::Atomic) && s.local == local;
  }

  // Takes what it can of the statements before cursor_ into `owner`. `effects`: may calls be among them?
  template <typename Owner>
  void absorb(const Owner& owner, bool effects, int depth) {
    size_t first = events_.size();
    size_t conditional = first + collect(owner);
    size_t unstable =
        first;  // behind the last that effects change: what is at `unstable` or later has none to its left
    for (size_t i = first; i < events_.size(); i++) {
      if (changesWithEffects(events_[i])) unstable = i + 1;
    }
    for (size_t i = first; i < events_.size() && cursor_ > 0; i++) {
      if (events_[i]->kind != ExprKind::Local || depth == kDeepest) continue;
      LocalId local = events_[i]->offset;
      const Stmt& s = (*statements_)[cursor_ - 1];
      if (!setsOnly(s, local) || counts_.reads[local] != 1 || counts_.sets[local] != 1) continue;
      if (local < parameters_ || function_.locals[local].inFrame) continue;
      bool mayHaveEffects = effects && i >= conditional && i >= unstable;
      if (s.kind != StmtKind::Set && !mayHaveEffects) continue;
      result_[local] = &s;
      cursor_--;
      absorb(s, mayHaveEffects, depth + 1);
    }
    events_.resize(first);
  }

  const ir::Function& function_;
  size_t parameters_;
  const LocalCounts& counts_;
  std::vector<const Stmt*> result_;
  const std::vector<Stmt>* statements_ = nullptr;
  size_t cursor_ = 0;  // statements before it have not been looked at
  std::vector<const Expr*> events_, pending_;
};

}  // namespace

std::vector<const Stmt*> stackify(const ir::Function& function, const ir::Graph& graph, size_t parameters,
                                  const LocalCounts& counts) {
  Stackifier stackifier(function, parameters, counts);
  for (ir::BlockId block : graph.order) stackifier.block(function.blocks[block]);
  return stackifier.take();
}

}  // namespace millrace::emit
