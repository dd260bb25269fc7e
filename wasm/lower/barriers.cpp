// The collector marks what could be reached when it began, while goroutines go on changing it. A pointer that was in
// memory then and is overwritten before the collector came by would be lost to it: so while WorkerAbi::barrier is not
// 0, whoever overwrites pointers first calls writeBarrier, or bulkBarrier for several.
//
// Which stores need none: those to an object made since the goroutine last could park. Marking begins only while
// goroutines are parked, so either such an object did not exist when it began, or it has not begun. That the object may
// be known to others by now does not matter.
//
// Stores that follow each other to the same object share one test.
#include "wasm/lower/barriers.h"

#include <algorithm>
#include <unordered_set>

#include "runtime/abi/layout.h"
#include "wasm/ir/graph.h"
#include "wasm/ir/walk.h"

namespace millrace::lower {

using ir::Call;
using ir::CalleeKind;
using ir::ExprKind;

namespace {

constexpr uint32_t kSlotBytes = 8;
constexpr uint32_t kWidestGroup = 64;  // bytes that one call of bulkBarrier looks at
constexpr size_t kMostFresh = 64;      // objects kept in mind, as the set is copied where ways part

class Inserter {
 public:
  Inserter(Editor& editor, const Calls& calls)
      : editor_(editor), make_(editor.make()), calls_(calls), graph_(editor.function()) {}

  void run() {
    const Function& function = editor_.function();
    bool any = false;
    for (BlockId block : graph_.order) {
      for (const Stmt& s : function.blocks[block].statements) any = any || s.pointers;
    }
    if (!any) return;
    // What is fresh at the end of a block is so in a block that only it leads to.
    std::vector<std::unordered_set<LocalId>> atEnd(function.blocks.size());
    std::vector<uint32_t> waiting(function.blocks.size());  // blocks that will ask for it
    auto onlyWay = [&](BlockId block) {
      auto predecessors = graph_.predecessors(block);
      return predecessors.size() == 1 && block != function.handler ? predecessors[0] : kNone;
    };
    for (BlockId block : graph_.order) {
      if (onlyWay(block) != kNone) waiting[onlyWay(block)]++;
    }
    for (BlockId block : graph_.order) {
      fresh_.clear();
      if (BlockId above = onlyWay(block); above != kNone) {
        if (--waiting[above] == 0) fresh_.swap(atEnd[above]);
        else fresh_ = atEnd[above];
      }
      visit(block);
      if (waiting[block] > 0) atEnd[block].swap(fresh_);
    }
  }

 private:
  void visit(BlockId block) {
    const auto& before = editor_.block(block).statements;
    bool any = std::any_of(before.begin(), before.end(), [](const Stmt& s) { return s.pointers; });
    std::vector<Stmt> statements;
    if (any) statements.swap(editor_.block(block).statements);
    const auto& list = any ? statements : before;
    size_t guarded = 0;  // statements before this one share a test that was made
    for (size_t i = 0; i < list.size(); i++) {
      Stmt s = list[i];
      if (s.pointers && i >= guarded && !isFresh(s.address)) guarded = guard(block, list, i, s);
      noteFresh(s);
      if (any) editor_.append(block, s);
    }
  }

  // ------------------------------------------------------------------------------------------------ fresh objects

  bool isFresh(const Expr* address) const {
    const Expr* object = ir::objectOf(address);
    return object->kind == ExprKind::Local && fresh_.contains(object->offset);
  }

  static bool makesObject(const Call& call) {
    if (call.callee != CalleeKind::Entry) return false;
    switch (call.entry) {
      case abi::Entry::newObject:
      case abi::Entry::newArray:
      case abi::Entry::makeSlice:
      case abi::Entry::growSlice:
      case abi::Entry::stageGrow: return true;
      default: return false;
    }
  }

  // The goroutine's stage: what is there is looked at when marking begins.
  static bool isStage(const Expr* e) {
    auto isLoad = [](const Expr* x, size_t offset) { return x->kind == ExprKind::Load && x->offset == offset; };
    return isLoad(e, offsetof(abi::GoroutineAbi, stage)) && isLoad(e->a, offsetof(abi::WorkerAbi, goroutine)) &&
           e->a->a->kind == ExprKind::Worker;
  }

  void noteFresh(const Stmt& s) {
    bool calls = s.kind == StmtKind::Call;
    if (calls && calls_.parks(*s.call, editor_.function().flags)) fresh_.clear();
    bool isNew = (calls && makesObject(*s.call)) || (s.kind == StmtKind::Set && (isStage(s.value) || isFresh(s.value)));
    if (fresh_.size() > kMostFresh) fresh_.clear();
    ir::forEachSet(s, [&](LocalId& local) {
      if (isNew) fresh_.insert(local);
      else fresh_.erase(local);
    });
  }

  // ------------------------------------------------------------------------------------------------------ guards

  // Appends the guard for statement `at` (a copy of which is `s`, to be changed) and others behind it that it will do
  // for. Returns behind the last of these.
  size_t guard(BlockId block, const std::vector<Stmt>& list, size_t at, Stmt& s) {
    settle(block, s.address, s);
    if (s.kind == StmtKind::MemoryCopy || s.kind == StmtKind::MemoryFill) {
      settle(block, s.size, s);
      append(block, s, 0, make_.unary(Op::I64ExtendI32U, make_.again(s.size)));
      return at + 1;
    }
    uint32_t first = s.offset, last = s.offset, slots = 1;
    size_t end = at + 1;
    for (size_t i = end; s.kind == StmtKind::Store && i < list.size(); i++) {
      const Stmt& next = list[i];
      if (next.kind != StmtKind::Store) break;
      if (!next.pointers) continue;
      if (!isSame(next.address, s.address)) break;
      uint32_t low = std::min(first, next.offset), high = std::max(last, next.offset);
      if (high + kSlotBytes - low > kWidestGroup) break;
      first = low, last = high, slots++;
      end = i + 1;
    }
    append(block, s, first, slots == 1 ? nullptr : make_.i64(last + kSlotBytes - first));
    return end;
  }

  static bool isSame(const Expr* a, const Expr* b) {
    if (a->kind == ExprKind::Local) return b->kind == ExprKind::Local && a->offset == b->offset;
    return a->kind == ExprKind::Const && b->kind == ExprKind::Const && a->bits == b->bits;
  }

  // Makes sure that it can be evaluated twice.
  void settle(BlockId block, Expr*& e, const Stmt& origin) {
    if (ir::Make::isTrivial(e)) return;
    LocalId local = editor_.newLocal(e->type);
    Stmt set = editor_.setStatement(local, e, origin.pos);
    set.inlined = origin.inlined;
    editor_.append(block, set);
    e = editor_.get(local);
  }

  // `bytes`: null for one slot.
  void append(BlockId block, const Stmt& of, uint32_t offset, Expr* bytes) {
    Stmt s = {};
    s.kind = StmtKind::Guard, s.pos = of.pos, s.inlined = of.inlined;
    s.value = make_.load(Op::I32Load, make_.worker(), offsetof(abi::WorkerAbi, barrier));
    s.call = editor_.module().arena.make<Call>();
    s.call->callee = CalleeKind::Entry;
    s.call->entry = bytes == nullptr ? abi::Entry::writeBarrier : abi::Entry::bulkBarrier;
    std::vector<Expr*> arguments = {
        make_.binary(Op::I32Add, make_.again(of.address), make_.i32(static_cast<int32_t>(offset)))};
    if (bytes != nullptr) arguments.push_back(bytes);
    s.call->arguments = editor_.module().arena.copy(arguments);
    editor_.append(block, s);
  }

  Editor& editor_;
  ir::Make& make_;
  const Calls& calls_;
  ir::Graph graph_;
  std::unordered_set<LocalId> fresh_;
};

}  // namespace

void insertBarriers(Editor& editor, const Calls& calls) { Inserter(editor, calls).run(); }

}  // namespace millrace::lower
