// Adds blocks, locals and statements to a function that exists.
#pragma once

#include "wasm/ir/ir.h"
#include "wasm/ir/make.h"

namespace millrace::lower {

using ir::Block;
using ir::BlockId;
using ir::Expr;
using ir::Function;
using ir::FunctionId;
using ir::kNone;
using ir::LocalId;
using ir::Module;
using ir::Op;
using ir::Stmt;
using ir::StmtKind;
using ir::Terminator;
using ir::TerminatorKind;
using ir::ValueType;
using syntax::Pos;

// Switches with more targets become two levels of tables: every target of a table is a block around all that follow it,
// and engines take at most 65,520.
inline constexpr size_t kMostTargets = 512;

class Editor {
 public:
  Editor(Module& module, Function& function) : module_(module), function_(function), make_(module.arena) {}

  Module& module() { return module_; }
  Function& function() { return function_; }
  ir::Make& make() { return make_; }
  // Adding blocks moves them: a Block& is only good until then.
  Block& block(BlockId id) { return function_.blocks[id]; }
  size_t parameterCount() const { return module_.signatures[function_.signature].parameters.size(); }

  BlockId newBlock();
  LocalId newLocal(ValueType type);
  Expr* get(LocalId local) { return make_.local(local, function_.locals[local].type); }

  void set(BlockId in, LocalId local, Expr* value, Pos pos = {}) { append(in, setStatement(local, value, pos)); }
  void store(BlockId in, Op op, Expr* address, uint32_t offset, Expr* value);
  // Of an entry point without parameters and results.
  void call(BlockId in, abi::Entry entry, Pos pos, uint32_t inlined = kNone);
  // Of an entry point with one parameter, or none if `argument` is null; `result` may be kNone if it has none.
  Stmt entryCall(abi::Entry entry, Expr* argument, LocalId result);
  void append(BlockId in, const Stmt& statement) { block(in).statements.push_back(statement); }
  Stmt setStatement(LocalId local, Expr* value, Pos pos);

  void jump(BlockId from, BlockId to, Pos pos = {});
  void branch(BlockId from, Expr* condition, BlockId ifTrue, BlockId ifFalse, Pos pos = {});
  // Ends `from` with a switch: a jump if all targets are one, a few comparisons if they are few runs, two levels of
  // tables if there are very many. The first target is for the value `first`; there must be no smaller ones. With
  // `resumes`, so do all terminators made.
  void switchOn(BlockId from, LocalId value, std::span<const BlockId> targets, uint32_t first = 0,
                bool resumes = false);
  void returnValues(BlockId from, std::span<Expr* const> values);

  // Where the function begins, apart from its handler: no other block leads there. Made anew for a function with a
  // handler, whose block 0 must stay empty.
  BlockId makeBeginning();
  // Moves what `from` does to a new block: all edges that lead to `from` still do, and it is left empty and open.
  BlockId moveContents(BlockId from);

  Expr* switchState() { return special(ir::ExprKind::SwitchState); }
  Expr* frameStack() { return special(ir::ExprKind::FrameStack); }

 private:
  Expr* special(ir::ExprKind kind);
  void table(BlockId from, Expr* value, std::span<const BlockId> targets, bool resumes);
  Terminator& terminate(BlockId from, TerminatorKind kind, std::span<const BlockId> targets, Pos pos);

  Module& module_;
  Function& function_;
  ir::Make make_;
};

}  // namespace millrace::lower
