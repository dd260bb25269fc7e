// Comparisons in terms of "less than".
#include "wasm/lower/conditions.h"

#include <utility>

namespace millrace::lower {

using ir::Expr;
using ir::ExprKind;
using ir::Op;

Condition conditionOf(const Expr* e, bool isNotZero) {
  bool holds = isNotZero;
  auto isZero = [](const Expr* x) { return x->kind == ExprKind::Const && x->bits == 0; };
  while (true) {
    if (e->kind == ExprKind::Unary && e->op == Op::I32Eqz) {
      e = e->a, holds = !holds;
    } else if (e->kind == ExprKind::Binary && (e->op == Op::I32Eq || e->op == Op::I32Ne) && isZero(e->b)) {
      holds = holds == (e->op == Op::I32Ne);
      e = e->a;
    } else {
      break;
    }
  }
  if (e->kind == ExprKind::Unary && e->op == Op::I64Eqz) return {Op::I64Eqz, e->a, nullptr, holds};
  if (e->kind != ExprKind::Binary) return {Op::None, e, nullptr, holds};
  const Expr *a = e->a, *b = e->b;
  switch (e->op) {
    case Op::I32Ne: return {Op::I32Eq, a, b, !holds};
    case Op::I64Eq:
    case Op::I64Ne:
      holds = holds == (e->op == Op::I64Eq);
      if (isZero(b)) return {Op::I64Eqz, a, nullptr, holds};
      return {Op::I64Eq, a, b, holds};
    case Op::I32GtS: return {Op::I32LtS, b, a, holds};
    case Op::I32GtU: return {Op::I32LtU, b, a, holds};
    case Op::I32LeS: return {Op::I32LtS, b, a, !holds};
    case Op::I32LeU: return {Op::I32LtU, b, a, !holds};
    case Op::I32GeS: return {Op::I32LtS, a, b, !holds};
    case Op::I32GeU: return {Op::I32LtU, a, b, !holds};
    case Op::I64GtS: return {Op::I64LtS, b, a, holds};
    case Op::I64GtU: return {Op::I64LtU, b, a, holds};
    case Op::I64LeS: return {Op::I64LtS, b, a, !holds};
    case Op::I64LeU: return {Op::I64LtU, b, a, !holds};
    case Op::I64GeS: return {Op::I64LtS, a, b, !holds};
    case Op::I64GeU: return {Op::I64LtU, a, b, !holds};
    case Op::I32Eq:
    case Op::I32LtS:
    case Op::I32LtU:
    case Op::I64LtS:
    case Op::I64LtU:
    case Op::F32Eq:
    case Op::F32Ne:
    case Op::F32Lt:
    case Op::F32Gt:
    case Op::F32Le:
    case Op::F32Ge:
    case Op::F64Eq:
    case Op::F64Ne:
    case Op::F64Lt:
    case Op::F64Gt:
    case Op::F64Le:
    case Op::F64Ge: return {e->op, a, b, holds};
    default: return {Op::None, e, nullptr, holds};
  }
}

EdgeCondition edgeCondition(const ir::Function& function, ir::BlockId from, ir::BlockId to) {
  const ir::Terminator& t = function.blocks[from].terminator;
  if (t.kind != ir::TerminatorKind::Branch || t.targets[0] == t.targets[1]) return {};
  return {t.value, t.targets[0] == to};
}

}  // namespace millrace::lower
