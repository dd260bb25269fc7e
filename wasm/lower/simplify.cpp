// Over a function go:
//
//  1. The graph: branches that are decided become jumps, jumps to empty blocks go on to where these lead, a block with
//     one way out to a block with one way in takes that one over.
//  2. What is known where: see propagate.cpp.
//  3. Sets of locals that nobody reads.
#include "wasm/lower/simplify.h"

#include <algorithm>

#include "wasm/ir/graph.h"
#include "wasm/ir/walk.h"
#include "wasm/lower/propagate.h"

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
  propagate(editor);
  GraphSimplifier(editor).run();  // constants may have decided branches
  dropDeadSets(editor.function());
}

}  // namespace millrace::lower
