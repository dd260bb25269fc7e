// Editing of functions.
#include "wasm/lower/editor.h"

namespace millrace::lower {

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

void Editor::call(BlockId in, abi::Entry entry, Pos pos) {
  Stmt s = {};
  s.kind = StmtKind::Call, s.pos = pos;
  s.call = module_.arena.make<ir::Call>();
  s.call->callee = ir::CalleeKind::Entry, s.call->entry = entry;
  append(in, s);
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

void Editor::switchOn(BlockId from, Expr* value, std::span<const BlockId> targets) {
  if (targets.size() == 1) return jump(from, targets[0]);
  terminate(from, TerminatorKind::Switch, targets, {}).value = value;
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
