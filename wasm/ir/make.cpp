// Folding of constants, and the types of operations by their encoding.
#include "wasm/ir/make.h"

#include <optional>

#include "runtime/base/check.h"

namespace millrace::ir {
namespace {

constexpr bool within(Op op, Op first, Op last) { return op >= first && op <= last; }

// What `a op b` yields for integer constants; nullopt where it traps or is not worth folding.
std::optional<uint64_t> fold(Op op, uint64_t a, uint64_t b) {
  auto s32 = [](uint64_t v) { return static_cast<int32_t>(v); };
  auto u32 = [](uint64_t v) { return static_cast<uint32_t>(v); };
  auto s64 = [](uint64_t v) { return static_cast<int64_t>(v); };
  switch (op) {
    case Op::I32Add: return u32(a + b);
    case Op::I32Sub: return u32(a - b);
    case Op::I32Mul: return u32(a * b);
    case Op::I32And: return u32(a & b);
    case Op::I32Or: return u32(a | b);
    case Op::I32Xor: return u32(a ^ b);
    case Op::I32Shl: return u32(u32(a) << (b & 31));
    case Op::I32ShrU: return u32(a) >> (b & 31);
    case Op::I32ShrS: return u32(static_cast<uint64_t>(s32(a) >> (b & 31)));
    case Op::I32Eq: return u32(a) == u32(b);
    case Op::I32Ne: return u32(a) != u32(b);
    case Op::I32LtS: return s32(a) < s32(b);
    case Op::I32LtU: return u32(a) < u32(b);
    case Op::I32GtS: return s32(a) > s32(b);
    case Op::I32GtU: return u32(a) > u32(b);
    case Op::I32LeS: return s32(a) <= s32(b);
    case Op::I32LeU: return u32(a) <= u32(b);
    case Op::I32GeS: return s32(a) >= s32(b);
    case Op::I32GeU: return u32(a) >= u32(b);
    case Op::I64Add: return a + b;
    case Op::I64Sub: return a - b;
    case Op::I64Mul: return a * b;
    case Op::I64And: return a & b;
    case Op::I64Or: return a | b;
    case Op::I64Xor: return a ^ b;
    case Op::I64Shl: return a << (b & 63);
    case Op::I64ShrU: return a >> (b & 63);
    case Op::I64ShrS: return static_cast<uint64_t>(s64(a) >> (b & 63));
    case Op::I64Eq: return a == b;
    case Op::I64Ne: return a != b;
    case Op::I64LtS: return s64(a) < s64(b);
    case Op::I64LtU: return a < b;
    case Op::I64GtS: return s64(a) > s64(b);
    case Op::I64GtU: return a > b;
    case Op::I64LeS: return s64(a) <= s64(b);
    case Op::I64LeU: return a <= b;
    case Op::I64GeS: return s64(a) >= s64(b);
    case Op::I64GeU: return a >= b;
    default: return std::nullopt;
  }
}

std::optional<uint64_t> fold(Op op, uint64_t a) {
  switch (op) {
    case Op::I32Eqz: return static_cast<uint32_t>(a) == 0;
    case Op::I64Eqz: return a == 0;
    case Op::I32WrapI64: return static_cast<uint32_t>(a);
    case Op::I64ExtendI32S: return static_cast<uint64_t>(static_cast<int64_t>(static_cast<int32_t>(a)));
    case Op::I64ExtendI32U: return static_cast<uint32_t>(a);
    case Op::I32Extend8S: return static_cast<uint32_t>(static_cast<int8_t>(a));
    case Op::I32Extend16S: return static_cast<uint32_t>(static_cast<int16_t>(a));
    default: return std::nullopt;
  }
}

}  // namespace

bool isComparison(Op op) { return within(op, Op::I32Eqz, Op::F64Ge); }

ValueType resultType(Op op) {
  using enum ValueType;
  if (isComparison(op)) return I32;
  if (within(op, Op::I32Clz, Op::I32Rotr)) return I32;
  if (within(op, Op::I64Clz, Op::I64Rotr)) return I64;
  if (within(op, Op::F32Abs, Op::F32Copysign)) return F32;
  if (within(op, Op::F64Abs, Op::F64Copysign)) return F64;
  if (within(op, Op::I32WrapI64, Op::I32TruncF64U)) return I32;
  if (within(op, Op::I64ExtendI32S, Op::I64TruncF64U)) return I64;
  if (within(op, Op::F32ConvertI32S, Op::F32DemoteF64)) return F32;
  if (within(op, Op::F64ConvertI32S, Op::F64PromoteF32)) return F64;
  if (within(op, Op::I32TruncSatF32S, Op::I32TruncSatF64U)) return I32;
  if (within(op, Op::I64TruncSatF32S, Op::I64TruncSatF64U)) return I64;
  if (within(op, Op::I32Load8S, Op::I32Load16U)) return I32;
  if (within(op, Op::I64Load8S, Op::I64Load32U)) return I64;
  switch (op) {
    case Op::I32ReinterpretF32: case Op::I32Extend8S: case Op::I32Extend16S: case Op::I32Load: return I32;
    case Op::I64ReinterpretF64: case Op::I64Extend8S: case Op::I64Extend16S: case Op::I64Extend32S: case Op::I64Load:
      return I64;
    case Op::F32ReinterpretI32: case Op::F32Load: return F32;
    case Op::F64ReinterpretI64: case Op::F64Load: return F64;
    default: break;
  }
  if (op >= Op::I32AtomicLoad) {
    // Atomics alternate in groups of seven: i32, i64, i32 (8, 16), i64 (8, 16, 32).
    int at = (static_cast<int>(op) - static_cast<int>(Op::I32AtomicLoad)) % 7;
    return at == 0 || at == 2 || at == 3 ? I32 : I64;
  }
  UNREACHABLE();
}

Expr* Make::constant(ValueType type, uint64_t bits) {
  auto* e = arena_.make<Expr>();
  e->kind = ExprKind::Const, e->type = type, e->bits = bits;
  return e;
}

Expr* Make::local(LocalId local, ValueType type) {
  auto* e = arena_.make<Expr>();
  e->kind = ExprKind::Local, e->type = type, e->offset = local;
  return e;
}

Expr* Make::worker() {
  auto* e = arena_.make<Expr>();
  e->kind = ExprKind::Worker, e->type = ValueType::I32;
  return e;
}

Expr* Make::unary(Op op, Expr* a) {
  if (a->kind == ExprKind::Const) {
    if (auto bits = fold(op, a->bits)) return constant(resultType(op), *bits);
  }
  if (op == Op::I32WrapI64 && a->kind == ExprKind::Unary && (a->op == Op::I64ExtendI32U || a->op == Op::I64ExtendI32S)) {
    return a->a;
  }
  if (op == Op::I32Eqz && a->kind == ExprKind::Unary && a->op == Op::I32Eqz && a->a->kind != ExprKind::Const &&
      (a->a->kind == ExprKind::Unary || a->a->kind == ExprKind::Binary) && isComparison(a->a->op)) {
    return a->a;  // !!c of a comparison
  }
  auto* e = arena_.make<Expr>();
  e->kind = ExprKind::Unary, e->type = resultType(op), e->op = op, e->a = a;
  return e;
}

Expr* Make::binary(Op op, Expr* a, Expr* b) {
  bool bConst = b->kind == ExprKind::Const;
  if (a->kind == ExprKind::Const && bConst) {
    if (auto bits = fold(op, a->bits, b->bits)) return constant(resultType(op), *bits);
  }
  if (bConst) {
    uint64_t v = b->bits;
    switch (op) {
      case Op::I32Add: case Op::I64Add: case Op::I32Sub: case Op::I64Sub: case Op::I32Or: case Op::I64Or: case Op::I32Xor:
      case Op::I64Xor: case Op::I32Shl: case Op::I64Shl: case Op::I32ShrS: case Op::I32ShrU: case Op::I64ShrS:
      case Op::I64ShrU:
        if (v == 0) return a;
        break;
      case Op::I32Mul: case Op::I64Mul:
        if (v == 1) return a;
        break;
      default: break;
    }
  }
  auto* e = arena_.make<Expr>();
  e->kind = ExprKind::Binary, e->type = resultType(op), e->op = op, e->a = a, e->b = b;
  return e;
}

Expr* Make::inObject(Expr* base, Expr* bytes) {
  Expr* e = binary(Op::I32Add, base, bytes);
  if (e->kind == ExprKind::Binary && e->a == base) e->bits = 1;
  return e;
}

Expr* Make::load(Op op, Expr* address, uint32_t offset) {
  auto* e = arena_.make<Expr>();
  e->kind = ExprKind::Load, e->type = resultType(op), e->op = op, e->a = address, e->offset = offset;
  return e;
}

Expr* Make::select(Expr* condition, Expr* ifTrue, Expr* ifFalse) {
  if (condition->kind == ExprKind::Const) return condition->bits != 0 ? ifTrue : ifFalse;
  auto* e = arena_.make<Expr>();
  e->kind = ExprKind::Select, e->type = ifTrue->type, e->a = ifTrue, e->b = ifFalse, e->c = condition;
  return e;
}

Expr* Make::again(const Expr* e) {
  ENSURE(isTrivial(e));
  auto* copy = arena_.make<Expr>();
  *copy = *e;
  return copy;
}

}  // namespace millrace::ir
