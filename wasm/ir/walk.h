// Visiting what functions are made of: a block's successors, a statement's operands, the nodes of an expression, the
// locals read and set.
#pragma once

#include "wasm/ir/ir.h"

namespace millrace::ir {

// ---------------------------------------------------------------------------------------------- expressions

// Calls visit(slot) for every node at and below `root`, a node before what it is made of. `slot` is the pointer that
// holds the node: assigning to it replaces the node, and what it then holds is gone into.
template <typename Visit>
void forEachNode(Expr*& root, Visit visit) {
  constexpr int kPending = 24;  // chains such as a + b + c + … are deep on one side: beyond this the call stack helps
  Expr** pending[kPending];
  int count = 0;
  Expr** slot = &root;
  while (true) {
    visit(*slot);
    Expr* e = *slot;
    if (e->kind == ExprKind::Select || e->kind == ExprKind::Binary) {
      Expr** others[] = {&e->b, e->kind == ExprKind::Select ? &e->c : nullptr};
      for (Expr** other : others) {
        if (other == nullptr) continue;
        if (count == kPending) {
          forEachNode(*other, visit);
        } else {
          pending[count++] = other;
        }
      }
      slot = &e->a;
    } else if (e->kind == ExprKind::Unary || e->kind == ExprKind::Load) {
      slot = &e->a;
    } else if (count > 0) {
      slot = pending[--count];
    } else {
      return;
    }
  }
}

template <typename Visit>
void forEachNode(const Expr* root, Visit visit) {
  Expr* e = const_cast<Expr*>(root);
  forEachNode(e, [&](Expr*& slot) { visit(const_cast<const Expr*>(slot)); });
}

// Of an address in an object, the address of the object; others are their own.
inline const Expr* objectOf(const Expr* address) {
  while (address->kind == ExprKind::Binary && address->bits == 1) address = address->a;
  return address;
}

// ----------------------------------------------------------------------------------------------- statements

// The expressions a statement evaluates, in that order. Visit takes Expr*&, also of a const statement, whose own fields
// must then be left alone.
template <typename Visit>
void forEachOperand(const Stmt& statement, Visit visit) {
  auto& s = const_cast<Stmt&>(statement);
  if (s.address != nullptr) visit(s.address);
  if (s.value != nullptr) visit(s.value);
  if (s.size != nullptr) visit(s.size);
  if (s.call != nullptr) {
    for (Expr*& argument : s.call->arguments) visit(argument);
    if (s.call->tableIndex != nullptr) visit(s.call->tableIndex);
  }
}

template <typename Visit>
void forEachOperand(const Terminator& terminator, Visit visit) {
  auto& t = const_cast<Terminator&>(terminator);
  if (t.value != nullptr) visit(t.value);
  for (Expr*& value : t.values) visit(value);
}

// Locals read by a statement or terminator, each place once.
template <typename Owner, typename Visit>
void forEachUse(const Owner& owner, Visit visit) {
  forEachOperand(owner, [&](Expr*& root) {
    forEachNode(const_cast<const Expr*>(root), [&](const Expr* e) {
      if (e->kind == ExprKind::Local) visit(static_cast<LocalId>(e->offset));
    });
  });
}

// Locals set by a statement; visit takes LocalId&.
template <typename Visit>
void forEachSet(const Stmt& statement, Visit visit) {
  auto& s = const_cast<Stmt&>(statement);
  if (s.kind == StmtKind::Set || (s.kind == StmtKind::Atomic && s.local != kNone)) visit(s.local);
  if (s.kind == StmtKind::Call) {
    for (LocalId& result : s.call->results) {
      if (result != kNone) visit(result);
    }
  }
}

// ----------------------------------------------------------------------------------------------------- graph

// Where control may go from the end of a block, as often as the terminator names it. The handler counts as a second
// successor of the entry block, which in a function with a handler is empty (see lower): so it is reachable, and
// nothing but the entry dominates it.
template <typename Visit>
void forEachSuccessor(const Function& function, BlockId block, Visit visit) {
  for (BlockId target : function.blocks[block].terminator.targets) visit(target);
  if (block == 0 && function.handler != kNone) visit(function.handler);
}

}  // namespace millrace::ir
