// Editing of functions.
#include "wasm/lower/editor.h"

#include <algorithm>

namespace millrace::lower {

namespace {
constexpr size_t kFewRuns = 3;
}

BlockId Editor::newBlock() {
  function_.blocks.emplace_back();
  return static_cast<BlockId>(function_.blocks.size() - 1);
}

LocalId Editor::newLocal(ValueType type) {
  function_.locals.push_back({type});
  return static_cast<LocalId>(function_.locals.size() - 1);
}

Stmt Editor::setStatement(LocalId local, Expr* value, Pos pos) {
  Stmt s = {};
  s.kind = StmtKind::Set, s.local = local, s.value = value, s.pos = pos;
  return s;
}

void Editor::store(BlockId in, Op op, Expr* address, uint32_t offset, Expr* value) {
  Stmt s = {};
  s.kind = StmtKind::Store, s.op = op, s.address = address, s.offset = offset, s.value = value;
  append(in, s);
}

void Editor::call(BlockId in, abi::Entry entry, Pos pos, uint32_t inlined) {
  Stmt s = entryCall(entry, nullptr, kNone);
  s.pos = pos, s.inlined = inlined;
  append(in, s);
}

Stmt Editor::entryCall(abi::Entry entry, Expr* argument, LocalId result) {
  Stmt s = {};
  s.kind = StmtKind::Call;
  s.call = module_.arena.make<ir::Call>();
  s.call->callee = ir::CalleeKind::Entry, s.call->entry = entry;
  if (argument != nullptr) s.call->arguments = module_.arena.copy(std::span<Expr* const>(&argument, 1));
  if (result != kNone) s.call->results = module_.arena.copy(std::span<const LocalId>(&result, 1));
  return s;
}

Terminator& Editor::terminate(BlockId from, TerminatorKind kind, std::span<const BlockId> targets, Pos pos) {
  Terminator& t = block(from).terminator;
  t = {};
  t.kind = kind, t.targets = module_.arena.copy(targets), t.pos = pos;
  return t;
}

void Editor::jump(BlockId from, BlockId to, Pos pos) { terminate(from, TerminatorKind::Jump, {&to, 1}, pos); }

void Editor::branch(BlockId from, Expr* condition, BlockId ifTrue, BlockId ifFalse, Pos pos) {
  BlockId targets[] = {ifTrue, ifFalse};
  terminate(from, TerminatorKind::Branch, targets, pos).value = condition;
}

void Editor::switchOn(BlockId from, LocalId value, std::span<const BlockId> targets, uint32_t first, bool resumes) {
  // Runs of equal targets, by where they end.
  std::vector<std::pair<size_t, BlockId>> runs;
  for (size_t i = 0; i < targets.size() && runs.size() <= kFewRuns; i++) {
    if (runs.empty() || runs.back().second != targets[i]) runs.push_back({0, targets[i]});
    runs.back().first = i + 1;
  }
  if (runs.size() <= kFewRuns) {
    for (size_t i = 0; i + 1 < runs.size(); i++) {
      BlockId next = i + 2 == runs.size() ? runs[i + 1].second : newBlock();
      Expr* end = make_.i32(static_cast<int32_t>(first + runs[i].first));
      branch(from, make_.binary(Op::I32LtU, get(value), end), runs[i].second, next);
      block(from).terminator.resumes = resumes;
      from = next;
    }
    if (runs.size() == 1) {
      jump(from, runs[0].second);
      block(from).terminator.resumes = resumes;
    }
    return;
  }
  auto offset = [&](size_t by) {
    return by == 0 ? get(value) : make_.binary(Op::I32Sub, get(value), make_.i32(static_cast<int32_t>(by)));
  };
  if (targets.size() <= kMostTargets) return table(from, offset(first), targets, resumes);
  std::vector<BlockId> parts;
  for (size_t at = 0; at < targets.size(); at += kMostTargets) {
    parts.push_back(newBlock());
    // In the last part what is beyond all targets goes to the last one; in others there is nothing beyond.
    auto part = targets.subspan(at, std::min(kMostTargets, targets.size() - at));
    table(parts.back(), offset(first + at), part, resumes);
  }
  static_assert(kMostTargets == 1 << 9);
  table(from, make_.binary(Op::I32ShrU, offset(first), make_.i32(9)), parts, resumes);
}

void Editor::table(BlockId from, Expr* value, std::span<const BlockId> targets, bool resumes) {
  Terminator& t = terminate(from, TerminatorKind::Switch, targets, {});
  t.value = value;
  t.resumes = resumes;
}

void Editor::returnValues(BlockId from, std::span<Expr* const> values) {
  terminate(from, TerminatorKind::Return, {}, {}).values = module_.arena.copy(values);
}

BlockId Editor::makeBeginning() {
  if (function_.handler == kNone) return 0;
  BlockId beginning = newBlock();
  jump(beginning, block(0).terminator.targets[0]);
  jump(0, beginning);
  return beginning;
}

BlockId Editor::moveContents(BlockId from) {
  BlockId to = newBlock();
  std::swap(block(from), block(to));
  return to;
}

Expr* Editor::special(ir::ExprKind kind) {
  auto* e = module_.arena.make<Expr>();
  e->kind = kind, e->type = ValueType::I32;
  return e;
}

}  // namespace millrace::lower
