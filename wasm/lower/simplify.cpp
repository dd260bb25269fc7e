// Over a function go:
//
//  1. The graph: branches that are decided become jumps, jumps to empty blocks go on to where these lead, a block with
//  one
//     way out to a block with one way in takes that one over.
//  2. A walk down the dominator tree that carries what is known: which locals are constants or copies, and which checks
//  have
//     been passed.
//  3. Sets of locals that nobody reads.
//
// What is known of a local holds until it is set again. A local that is set in one place only (a parameter: never) is
// *stable*: the one set dominates whatever is said about it further down, so that holds in all that is dominated. What
// is known of others holds to the end of the block, and on in blocks that can only be come to from there: an *epoch*; a
// block where ways meet begins a new one. Leaving a subtree of the dominator tree forgets what was learnt in it.
#include "wasm/lower/simplify.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "wasm/ir/graph.h"
#include "wasm/ir/walk.h"

namespace millrace::lower {

using ir::ExprKind;

namespace {

// ----------------------------------------------------------------------------------------------------------- graph

class GraphSimplifier {
 public:
  explicit GraphSimplifier(Editor& editor) : editor_(editor), function_(editor.function()) {}

  void run() {
    for (Block& block : function_.blocks) decide(block.terminator);
    skipEmpty();
    for (Block& block : function_.blocks) decide(block.terminator);  // two ways may have become one
    join();
  }

 private:
  void becomeJump(Terminator& t, BlockId to) {
    t.kind = TerminatorKind::Jump;
    t.value = nullptr;
    t.targets = editor_.module().arena.copy(std::span<const BlockId>(&to, 1));
  }

  void decide(Terminator& t) {
    if (t.kind != TerminatorKind::Branch && t.kind != TerminatorKind::Switch) return;
    if (std::all_of(t.targets.begin(), t.targets.end(), [&](BlockId to) { return to == t.targets[0]; })) {
      return becomeJump(t, t.targets[0]);
    }
    if (t.value->kind != ExprKind::Const) return;
    auto value = static_cast<uint32_t>(t.value->bits);
    if (t.kind == TerminatorKind::Branch) return becomeJump(t, t.targets[value != 0 ? 0 : 1]);
    becomeJump(t, t.targets[std::min<size_t>(value, t.targets.size() - 1)]);
  }

  // Where a jump to `block` ends up. Chains are shortened as they are followed.
  BlockId end(BlockId block) {
    BlockId at = block, steps = 0;
    while (leads(at) && steps++ < function_.blocks.size()) at = function_.blocks[at].terminator.targets[0];
    if (steps > function_.blocks.size()) return block;  // for {}
    while (block != at) {
      BlockId& next = function_.blocks[block].terminator.targets[0];
      block = next;
      next = at;
    }
    return at;
  }
  bool leads(BlockId block) const {
    const Block& b = function_.blocks[block];
    return block != 0 && b.statements.empty() && b.terminator.kind == TerminatorKind::Jump;
  }
  void skipEmpty() {
    for (BlockId block = 0; block < function_.blocks.size(); block++) {
      if (leads(block)) continue;
      for (BlockId& to : function_.blocks[block].terminator.targets) to = end(to);
    }
  }

  void join() {
    ir::Graph graph(function_);
    for (BlockId block = 0; block < function_.blocks.size(); block++) {
      if (graph.reached(block)) continue;
      function_.blocks[block] = {};
      function_.blocks[block].terminator.kind = TerminatorKind::Unreachable;
    }
    for (BlockId block : graph.order) {
      if (block == 0 && function_.handler != kNone) continue;
      Block& b = function_.blocks[block];
      while (b.terminator.kind == TerminatorKind::Jump) {
        BlockId next = b.terminator.targets[0];
        if (next == block || next == function_.handler || graph.predecessors(next).size() != 1) break;
        Block& n = function_.blocks[next];
        b.statements.insert(b.statements.end(), n.statements.begin(), n.statements.end());
        b.terminator = n.terminator;
        n = {};
        n.terminator.kind = TerminatorKind::Unreachable;
      }
    }
  }

  Editor& editor_;
  Function& function_;
};

// ------------------------------------------------------------------------------------------------------- knowledge

class Propagator {
 public:
  explicit Propagator(Editor& editor)
      : editor_(editor), function_(editor.function()), graph_(function_), locals_(function_.locals.size()) {
    for (size_t local = 0; local < editor.parameterCount(); local++) locals_[local].sets = 1;  // by the caller
    for (BlockId block : graph_.order) {
      for (const Stmt& s : function_.blocks[block].statements) {
        ir::forEachSet(s, [&](LocalId& local) { locals_[local].sets++; });
      }
    }
    for (LocalId local = 0; local < static_cast<LocalId>(editor.parameterCount()); local++) {
      if (locals_[local].sets == 1) locals_[local].isSet = true;
    }
  }

  void run() {
    // Children in the dominator tree, in order.
    std::vector<BlockId> first(function_.blocks.size(), kNone), next(function_.blocks.size(), kNone);
    for (size_t i = graph_.order.size(); i-- > 1;) {
      BlockId block = graph_.order[i], above = graph_.dominator[block];
      next[block] = first[above];
      first[above] = block;
    }
    struct Frame {
      BlockId block, child;
      size_t undo, passed;
      uint32_t epoch;  // outside
    };
    std::vector<Frame> stack;
    auto enter = [&](BlockId block) {
      stack.push_back({block, first[block], undo_.size(), passed_.size(), epoch_});
      if (graph_.predecessors(block).size() != 1 || block == function_.handler) epoch_ = ++epochs_;
      visit(function_.blocks[block]);
    };
    enter(0);
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.child != kNone) {
        BlockId child = frame.child;
        frame.child = next[child];
        enter(child);
        continue;
      }
      forget(frame.undo, frame.passed);
      epoch_ = frame.epoch;
      stack.pop_back();
    }
  }

 private:
  // What is known of a local.
  struct Local {
    uint32_t sets = 0;
    bool isSet = false;     // stable ones: the set has been passed
    uint32_t version = 0;   // others: counts sets
    Expr* value = nullptr;  // a constant or local that it is a copy of, as of:
    uint32_t epoch = 0, valueVersion = 0;
  };

  bool isStable(LocalId local) const { return locals_[local].sets == 1; }

  void change(LocalId local, const Local& to) {
    undo_.push_back({local, locals_[local]});
    locals_[local] = to;
  }
  void forget(size_t undo, size_t passed) {
    while (undo_.size() > undo) {
      locals_[undo_.back().first] = undo_.back().second;
      undo_.pop_back();
    }
    while (passed_.size() > passed) {
      checks_.erase(*passed_.back());
      passed_.pop_back();
    }
  }

  Expr* knownValue(LocalId id) const {
    const Local& local = locals_[id];
    if (local.value == nullptr) return nullptr;
    bool fixed = isStable(id) && (local.value->kind == ExprKind::Const || isStable(local.value->offset));
    if (fixed) return local.value;
    if (local.epoch != epoch_) return nullptr;
    if (local.value->kind == ExprKind::Local && locals_[local.value->offset].version != local.valueVersion)
      return nullptr;
    return local.value;
  }

  void replaceIn(Expr*& root) {
    bool constants = false;
    ir::forEachNode(root, [&](Expr*& e) {
      if (e->kind != ExprKind::Local) return;
      const Expr* known = knownValue(e->offset);
      if (known == nullptr) return;
      *e = *known;
      constants |= known->kind == ExprKind::Const;
    });
    if (constants) root = fold(root);
  }

  Expr* fold(Expr* e) {
    if (e->a != nullptr) e->a = fold(e->a);
    if (e->b != nullptr) e->b = fold(e->b);
    if (e->c != nullptr) e->c = fold(e->c);
    switch (e->kind) {
      case ExprKind::Unary: return editor_.make().unary(e->op, e->a);
      case ExprKind::Binary: return editor_.make().binary(e->op, e->a, e->b);
      case ExprKind::Select: return editor_.make().select(e->c, e->a, e->b);
      default: return e;
    }
  }

  void noteSet(LocalId id, Expr* value) {
    Local local = locals_[id];
    local.isSet = true;
    local.version = ++versions_;
    local.value = nullptr;
    if (value != nullptr && ir::Make::isTrivial(value) && !(value->kind == ExprKind::Local && value->offset == id)) {
      bool isLocal = value->kind == ExprKind::Local;
      // A stable local that is read before its set is passed is still 0, which must not be taken for the value it gets.
      if (!isLocal || !isStable(value->offset) || locals_[value->offset].isSet) {
        local.value = value;
        local.epoch = epoch_;
        local.valueVersion = isLocal ? locals_[value->offset].version : 0;
      }
    }
    change(id, local);
  }

  void visit(Block& block) {
    size_t kept = 0;
    for (size_t i = 0; i < block.statements.size(); i++) {
      Stmt& s = block.statements[i];
      ir::forEachOperand(s, [&](Expr*& root) { replaceIn(root); });
      if (s.kind == StmtKind::Check && (neverFails(s.value) || wasPassed(s.value))) continue;
      if (s.kind == StmtKind::Set) {
        if (s.value->kind == ExprKind::Local && s.value->offset == s.local) continue;
        noteSet(s.local, s.value);
      } else {
        ir::forEachSet(s, [&](LocalId& local) { noteSet(local, nullptr); });
      }
      if (kept != i) block.statements[kept] = s;
      kept++;
    }
    block.statements.resize(kept);
    ir::forEachOperand(block.terminator, [&](Expr*& root) { replaceIn(root); });
  }

  static bool neverFails(const Expr* condition) { return condition->kind == ExprKind::Const && condition->bits == 0; }

  // Has the same check been passed on every way here, with the same values? If not, it has been from here on.
  bool wasPassed(const Expr* condition) {
    std::u32string key;
    bool pure = true;
    auto add = [&](uint64_t value) {
      key.push_back(static_cast<char32_t>(value));
      key.push_back(static_cast<char32_t>(value >> 32));
    };
    ir::forEachNode(condition, [&](const Expr* e) {
      add(static_cast<uint64_t>(e->kind) << 32 | static_cast<uint64_t>(e->op));
      switch (e->kind) {
        case ExprKind::Const: add(e->bits); break;
        case ExprKind::Local:
          add(e->offset);
          if (isStable(e->offset)) {
            pure &= locals_[e->offset].isSet;
          } else {
            add(static_cast<uint64_t>(locals_[e->offset].version) << 32 | epoch_);
          }
          break;
        case ExprKind::Unary:
        case ExprKind::Binary:
        case ExprKind::Select: break;
        default: pure = false;  // memory may have changed
      }
    });
    if (!pure) return false;
    auto [at, isNew] = checks_.insert(std::move(key));
    if (isNew) passed_.push_back(&*at);
    return !isNew;
  }

  Editor& editor_;
  Function& function_;
  ir::Graph graph_;
  std::vector<Local> locals_;
  uint32_t epoch_ = 0, epochs_ = 0, versions_ = 0;
  std::vector<std::pair<LocalId, Local>> undo_;
  std::unordered_set<std::u32string> checks_;
  std::vector<const std::u32string*> passed_;
};

// ------------------------------------------------------------------------------------------------------- dead sets

void dropDeadSets(Function& function) {
  std::vector<uint32_t> reads(function.locals.size());
  std::vector<std::vector<const Stmt*>> sets(function.locals.size());
  for (Block& block : function.blocks) {
    for (Stmt& s : block.statements) {
      ir::forEachUse(s, [&](LocalId local) { reads[local]++; });
      if (s.kind == StmtKind::Set) sets[s.local].push_back(&s);
    }
    ir::forEachUse(block.terminator, [&](LocalId local) { reads[local]++; });
  }
  std::vector<LocalId> dead;
  for (LocalId local = 0; local < reads.size(); local++) {
    if (reads[local] == 0) dead.push_back(local);
  }
  std::vector<bool> isDead(function.locals.size());
  while (!dead.empty()) {
    LocalId local = dead.back();
    dead.pop_back();
    isDead[local] = true;
    for (const Stmt* s : sets[local]) {
      ir::forEachUse(*s, [&](LocalId used) {
        if (--reads[used] == 0) dead.push_back(used);
      });
    }
  }
  for (Block& block : function.blocks) {
    std::erase_if(block.statements, [&](const Stmt& s) { return s.kind == StmtKind::Set && isDead[s.local]; });
    for (Stmt& s : block.statements) {
      ir::forEachSet(s, [&](LocalId& local) {
        if (isDead[local]) local = kNone;
      });
    }
  }
}

}  // namespace

void simplify(Editor& editor) {
  GraphSimplifier(editor).run();
  Propagator(editor).run();
  GraphSimplifier(editor).run();  // constants may have decided branches
  dropDeadSets(editor.function());
}

}  // namespace millrace::lower
