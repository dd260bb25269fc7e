// Conditions in one form, so that what was learnt from one can be found by another.
#pragma once

#include "wasm/ir/ir.h"

namespace millrace::lower {

// `a op b` is, or is not, the case. Op is one of
//   None              the i32 `a` is not 0
//   I64Eqz            the i64 `a` is 0
//   Eq, LtS, LtU      of i32 and i64
// or, for floats, whatever it was; then b may be null. The expressions are the condition's own.
struct Condition {
  ir::Op op;
  const ir::Expr *a, *b;
  bool holds;

  bool isLessThan(bool isSigned) const {
    return isSigned ? op == ir::Op::I32LtS || op == ir::Op::I64LtS : op == ir::Op::I32LtU || op == ir::Op::I64LtU;
  }
};

// What it means that `e` is (or is not) 0.
Condition conditionOf(const ir::Expr* e, bool isNotZero);

// What the edge from `from` to `to` says, if it is the only one between them and depends on a condition: its value, and
// whether it was not 0. Else a null expression.
struct EdgeCondition {
  const ir::Expr* value = nullptr;
  bool isNotZero = false;
};
EdgeCondition edgeCondition(const ir::Function& function, ir::BlockId from, ir::BlockId to);

}  // namespace millrace::lower
