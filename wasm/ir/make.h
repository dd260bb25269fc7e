// Makes expressions, folding what is constant. Every call makes new nodes: a node has one parent.
#pragma once

#include "wasm/ir/ir.h"

namespace millrace::ir {

class Make {
 public:
  explicit Make(Arena& arena) : arena_(arena) {}

  Expr* i32(int32_t value) { return constant(ValueType::I32, static_cast<uint32_t>(value)); }
  Expr* i64(int64_t value) { return constant(ValueType::I64, static_cast<uint64_t>(value)); }
  Expr* f32(float value) { return constant(ValueType::F32, __builtin_bit_cast(uint32_t, value)); }
  Expr* f64(double value) { return constant(ValueType::F64, __builtin_bit_cast(uint64_t, value)); }
  Expr* constant(ValueType type, uint64_t bits);
  Expr* zero(ValueType type) { return constant(type, 0); }
  Expr* local(LocalId local, ValueType type);
  Expr* worker();

  // The result type follows from the operation. Constants are folded where that cannot trap.
  Expr* unary(Op op, Expr* a);
  Expr* binary(Op op, Expr* a, Expr* b);
  // `op` tells the type; an address with a constant added becomes a larger offset.
  Expr* load(Op op, Expr* address, uint32_t offset);
  Expr* select(Expr* condition, Expr* ifTrue, Expr* ifFalse);

  Expr* add(Expr* a, Expr* b) { return binary(a->type == ValueType::I32 ? Op::I32Add : Op::I64Add, a, b); }
  // The address `bytes` behind `base`, in the same object: never 0.
  Expr* inObject(Expr* base, Expr* bytes);
  // !x for an i32 that is 0 or 1, or a test against zero.
  Expr* isZero(Expr* x) { return unary(x->type == ValueType::I32 ? Op::I32Eqz : Op::I64Eqz, x); }

  // Is evaluating it again free and without effect: a constant or a local?
  static bool isTrivial(const Expr* e) { return e->kind == ExprKind::Const || e->kind == ExprKind::Local; }
  // A second node with the meaning of a trivial one.
  Expr* again(const Expr* e);

 private:
  Arena& arena_;
};

// The type that an operation yields.
ValueType resultType(Op op);
bool isComparison(Op op);

}  // namespace millrace::ir
