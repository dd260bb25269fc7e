// Deciding which loops are counted, and inserting polls into those that are not.
#include "wasm/lower/polls.h"

#include <algorithm>
#include <optional>

#include "runtime/abi/layout.h"
#include "wasm/ir/walk.h"

namespace millrace::lower {

using ir::ExprKind;
using ir::Graph;

namespace {

// ---------------------------------------------------------------------------------------------- counted loops

// A loop is counted if on every turn it steps a local by a constant and leaves when a comparison of that local with
// something the loop does not change fails: `for i := 0; i < n; i++`, or a range over a slice. Words in memory do not
// count as unchanged, whoever may write to them: so a loop that waits for another goroutine is polled.
class CountedLoop {
 public:
  CountedLoop(const Function& function, const Graph& graph) : function_(function), graph_(graph) {
    sets_.resize(function.locals.size());
  }

  // `blocks`: all of an innermost loop.
  bool matches(uint32_t loop, std::span<const BlockId> blocks) {
    stamp_++;
    BlockId head = graph_.loops[loop].head;
    latches_.clear();
    for (BlockId p : graph_.predecessors(head)) {
      if (graph_.loopOf[p] == loop) latches_.push_back(p);
    }
    for (BlockId block : blocks) {
      for (const Stmt& s : function_.blocks[block].statements) {
        ir::forEachSet(s, [&](LocalId& local) { noteSet(block, s, local); });
      }
    }
    for (BlockId block : blocks) {
      if (everyTurn(block) && leavesWhenDone(loop, block)) return true;
    }
    return false;
  }

 private:
  // What the loop does to a local.
  struct Sets {
    uint32_t stamp = 0;
    bool stepped = true;     // all sets are steps, in one direction
    bool everyTurn = false;  // one of them is taken on every turn
    bool up = false;
    bool byOne = true;
  };

  bool everyTurn(BlockId block) const {
    for (BlockId latch : latches_) {
      if (!graph_.dominates(block, latch)) return false;
    }
    return true;
  }

  void noteSet(BlockId block, const Stmt& s, LocalId local) {
    Sets& sets = sets_[local];
    bool first = sets.stamp != stamp_;
    if (first) sets = {.stamp = stamp_};
    auto step = s.kind == StmtKind::Set ? stepOf(s.value, local) : std::nullopt;
    if (!step || *step == 0 || (!first && sets.up != (*step > 0))) {
      sets.stepped = false;
      return;
    }
    sets.up = *step > 0;
    sets.byOne &= *step == 1 || *step == -1;
    sets.everyTurn |= everyTurn(block);
  }

  static std::optional<int64_t> stepOf(const Expr* value, LocalId local) {
    if (value->kind != ExprKind::Binary || value->a->kind != ExprKind::Local || value->a->offset != local ||
        value->b->kind != ExprKind::Const) {
      return std::nullopt;
    }
    auto by = static_cast<int64_t>(value->b->bits);
    if (value->type == ValueType::I32) by = static_cast<int32_t>(by);
    if (value->op == Op::I32Add || value->op == Op::I64Add) return by;
    if (value->op == Op::I32Sub || value->op == Op::I64Sub) return -by;
    return std::nullopt;
  }

  bool unchanged(const Expr* e) const {
    bool result = true;
    ir::forEachNode(e, [&](const Expr* node) {
      if (node->kind == ExprKind::Local) result &= sets_[node->offset].stamp != stamp_;
      if (node->kind == ExprKind::Load || node->kind == ExprKind::Worker) result = false;
    });
    return result;
  }

  bool leavesWhenDone(uint32_t loop, BlockId block) const {
    const Terminator& t = function_.blocks[block].terminator;
    if (t.kind != TerminatorKind::Branch) return false;
    bool staysIfTrue = graph_.loopOf[t.targets[0]] == loop, staysIfFalse = graph_.loopOf[t.targets[1]] == loop;
    if (staysIfTrue == staysIfFalse) return false;
    const Expr* condition = t.value;
    bool stays = staysIfTrue;
    while (condition->kind == ExprKind::Unary && condition->op == Op::I32Eqz) condition = condition->a, stays = !stays;
    if (condition->kind != ExprKind::Binary) return false;
    for (bool swapped : {false, true}) {
      const Expr* counter = swapped ? condition->b : condition->a;
      const Expr* bound = swapped ? condition->a : condition->b;
      if (counter->kind != ExprKind::Local || !unchanged(bound)) continue;
      const Sets& sets = sets_[counter->offset];
      if (sets.stamp != stamp_ || !sets.stepped || !sets.everyTurn) continue;
      if (goesTowards(condition->op, stays != swapped, stays, sets, bound)) return true;
    }
    return false;
  }

  // Does stepping the counter make the loop end, that stays while "counter op bound" is `stays`? `straight`: growing
  // makes a less-than fail.
  static bool goesTowards(Op op, bool straight, bool stays, const Sets& sets, const Expr* bound) {
    bool less, orEqual;
    switch (op) {
      case Op::I32LtS:
      case Op::I32LtU:
      case Op::I64LtS:
      case Op::I64LtU: less = true, orEqual = false; break;
      case Op::I32LeS:
      case Op::I32LeU:
      case Op::I64LeS:
      case Op::I64LeU: less = true, orEqual = true; break;
      case Op::I32GtS:
      case Op::I32GtU:
      case Op::I64GtS:
      case Op::I64GtU: less = false, orEqual = false; break;
      case Op::I32GeS:
      case Op::I32GeU:
      case Op::I64GeS:
      case Op::I64GeU: less = false, orEqual = true; break;
      case Op::I32Ne:
      case Op::I64Ne: return stays && sets.byOne;
      case Op::I32Eq:
      case Op::I64Eq: return !stays && sets.byOne;
      default: return false;
    }
    if (!stays) orEqual = !orEqual;  // !(a < b) is a >= b
    if (!straight) less = !less;
    return less == sets.up && !(orEqual && bound->kind == ExprKind::Const && isExtreme(bound->bits, isSigned(op)));
  }

  // Might every value of some integer type be <= or >= this one?
  static bool isExtreme(uint64_t bits, bool isSigned) {
    constexpr uint64_t kTop = uint64_t{1} << 63;
    if (isSigned) return bits == 0x7FFFFFFF || bits == 0x80000000 || bits == kTop || bits == kTop - 1;
    return bits == 0 || bits == 0xFFFFFFFF || bits == ~uint64_t{0};
  }

  static bool isSigned(Op op) {
    switch (op) {
      case Op::I32LtS:
      case Op::I32LeS:
      case Op::I32GtS:
      case Op::I32GeS:
      case Op::I64LtS:
      case Op::I64LeS:
      case Op::I64GtS:
      case Op::I64GeS: return true;
      default: return false;
    }
  }

  const Function& function_;
  const Graph& graph_;
  std::vector<Sets> sets_;
  std::vector<BlockId> latches_;
  uint32_t stamp_ = 0;
};

bool callsAnything(const Block& block) {
  for (const Stmt& s : block.statements) {
    if (s.kind == StmtKind::Call) return true;
  }
  return false;
}

}  // namespace

std::vector<bool> loopsToPoll(const Function& function, const Graph& graph) {
  std::vector<bool> poll(graph.loops.size(), true);
  if (graph.loops.empty()) return poll;
  std::vector<bool> plain(graph.loops.size(), true);  // innermost and calls nothing
  std::vector<std::vector<BlockId>> blocks(graph.loops.size());
  for (uint32_t loop = 0; loop < graph.loops.size(); loop++) {
    if (graph.loops[loop].parent != kNone) plain[graph.loops[loop].parent] = false;
  }
  for (BlockId block : graph.order) {
    uint32_t loop = graph.loopOf[block];
    if (loop == kNone) continue;
    if (callsAnything(function.blocks[block])) plain[loop] = false;
    if (plain[loop]) blocks[loop].push_back(block);
  }
  CountedLoop counted(function, graph);
  for (uint32_t loop = 0; loop < graph.loops.size(); loop++) {
    if (plain[loop] && counted.matches(loop, blocks[loop])) poll[loop] = false;
  }
  return poll;
}

namespace {

// The last block on the one way from `beginning` that calls nothing and leaves out nothing that parks.
BlockId beforeParking(const Function& function, const Calls& calls, BlockId beginning) {
  Graph graph(function);
  std::vector<uint32_t> parking(function.blocks.size());  // statements that may park, in what a block dominates
  for (size_t i = graph.order.size(); i-- > 1;) {
    BlockId block = graph.order[i];
    for (const Stmt& s : function.blocks[block].statements) {
      parking[block] += s.call != nullptr && calls.parks(*s.call, function.flags);
    }
    parking[graph.dominator[block]] += parking[block];
  }
  BlockId place = beginning;
  while (true) {
    const Block& block = function.blocks[place];
    auto isPlain = [](const Stmt& s) { return s.kind == StmtKind::Set || s.kind == StmtKind::Check; };
    if (!std::all_of(block.statements.begin(), block.statements.end(), isPlain)) return place;
    BlockId next = kNone;
    for (BlockId to : block.terminator.targets) {
      bool onlyFromHere = graph.predecessors(to).size() == 1 && !graph.isLoopHead(to);
      if (onlyFromHere && parking[to] == parking[place]) next = to;
    }
    if (next == kNone) return place;
    place = next;
  }
}

}  // namespace

EntryPoll insertEntryPoll(Editor& editor, const Calls& calls, BlockId beginning) {
  EntryPoll poll;
  poll.place = beforeParking(editor.function(), calls, beginning);
  poll.body = editor.moveContents(poll.place);
  poll.wanted = editor.newBlock();
  editor.call(poll.wanted, abi::Entry::poll, editor.function().pos);
  editor.jump(poll.wanted, poll.body);
  editor.branch(poll.place, editor.make().isZero(pollWord(editor.make())), poll.body, poll.wanted);
  return poll;
}

Expr* pollWord(ir::Make& make) { return make.load(Op::I32Load, make.worker(), offsetof(abi::WorkerAbi, poll)); }

Polls insertLoopPolls(Editor& editor, const Graph& graph, const std::vector<bool>& loops, const Calls& calls) {
  Polls polls;
  const Function& function = editor.function();
  std::vector<bool> parks(graph.loops.size(), false);  // something other than its own poll
  for (BlockId block : graph.order) {
    uint32_t loop = graph.loopOf[block];
    if (loop == kNone || parks[loop]) continue;
    for (const Stmt& s : function.blocks[block].statements) {
      if (s.call != nullptr && calls.parks(*s.call, function.flags)) parks[loop] = true;
    }
  }
  for (uint32_t loop = 0; loop < graph.loops.size(); loop++) {
    uint32_t parent = graph.loops[loop].parent;
    if (parent != kNone && (parks[loop] || loops[loop])) parks[parent] = true;
  }

  auto makeCall = [&](BlockId head) {
    BlockId wanted = editor.newBlock();
    const Terminator& t = editor.block(head).terminator;
    editor.call(wanted, abi::Entry::poll, t.pos, t.inlined);
    return wanted;
  };
  auto test = [&] { return editor.make().isZero(pollWord(editor.make())); };
  // Latches first: they redirect edges of blocks as `graph` knows them, heads then move what blocks do.
  for (uint32_t loop = 0; loop < graph.loops.size(); loop++) {
    if (!loops[loop] || parks[loop]) continue;
    BlockId head = graph.loops[loop].head, wanted = makeCall(head), latch = editor.newBlock();
    editor.branch(latch, test(), head, wanted);
    editor.jump(wanted, head);
    for (BlockId p : graph.predecessors(head)) {
      if (!graph.dominates(head, p)) continue;
      for (BlockId& target : editor.block(p).terminator.targets) {
        if (target == head) target = latch;
      }
    }
    polls.latches.push_back(wanted);
  }
  for (uint32_t loop = 0; loop < graph.loops.size(); loop++) {
    if (!loops[loop] || !parks[loop]) continue;
    BlockId head = graph.loops[loop].head, wanted = makeCall(head), body = editor.moveContents(head);
    editor.branch(head, test(), body, wanted);
    editor.jump(wanted, body);
    polls.heads.push_back(head);
  }
  return polls;
}

}  // namespace millrace::lower
