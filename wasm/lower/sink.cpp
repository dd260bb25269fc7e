// The making of an object goes along with the stores that fill it, past whatever stands between: nobody else knows the
// object yet, so none can tell when it was made. What is stored must be the same there: constants and locals that are not
// set in between. Blocks are visited before those that they lead to, so an object goes through several branches; from the
// last statement to the first, so that what only an object points to follows it.
#include "wasm/lower/sink.h"

#include <algorithm>

#include "wasm/ir/graph.h"
#include "wasm/ir/walk.h"

namespace millrace::lower {
namespace {

using ir::ExprKind;

bool makesObject(const Stmt& s) {
  if (s.kind != StmtKind::Call || s.call->callee != ir::CalleeKind::Entry) return false;
  if (s.call->entry != abi::Entry::newObject && s.call->entry != abi::Entry::newArray) return false;
  return s.call->results[0] != kNone &&
         std::all_of(s.call->arguments.begin(), s.call->arguments.end(),
                     [](const Expr* argument) { return argument->kind == ExprKind::Const; });
}

class Sinker {
 public:
  explicit Sinker(Function& function)
      : function_(function), graph_(function), mentions_(function.locals.size()) {
    for (BlockId block : graph_.order) {
      for (const Stmt& s : function_.blocks[block].statements) {
        forEachMention(s, [&](LocalId local) { mentions_[local].push_back(block); });
      }
      ir::forEachUse(function_.blocks[block].terminator, [&](LocalId local) { mentions_[local].push_back(block); });
    }
  }

  void run() {
    for (BlockId block : graph_.order) {
      if (function_.blocks[block].terminator.targets.size() < 2) continue;
      for (size_t i = function_.blocks[block].statements.size(); i-- > 0;) {
        if (makesObject(function_.blocks[block].statements[i])) sink(block, i);
      }
    }
  }

 private:
  template <typename Visit>
  static void forEachMention(const Stmt& s, Visit visit) {
    ir::forEachUse(s, visit);
    ir::forEachSet(s, visit);
  }

  // A store into the object whose value is not read from memory.
  static bool fills(const Stmt& s, LocalId object) {
    if (s.kind != StmtKind::Store) return false;
    const Expr* filled = ir::objectOf(s.address);
    if (filled->kind != ExprKind::Local || filled->offset != object) return false;
    bool isPlain = s.address == filled || (s.address->a == filled && s.address->b->kind == ExprKind::Const);
    ir::forEachNode(static_cast<const Expr*>(s.value), [&](const Expr* e) {
      bool isKnown = e->kind == ExprKind::Const || e->kind == ExprKind::Local || e->kind == ExprKind::Unary ||
                     e->kind == ExprKind::Binary || e->kind == ExprKind::Select;
      isPlain = isPlain && isKnown && !(e->kind == ExprKind::Local && e->offset == object);
    });
    return isPlain;
  }

  // The successor that alone needs the local, which is made in `block`; kNone: there is no such.
  BlockId onlyUser(BlockId block, LocalId local) const {
    for (BlockId to : function_.blocks[block].terminator.targets) {
      if (to == function_.handler || graph_.predecessors(to).size() != 1) continue;
      bool isOnly = std::all_of(mentions_[local].begin(), mentions_[local].end(),
                                [&](BlockId at) { return at == block || graph_.dominates(to, at); });
      if (isOnly) return to;
    }
    return kNone;
  }

  void sink(BlockId block, size_t first) {
    auto& statements = function_.blocks[block].statements;
    LocalId object = statements[first].call->results[0];
    std::vector<size_t> moving = {first};
    std::vector<LocalId> read;  // by the stores that move
    for (size_t i = first + 1; i < statements.size(); i++) {
      const Stmt& s = statements[i];
      if (fills(s, object)) {
        moving.push_back(i);
        ir::forEachUse(s, [&](LocalId local) { read.push_back(local); });
        continue;
      }
      bool isInTheWay = false;
      ir::forEachUse(s, [&](LocalId local) { isInTheWay |= local == object; });
      ir::forEachSet(s, [&](LocalId local) {
        isInTheWay |= local == object || std::find(read.begin(), read.end(), local) != read.end();
      });
      if (isInTheWay) return;
    }
    bool isTested = false;
    ir::forEachUse(function_.blocks[block].terminator, [&](LocalId local) { isTested |= local == object; });
    BlockId to = isTested ? kNone : onlyUser(block, object);
    if (to == kNone) return;

    std::vector<Stmt> moved;
    for (size_t i : moving) {
      moved.push_back(statements[i]);
      forEachMention(statements[i], [&](LocalId local) {
        auto& blocks = mentions_[local];
        *std::find(blocks.begin(), blocks.end(), block) = to;
      });
    }
    for (size_t i = moving.size(); i-- > 0;) statements.erase(statements.begin() + static_cast<std::ptrdiff_t>(moving[i]));
    auto& there = function_.blocks[to].statements;
    there.insert(there.begin(), moved.begin(), moved.end());
  }

  Function& function_;
  ir::Graph graph_;
  std::vector<std::vector<BlockId>> mentions_;  // by local: the blocks that read or set it, once for each time
};

}  // namespace

void sinkObjects(Function& function) {
  bool makesAny = std::any_of(function.blocks.begin(), function.blocks.end(), [](const Block& block) {
    return block.terminator.targets.size() > 1 && std::any_of(block.statements.begin(), block.statements.end(), makesObject);
  });
  if (makesAny) Sinker(function).run();
}

}  // namespace millrace::lower
